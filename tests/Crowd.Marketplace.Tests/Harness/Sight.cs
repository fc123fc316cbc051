using Crowd.Marketplace.Ledger;
using Crowd.Marketplace.Log;
using Crowd.Marketplace.Tables;

namespace Crowd.Marketplace.Tests;

/// <summary>Looks at what the tables and the log hold.</summary>
internal static class Sight
{
    public static Row JobRow(this Market market, JobId job) => market.Row(JobsTable.Table, job.Value);

    public static Row TaskRow(this Market market, TaskId task) => market.Row(TasksTable.Table, task.Value);

    public static Row AssignmentRow(this Market market, JobId job, AssignmentId id) => market.Row(AssignmentsTable.Table, job.Value, id.Task.Value, id.Ordinal);

    public static string StatusOf(this Market market, JobId job) => market.JobRow(job).Columns[JobsTable.Status].Text;

    public static string StageOf(this Market market, TaskId task) => market.TaskRow(task).Columns[TasksTable.Stage].Text;

    public static string StatusOf(this Market market, JobId job, AssignmentId id) => market.AssignmentRow(job, id).Columns[AssignmentsTable.Status].Text;

    public static TaskId TaskOf(this Market market, JobId job, string externalId) =>
        TaskId.From(market.Rows(TasksTable.Table).Single(r => r.Columns[TasksTable.JobId].Text == job.Value && r.Columns[TasksTable.ExternalId].Text == externalId).Key[0].Text);

    public static long Balance(this Market market, string account) => market.Do(() => market.Journal.BalanceAsync(account, Currency.Usd, CancellationToken.None)).Micros;

    public static Row Row(this Market market, Table table, params Value[] key) =>
        market.Do(() => market.Journal.ReadRowAsync(table, key, CancellationToken.None)) ?? throw new InvalidOperationException($"No row {string.Join('/', key)} in {table.Name}.");

    public static List<Row> Rows(this Market market, Table table) => market.Do(async () =>
    {
        var rows = new List<Row>();
        await foreach (var row in market.Journal.ScanAsync(table, CancellationToken.None))
            rows.Add(row);
        return rows;
    });

    /// <summary>Every event of the log.</summary>
    public static List<(StoredEvent Stored, DomainEvent Event)> Events(this Market market) => market.Do(async () =>
    {
        var all = await market.Journal.ReadLogAsync(0, int.MaxValue, CancellationToken.None);
        return all.Select(s => (s, EventTypes.Read(s.Type, s.Data.Span))).ToList();
    });

    /// <summary>Every row of every read model as one text, to compare.</summary>
    public static string Picture(this Market market) => string.Join('\n', AllTables.List.Where(t => !t.BesideLog).SelectMany(t =>
        market.Rows(t).Select(r => $"{t.Name} {string.Join('|', r.Key)} = {string.Join('|', r.Columns)}")));

    /// <summary>Rebuilds all read models from the log; they must come out as they were.</summary>
    public static void AssertRebuildGivesTheSame(this Market market)
    {
        var before = market.Picture();
        market.Do(() => market.Journal.RebuildAsync(ReadModels.Project, CancellationToken.None));
        Assert.Equal(before, market.Picture());
    }
}
