using Crowd.Journal;
using Crowd.Marketplace.Tables;
using Crowd.Silo.Verification;
using Microsoft.Data.Sqlite;

namespace Crowd.Silo.Tests.Verification;

/// <summary>Each kind of fault is done to a copy of a healthy database and must be found by the check that is there for it.</summary>
public sealed class VerifierTests(VerifierTests.HealthyDatabase healthy) : IClassFixture<VerifierTests.HealthyDatabase>
{
    private const string Models = "read models equal a rebuild";

    [Fact]
    public async Task A_healthy_database_has_no_faults_and_everything_is_looked_at()
    {
        var checks = await healthy.VerifyAsync("select 1");
        Assert.All(checks, c => Assert.True(c.Faults == 0, $"{c.Name}: {string.Join("; ", c.Examples)}"));
        Assert.All(checks, c => Assert.True(c.Examined > 0, c.Name));
        Assert.Equal(checks.Count, checks.Select(c => c.Name).Distinct().Count());
    }

    [Theory]
    [InlineData("debits equal credits", "update accounts set credits = credits + 1 where account like 'worker:%'")]
    [InlineData("balances are the sums of their transfers", "update accounts set credits = credits + 1, debits = debits + 1 where account like 'worker:%'")]
    [InlineData("balances are the sums of their transfers", "delete from accounts where account like 'worker:%'")]
    [InlineData("no account is negative that must not be", "update accounts set debits = credits + 1 where account like 'escrow:%'")]
    [InlineData("positions have no holes", "delete from events where type = 'task.settled' and position = (select min(position) from events where type = 'task.settled')")]
    [InlineData("positions have no holes", "delete from events where position = 3")]
    [InlineData("versions have no holes", "delete from events where type = 'job.funded'")]
    [InlineData("versions have no holes", "update events set version = version + 100 where type = 'job.opened'")]
    [InlineData("every stream replays", "update events set data = '{}' where type = 'job.created'")]
    [InlineData("every stream replays", "update events set type = 'job.never-heard-of' where type = 'job.opened'")]
    [InlineData("every accepted answer is paid once", "update events set data = replace(data, '100000', '100001') where type = 'task.settled'")]
    [InlineData(Models, "update tasks set stage = 'open' where stage = 'decided'")]
    [InlineData(Models, "update tasks set confidence = 0.123 where confidence is not null")]
    [InlineData(Models, "delete from assignments")]
    [InlineData(Models, "update transfers set amount = amount + 1 where kind = 'pay'")]
    [InlineData(Models, "insert into transfers select debit, at + 1, transfer_id || 'x', credit, amount, currency, kind, reference from transfers where kind = 'pay' limit 1")]
    [InlineData("snapshots are what replay gives", "update snapshots set data = cast(replace(cast(data as text), 'Labels Ltd', 'Others Ltd') as blob)")]
    [InlineData("escrows cover what is reserved", "update jobs set reserved = held + 1")]
    [InlineData("escrows cover what is reserved", "update jobs set reserved = -1")]
    public async Task A_fault_is_found_by_its_check(string name, string tamper)
    {
        var check = (await healthy.VerifyAsync(tamper)).Single(c => c.Name == name);
        Assert.True(check.Faults > 0);
        Assert.NotEmpty(check.Examples);
    }

    [Fact]
    public async Task An_answer_that_is_paid_again_in_the_log_is_found()
    {
        var checks = await healthy.VerifyAsync(
            """
            insert into events select (select max(position) + 1 from events), stream, (select max(version) + 1 from events l where l.stream = e.stream), type, at, actor, data
            from events e where type = 'task.settled' limit 1
            """);
        Assert.True(checks.Single(c => c.Name == "every accepted answer is paid once").Faults > 0);
    }

    [Fact]
    public async Task A_decision_that_is_released_again_in_the_log_is_found()
    {
        var checks = await healthy.VerifyAsync(
            """
            insert into events select (select max(position) + 1 from events), stream, (select max(version) + 1 from events l where l.stream = e.stream), type, at, actor, data
            from events e where type = 'decision.released' limit 1
            """);
        Assert.True(checks.Single(c => c.Name == "no decision is released twice").Faults > 0);
    }

    [Fact]
    public async Task A_second_answer_of_a_worker_on_a_task_is_found()
    {
        var checks = await healthy.VerifyAsync(
            """
            insert into events select (select max(position) + 1 from events), stream, (select max(version) + 1 from events l where l.stream = e.stream), type, at, actor, data
            from events e where type = 'task.submitted' limit 1
            """);
        Assert.True(checks.Single(c => c.Name == "one answer of a worker on a task").Faults > 0);
    }

    /// <summary>A database that was written once; each test has a copy.</summary>
    public sealed class HealthyDatabase : IAsyncLifetime
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("crowd-verify-");
        private int _copies;

        private string Original => Path.Combine(_folder.FullName, "healthy.db");

        public Task InitializeAsync() => SmallMarket.WriteAsync(Original);

        public Task DisposeAsync()
        {
            _folder.Delete(recursive: true);
            return Task.CompletedTask;
        }

        /// <summary>Runs the SQL on a copy and verifies that.</summary>
        public async Task<IReadOnlyList<Check>> VerifyAsync(string tamper)
        {
            var copy = Path.Combine(_folder.FullName, $"{Interlocked.Increment(ref _copies)}.db");
            foreach (var suffix in (string[])["", "-wal"])
            {
                if (File.Exists(Original + suffix))
                    File.Copy(Original + suffix, copy + suffix);
            }

            await using (var connection = new SqliteConnection($"Data Source={copy};Pooling=False"))
            {
                await connection.OpenAsync();
                await using var command = connection.CreateCommand();
                command.CommandText = tamper;
                var changed = await command.ExecuteNonQueryAsync();
                Assert.True(changed > 0 || tamper == "select 1", "Nothing was tampered with.");
            }

            await using var store = JournalFactory.Open($"Data Source={copy}", TimeProvider.System, null);
            await store.Journal.InitialiseAsync(AllTables.List, CancellationToken.None);
            return await new Verifier(store.Journal).RunAsync((_, _) => { }, CancellationToken.None);
        }
    }
}
