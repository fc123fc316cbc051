using Crowd.Journal.Postgres;
using Crowd.Tests.Shared;

namespace Crowd.Journal.Tests;

/// <summary>Several journals over one database, as several processes have them.</summary>
public sealed class SeveralProcessesTests
{
    [SkippableFact]
    public async Task Positions_appear_in_order_to_a_reader_while_several_write()
    {
        Skip.If(PostgresCluster.Missing is not null, PostgresCluster.Missing);
        var connectionString = PostgresCluster.Shared.CreateSchema();
        await using var first = new PostgresJournal(connectionString, null);
        await using var second = new PostgresJournal(connectionString, null);
        await using var reader = new PostgresJournal(connectionString, null);
        await Task.WhenAll(first.InitialiseAsync(TestTables.All, CancellationToken.None), second.InitialiseAsync(TestTables.All, CancellationToken.None));
        using var stop = new CancellationTokenSource();
        var loads = new[] { new AppendLoad(first), new AppendLoad(second) };
        var writers = loads.SelectMany((load, i) => Enumerable.Range(0, 8).Select(w => Task.Run(() => load.WriteAsync($"{i}-{w}", stop.Token)))).ToList();
        var enough = Task.WhenAll(loads.Select(l => l.WaitForAsync(1_500)));

        long last = 0;
        while (!enough.IsCompleted)
        {
            foreach (var stored in await reader.ReadLogAsync(last, 100, CancellationToken.None))
                Assert.Equal(++last, stored.Position);
        }

        await stop.CancelAsync();
        await Task.WhenAll(writers);
        Assert.All(loads, l => Assert.Equal(0, l.Failures));
    }

    [SkippableFact]
    public async Task Writers_of_one_stream_in_several_processes_leave_no_gap()
    {
        Skip.If(PostgresCluster.Missing is not null, PostgresCluster.Missing);
        var connectionString = PostgresCluster.Shared.CreateSchema();
        await using var first = new PostgresJournal(connectionString, null);
        await using var second = new PostgresJournal(connectionString, null);
        await first.InitialiseAsync(TestTables.All, CancellationToken.None);
        await second.InitialiseAsync(TestTables.All, CancellationToken.None);

        var committed = await Task.WhenAll(Enumerable.Range(0, 12).Select(w => Task.Run(() => WriteAsync(w % 2 == 0 ? first : second, $"s{w % 3}", 40))));

        var log = await first.ReadLogAsync(0, 10_000, CancellationToken.None);
        Assert.Equal(committed.Sum(), log.Count);
        Assert.Equal(Enumerable.Range(1, log.Count).Select(i => (long)i), log.Select(e => e.Position));
        Assert.All(log.GroupBy(e => e.Stream), s => Assert.Equal(Enumerable.Range(1, s.Count()).Select(i => (long)i), s.Select(e => e.Version)));
        Assert.Equal(log.Count, (await second.ReadRowAsync(TestTables.Counts, ["all"], CancellationToken.None))!.Columns[TestTables.Zero].Integer);
    }

    private static async Task<int> WriteAsync(PostgresJournal journal, string stream, int appends)
    {
        long version = 0;
        for (var done = 0; done < appends;)
        {
            var append = new Append
            {
                Stream = stream,
                ExpectedVersion = version,
                At = DateTimeOffset.UnixEpoch,
                Actor = "t",
                Events = [new NewEvent("e", "{}"u8.ToArray())],
                Changes = [TestTables.Count("all", TestTables.Zero.Add(1))],
            };
            switch (await journal.AppendAsync(append, CancellationToken.None))
            {
                case AppendResult.Committed c:
                    (version, done) = (c.LastVersion, done + 1);
                    break;
                case AppendResult.Conflict c:
                    version = c.ActualVersion;
                    break;
            }
        }

        return appends;
    }
}
