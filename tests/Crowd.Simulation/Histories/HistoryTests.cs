using System.Globalization;
using Crowd.StandIn;
using Xunit.Abstractions;

namespace Crowd.Simulation.Histories;

public sealed class HistoryTests(ITestOutputHelper output)
{
    /// <summary>About a minute of one processor; ten thousand are run with CROWD_MONEY_HISTORIES=10000.</summary>
    private const int Histories = 1_000;

    /// <summary>CROWD_MONEY_SEED runs one history; CROWD_MONEY_HISTORIES so many.</summary>
    [Fact]
    public void Whatever_fails_no_payout_leaves_twice_none_is_lost_and_both_books_agree_to_the_cent()
    {
        var only = Setting("CROWD_MONEY_SEED");
        var count = only is null ? Setting("CROWD_MONEY_HISTORIES") ?? Histories : 1;
        var sum = new Tally();
        var shards = Environment.ProcessorCount;
        Parallel.For(0, shards, new ParallelOptions { MaxDegreeOfParallelism = shards }, shard =>
        {
            var tally = new Tally();
            for (var seed = 1 + shard; seed <= count; seed += shards)
                Live(only ?? seed, tally);
            lock (sum)
                sum.Add(tally);
        });

        output.WriteLine(sum.ToString());
        Assert.Equal(count, sum.Histories);
        if (count >= Histories)
        {
            Assert.All(Enum.GetValues<StandInFault>(), f => Assert.True(f == StandInFault.None || sum.Faults[(int)f] > 0, $"{f} never happened."));
            Assert.All(sum.Things, t => Assert.True(t.Value > 0, $"There were no {t.Key}."));
        }
    }

    private static void Live(int seed, Tally tally)
    {
        using var history = new History(seed, tally);
        try
        {
            history.Run();
        }
        catch (Exception e)
        {
            Assert.Fail($"Seed {seed}: {e.Message}\nReplay: CROWD_MONEY_SEED={seed} dotnet test tests/Crowd.Simulation\n{e}");
        }
    }

    private static int? Setting(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
