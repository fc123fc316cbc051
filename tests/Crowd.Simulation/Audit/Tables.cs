using Crowd.Marketplace.Log;
using Crowd.Marketplace.Tables;

namespace Crowd.Simulation;

/// <summary>The tables against the auditor's books, and against themselves rebuilt from the log.</summary>
internal static class Tables
{
    public static async Task CheckAsync(Auditor auditor, IJournal journal)
    {
        await foreach (var row in journal.ScanAsync(AccountsTable.Table, CancellationToken.None))
        {
            var account = row.Key[0].Text switch { "platform:provider" => "provider", "platform:fees" => "fees", "platform:appeals" => "appeals", var other => other };
            var balance = row.Columns[AccountsTable.Credits].Integer - row.Columns[AccountsTable.Debits].Integer;
            Auditor.Want(balance == auditor.Books[account], $"the table has {balance} on {account}, the books {auditor.Books[account]}");
        }

        await foreach (var row in journal.ScanAsync(TasksTable.Table, CancellationToken.None))
        {
            var task = auditor.Tasks[TaskId.From(row.Key[0].Text)];
            var (stage, answers, leases, unsettled) = (row.Columns[TasksTable.Stage].Text, row.Columns[TasksTable.Answers].Integer, row.Columns[TasksTable.Leases].Integer, row.Columns[TasksTable.Unsettled].Integer);
            Auditor.Want((stage, answers, leases, unsettled) == (task.Stage, task.Answers, task.Leases, task.Unsettled), $"the table's {row.Key[0]} is not the log's");
        }

        await foreach (var row in journal.ScanAsync(JobsTable.Table, CancellationToken.None))
            Auditor.Want(row.Columns[JobsTable.Reserved].Integer == auditor.Jobs[JobId.From(row.Key[0].Text)].ReservedMicros, $"the table's {row.Key[0]} has reserved what the log has not");

        var before = await PictureAsync(journal);
        await journal.RebuildAsync(ReadModels.Project, CancellationToken.None);
        foreach (var (was, now) in before.Zip(await PictureAsync(journal)))
            Auditor.Want(was == now, $"a rebuild gives {now} for {was}");
    }

    private static async Task<List<string>> PictureAsync(IJournal journal)
    {
        var picture = new List<string>();
        foreach (var table in AllTables.List.Where(t => !t.BesideLog))
        {
            await foreach (var row in journal.ScanAsync(table, CancellationToken.None))
                picture.Add($"{table.Name} {string.Join('|', row.Key)} = {string.Join('|', row.Columns)}");
            picture.Add("end of " + table.Name);
        }

        return picture;
    }
}
