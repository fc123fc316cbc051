using System.Text.Json;
using Crowd.Domain;
using Crowd.Journal;
using Crowd.Marketplace.Tables;

namespace Crowd.Marketplace.Jobs;

/// <content>Gold tasks that were made from decided ones, or retired.</content>
internal sealed partial class JobGrain
{
    public async Task GoldChangedAsync(TaskId task)
    {
        if (State.Status is JobStatus.None or JobStatus.Closed or JobStatus.Cancelled)
            return;
        if (await Log.Journal.ReadRowAsync(GoldTable.Table, [Stream, task.Value], CancellationToken.None) is { } gold)
            await TakeInAsync(task, gold);
    }

    /// <summary>Imported gold was read with the open tasks; what is missing is what was made since, and which of it is retired.</summary>
    private async Task LoadMadeGoldAsync()
    {
        IReadOnlyList<Value>? after = null;
        IReadOnlyList<Row> rows;
        do
        {
            rows = await Log.Journal.ReadRowsAsync(new(GoldTable.Table) { Where = [("job_id", Stream)], After = after, Limit = Page }, CancellationToken.None);
            foreach (var row in rows)
            {
                if (row.Columns[GoldTable.Made].Integer == 1 || !row.Columns[GoldTable.RetiredAt].IsNull)
                    await TakeInAsync(TaskId.From(row.Key[1].Text), row);
            }

            after = rows.Count > 0 ? rows[^1].Key : null;
        }
        while (rows.Count == Page);
    }

    private async Task TakeInAsync(TaskId task, Row row)
    {
        var known = JsonSerializer.Deserialize(row.Columns[GoldTable.Known].Text, DomainJson.Default.Answer)!;
        var isRetired = !row.Columns[GoldTable.RetiredAt].IsNull;
        if (!_gold.ContainsKey(task))
        {
            var stored = await Log.Journal.ReadRowAsync(TasksTable.Table, [task.Value], CancellationToken.None) ?? throw new InvalidOperationException($"{task} has no row.");
            var assignments = await ReadAssignmentsAsync(task.Value, task.Value, CancellationToken.None);

            // From here on nothing waits. What the queue holds of the task is counted already and goes over to the gold task.
            if (!_gold.ContainsKey(task))
                MakeGold(task, known, stored, assignments);
        }

        (_gold[task].Known, _gold[task].Retired) = (known, isRetired);
    }

    private void MakeGold(TaskId task, Answer known, Row stored, List<Row> assignments)
    {
        var slot = _queue.Find(task);
        var gold = new GoldTask(task)
        {
            Known = known,
            Offered = true,
            CommittedMicros = slot >= 0 ? _queue[slot].CommittedMicros : stored.Columns[TasksTable.Spent].Integer,
            Version = slot >= 0 ? _queue[slot].Version : stored.Columns[TasksTable.Version].Integer,
            Unsettled = slot >= 0 ? _queue[slot].Unsettled : (int)stored.Columns[TasksTable.Unsettled].Integer,
        };
        AddGold(gold);
        if (slot < 0)
        {
            foreach (var row in assignments)
                LoadAssignment(row);
            return;
        }

        foreach (var row in assignments)
            WorkerOf(WorkerId.From(row.Columns[AssignmentsTable.WorkerId].Text)).GoldSeen.Add(task);
        (_queue[slot].Wanted, _queue[slot].Escalated, _queue[slot].Unsettled, _queue[slot].Leases) = (TaskQueue.NoMore, false, 0, 0);
        _queue.Settle(slot);
    }
}
