using System.Text.Json;
using Crowd.Domain;
using Crowd.Journal;
using Crowd.Marketplace.Tables;
using Microsoft.Extensions.Logging;

namespace Crowd.Marketplace.Jobs;

/// <content>
/// Filling the queue from the tables. The first page is read before the first call is answered, the rest while work is given out already: until
/// then a task of higher priority may come after one of lower.
/// </content>
internal sealed partial class JobGrain
{
    private const int FirstPage = 5_000;
    private const int Page = 25_000;

    /// <summary>Rows read at once while work is given out: a page is one turn, and calls wait for it.</summary>
    private const int BackgroundPage = 2_000;

    private static readonly string[] Ended = ["decided", "closed"];

    private bool _loaded;

    private async Task LoadQueueAsync(CancellationToken cancellationToken)
    {
        _queue.MinAnswers = Spec.Policies.Redundancy.MinAnswers;
        var job = await Log.Journal.ReadRowAsync(JobsTable.Table, [Stream], cancellationToken) ?? throw new InvalidOperationException($"{Stream} has no row.");
        _committedMicros = job.Columns[JobsTable.Spent].Integer + job.Columns[JobsTable.Reserved].Integer;
        var more = await LoadPageAsync("open", null, FirstPage, cancellationToken);
        if (more is null)
            await LoadRestAsync(null);
        else
            _ = LoadInBackgroundAsync(more);
    }

    private async Task LoadInBackgroundAsync(IReadOnlyList<Value> after)
    {
        try
        {
            await LoadRestAsync(after);
        }
        catch (Exception e)
        {
            // Without its whole queue the job would starve tasks: it starts again with the next call.
            LogNotLoaded(e, Stream);
            DeactivateOnIdle();
        }
    }

    private async Task LoadRestAsync(IReadOnlyList<Value>? after)
    {
        while (after is not null)
        {
            // A store that answers at once would else have every page read in this turn, and the calls behind it wait for all of them.
            await Task.Yield();
            after = await LoadPageAsync("open", after, BackgroundPage, CancellationToken.None);
        }

        foreach (var stage in Spec.Policies.PayFor == PayFor.Reviewed ? new[] { "escalated", "decided" } : ["escalated"])
            await LoadAllAsync(stage);

        // A quality manager may have decided a task, or a job closed it, while workers had it: their leases must end all the same.
        foreach (var stage in Ended)
        {
            for (var leases = 1; leases <= Spec.Policies.Redundancy.MaxAnswers; leases++)
                await LoadAllAsync(stage, ("leases", leases));
        }

        await LoadMadeGoldAsync();
        _loaded = true;
        foreach (var task in _heardEarly)
            _due.Enqueue(task, Log.Now);
        _heardEarly.Clear();
    }

    private async Task LoadAllAsync(string stage, params (string Column, Value Value)[] where)
    {
        var next = await LoadPageAsync(stage, null, Page, CancellationToken.None, where);
        while (next is not null)
            next = await LoadPageAsync(stage, next, Page, CancellationToken.None, where);
    }

    /// <summary>Reads one page of tasks and what is under way on them; gives the last key when there may be more.</summary>
    private async Task<IReadOnlyList<Value>?> LoadPageAsync(
        string stage, IReadOnlyList<Value>? after, int limit, CancellationToken cancellationToken, params (string Column, Value Value)[] where)
    {
        var rows = await Log.Journal.ReadRowsAsync(
            new(TasksTable.Table) { Where = [("job_id", Stream), ("stage", stage), .. where], After = after, Limit = limit }, cancellationToken);
        var begun = rows.Where(r => r.Columns[TasksTable.Offers].Integer > 0).Select(r => r.Key[0].Text).ToList();
        var assignments = begun.Count > 0 ? await ReadAssignmentsAsync(begun[0], begun[^1], cancellationToken) : [];

        // From here on nothing waits, so that nobody sees a task without its assignments.
        var added = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            if (Load(row, stage))
                added.Add(row.Key[0].Text);
        }

