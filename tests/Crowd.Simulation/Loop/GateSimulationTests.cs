using Xunit.Abstractions;

namespace Crowd.Simulation.Loop;

public sealed class GateSimulationTests(ITestOutputHelper output)
{
    private const int Seeds = 40;

    [Fact]
    public void Whatever_fails_a_decision_goes_out_once_and_with_right_and_fallbacks_come_in_time()
    {
        var ends = new Dictionary<string, int>(StringComparer.Ordinal);
        var faults = new int[Enum.GetValues<Fault>().Length];
        for (var seed = 1; seed <= Seeds; seed++)
        {
            using var life = new GateLife(seed);
            try
            {
                life.Run();
            }
            catch (Exception e)
            {
                Assert.Fail($"Seed {seed}: {e.Message}\n{e}");
            }

            foreach (var (end, count) in life.Ends)
                ends[end] = ends.GetValueOrDefault(end) + count;
            for (var i = 0; i < faults.Length; i++)
                faults[i] += life.Faults[i];
        }

        output.WriteLine($"{Seeds} seeds: {string.Join(", ", ends.Select(e => $"{e.Key} {e.Value}"))}; {string.Join(", ", Enum.GetValues<Fault>().Select(f => $"{f} {faults[(int)f]}"))}");
        Assert.All((string[])["Machine", "Person", "Consensus", "Refused", "Escalated"], end => Assert.True(ends.GetValueOrDefault(end) > 0, $"{end} never happened."));
        Assert.All((Fault[])[Fault.AppendFails, Fault.ReplyLost, Fault.Conflict, Fault.GrainDropped, Fault.Crash, Fault.ClockForward], f => Assert.True(faults[(int)f] > 0, $"{f} never happened."));
    }
}
