using System.Globalization;
using Crowd.StandIn;
using Xunit.Abstractions;

namespace Crowd.Simulation.Histories;

public sealed class HistoryTests(ITestOutputHelper output)
{
    private const int Histories = 10_000;

    /// <summary>From so many on, everything that can happen must have happened.</summary>
    private const int Enough = 1_000;

    /// <summary>CROWD_MONEY_SEED runs one history; CROWD_MONEY_HISTORIES so many, from CROWD_MONEY_FIRST on.</summary>
    [Fact]
    public void Whatever_fails_no_payout_leaves_twice_none_is_lost_and_both_books_agree_to_the_cent()
    {
        var only = Setting("CROWD_MONEY_SEED");
        var count = only is null ? Setting("CROWD_MONEY_HISTORIES") ?? Histories : 1;
        var first = Setting("CROWD_MONEY_FIRST") ?? 1;
        var sum = new Tally();
        var shards = Environment.ProcessorCount;
        Parallel.For(0, shards, new ParallelOptions { MaxDegreeOfParallelism = shards }, shard =>
        {
            var tally = new Tally();
            for (var number = shard; number < count; number += shards)
                Live(only ?? first + number, tally);
            lock (sum)
                sum.Add(tally);
        });

        output.WriteLine(sum.ToString());
        Assert.Equal(count, sum.Histories);
        if (count >= Enough)
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