        foreach (var row in assignments.Where(r => added.Contains(r.Key[1].Text)))
            LoadAssignment(row);
        return rows.Count == limit ? rows[^1].Key : null;
    }

    private bool Load(Row row, string stage)
    {
        var id = TaskId.From(row.Key[0].Text);
        var unsettled = (ushort)row.Columns[TasksTable.Unsettled].Integer;
        if (!row.Columns[TasksTable.Gold].IsNull)
        {
            if (_gold.ContainsKey(id))
                return false;
            AddGold(new(id)
            {
                Known = JsonSerializer.Deserialize(row.Columns[TasksTable.Gold].Text, DomainJson.Default.Answer)!,
                CommittedMicros = row.Columns[TasksTable.Spent].Integer,
                Offered = row.Columns[TasksTable.Offers].Integer > 0,
                Unsettled = unsettled,
                Version = row.Columns[TasksTable.Version].Integer,
            });
            return true;
        }

        var leases = (ushort)row.Columns[TasksTable.Leases].Integer;
        var routing = RoutingOf(row);
        if (_queue.Find(id) >= 0 || (stage is "decided" or "closed" && unsettled == 0 && leases == 0))
            return false;
        _queue.Add(new()
        {
            Id = IdText.Read(id),
            CommittedMicros = row.Columns[TasksTable.Spent].Integer,
            Priority = (short)row.Columns[TasksTable.Priority].Integer,
            Wanted = stage == "open" && routing is not { Withheld: true } ? (ushort)row.Columns[TasksTable.Wanted].Integer : TaskQueue.NoMore,
            Wants = NumberOf(routing),
            Answers = (ushort)row.Columns[TasksTable.Answers].Integer,
            Leases = leases,
            Unsettled = unsettled,
            Escalated = stage == "escalated",
            Begun = row.Columns[TasksTable.Version].Integer > 0,
            Version = (int)row.Columns[TasksTable.Version].Integer,
        });
        return true;
    }

    /// <summary>Reads the assignments of the tasks from one to another: who had which, which leases live, what waits for review.</summary>
    private async Task<List<Row>> ReadAssignmentsAsync(string first, string last, CancellationToken cancellationToken)
    {
        var found = new List<Row>();
        IReadOnlyList<Value> after = [Stream, first, -1];
        while (true)
        {
            var rows = await Log.Journal.ReadRowsAsync(new(AssignmentsTable.Table) { Where = [("job_id", Stream)], After = after, Limit = Page }, cancellationToken);
            foreach (var row in rows)
            {
                if (string.CompareOrdinal(row.Key[1].Text, last) > 0)
                    return found;
                found.Add(row);
            }

            if (rows.Count < Page)
                return found;
            after = rows[^1].Key;
        }
    }

    private void LoadAssignment(Row row)
    {
        var task = TaskId.From(row.Key[1].Text);
        if (!row.Columns[AssignmentsTable.Repeats].IsNull)
        {
            LoadRepeat(row, task);
            return;
        }

        var status = row.Columns[AssignmentsTable.Status].Text;
        var workerId = WorkerId.From(row.Columns[AssignmentsTable.WorkerId].Text);
        var worker = WorkerOf(workerId);
        var cost = row.Columns[AssignmentsTable.Pay].Integer + row.Columns[AssignmentsTable.Fee].Integer;
        var reserved = status is "leased" or "submitted" ? cost : 0;
        if (_gold.TryGetValue(task, out var gold))
        {
            gold.CommittedMicros += reserved;
            worker.GoldSeen.Add(task);
        }
        else if (_queue.Find(task) is >= 0 and var slot)
        {
            _queue[slot].CommittedMicros += reserved;
            if (status != "expired")
                _queue.Mark(slot, worker.Number);
        }
        else
        {
            return;
        }

        if (status == "leased")
        {
            var until = Instants.FromMicroseconds(row.Columns[AssignmentsTable.LeaseUntil].Integer);
            AddLease(worker, new(AssignmentId.Of(task, (int)row.Key[2].Integer), until, row.Columns[AssignmentsTable.Pay].Integer));
        }
        else if (status == "submitted" && !row.Columns[AssignmentsTable.ReviewDue].IsNull)
        {
            _due.Enqueue(task, Instants.FromMicroseconds(row.Columns[AssignmentsTable.ReviewDue].Integer));
        }
    }

    /// <summary>Reads what the worker did on this job before it was activated: how many answers, which gold tasks, and what may be shown again.</summary>
    private async Task<JobWorker> LoadWorkerAsync(WorkerId id)
    {
        var worker = WorkerOf(id);
        if (worker.Loaded)
            return worker;
        var row = await Log.Journal.ReadRowAsync(ReliabilityTable.Table, [Stream, id.Value], CancellationToken.None);
        var gold = new SortedList<long, bool>();
        var (answered, repeated) = (new List<(long At, TaskId Task)>(), new HashSet<TaskId>());
        if (row?.Columns[ReliabilityTable.GoldJudged].Integer > 0 || (Spec.Policies.Repeats.Share > 0 && row?.Columns[ReliabilityTable.Answers].Integer > 0))
        {
            IReadOnlyList<Value>? after = null;
            IReadOnlyList<Row> rows;
            do
            {
                rows = await Log.Journal.ReadRowsAsync(
                    new(AssignmentsTable.Table) { Where = [("worker_id", id.Value), ("job_id", Stream)], After = after, Limit = Page }, CancellationToken.None);
                foreach (var one in rows.Where(r => !r.Columns[AssignmentsTable.GoldRight].IsNull))
                {
                    worker.GoldSeen.Add(TaskId.From(one.Key[1].Text));
                    gold[one.Columns[AssignmentsTable.SubmittedAt].Integer] = one.Columns[AssignmentsTable.GoldRight].Integer == 1;
                }

                repeated.UnionWith(rows.Where(r => !r.Columns[AssignmentsTable.Repeats].IsNull).Select(r => TaskId.From(r.Key[1].Text)));
                answered.AddRange(rows.Where(r => r.Columns[AssignmentsTable.GoldRight].IsNull && !r.Columns[AssignmentsTable.SubmittedAt].IsNull && r.Columns[AssignmentsTable.Invalid].IsNull)
                    .Select(r => (r.Columns[AssignmentsTable.SubmittedAt].Integer, TaskId.From(r.Key[1].Text))));

                after = rows.Count > 0 ? rows[^1].Key : null;
            }
            while (rows.Count == Page);
        }

        if (worker.Loaded) // another call was here in the meantime
            return worker;
        worker.Loaded = true;
        worker.Answers = (int)(row?.Columns[ReliabilityTable.Answers].Integer ?? 0);
        foreach (var right in gold.Values)
            worker.CountGold(right, Spec.Policies.Gold);
        foreach (var (_, task) in answered.Where(a => !repeated.Contains(a.Task)).OrderBy(a => a.At))
            worker.Remember(task, Spec.Policies.Repeats);
        return worker;
    }

    private void AddGold(GoldTask gold)
    {
        if (_gold.TryAdd(gold.Id, gold))
            _goldList.Add(gold);
    }

    private void AddLease(JobWorker worker, Lease lease)
    {
        if (worker.Leases.Exists(l => l.Assignment == lease.Assignment))
            return;
        worker.Leases.Add(lease);
        _leased[lease.Assignment.Task] = _leased.GetValueOrDefault(lease.Assignment.Task) + 1;
        _due.Enqueue(lease.Assignment.Task, lease.Until);
    }

    [LoggerMessage(1001, LogLevel.Error, "{Job}: its queue could not be read; it is activated again by the next call.")]
    private partial void LogNotLoaded(Exception exception, string job);
}
