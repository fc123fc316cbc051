using System.Globalization;
using Xunit.Abstractions;

namespace Crowd.Simulation;

public sealed class SimulationTests(ITestOutputHelper output)
{
    private const int Seeds = 60;

    /// <summary>CROWD_SEED runs one seed; CROWD_SEEDS runs so many.</summary>
    [Fact]
    public void Whatever_fails_the_invariants_hold_and_all_comes_to_a_good_end()
    {
        var faults = new int[Enum.GetValues<Fault>().Length];
        var (answers, repeats) = (0, 0);
        var seeds = SeedsToRun();
        foreach (var seed in seeds)
        {
            using var life = new Life(seed);
            try
            {
                life.Run();
            }
            catch (Exception e)
            {
                Assert.Fail($"Seed {seed}: {e.Message}\nReplay: CROWD_SEED={seed} dotnet test tests/Crowd.Simulation\n{e}");
            }

            answers += life.Answers;
            repeats += life.Repeats;
            for (var i = 0; i < faults.Length; i++)
                faults[i] += life.Faults[i];
        }

        output.WriteLine($"{seeds.Count} seeds, {answers} answers, {repeats} to hidden repeats, {string.Join(", ", Enum.GetValues<Fault>().Select(f => $"{f} {faults[(int)f]}"))}");

        Assert.True(seeds.Count < Seeds || repeats > seeds.Count / 2, "Hardly anything was shown again.");

        // Hardly a stream grows long enough for a snapshot, and no payment here knows of keys: that is for the histories of money.
        if (seeds.Count >= Seeds)
            Assert.All(Enum.GetValues<Fault>(), f => Assert.True(faults[(int)f] > 0 || f is Fault.SnapshotFails or Fault.KeyTaken, $"{f} never happened."));
        Assert.True(answers > seeds.Count, "Hardly anybody answered.");
    }

    private static List<int> SeedsToRun() =>
        Environment.GetEnvironmentVariable("CROWD_SEED") is { Length: > 0 } one ? [int.Parse(one, CultureInfo.InvariantCulture)]
        : Environment.GetEnvironmentVariable("CROWD_SEEDS") is { Length: > 0 } count ? [.. Enumerable.Range(1, int.Parse(count, CultureInfo.InvariantCulture))]
        : [.. Enumerable.Range(1, Seeds)];
}
