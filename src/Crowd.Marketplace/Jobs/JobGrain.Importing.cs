using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using Crowd.Domain;
using Crowd.Journal;
using Crowd.Marketplace.Tables;

namespace Crowd.Marketplace.Jobs;

/// <content>
/// Adding tasks. Their events stand in a stream of their own that the job does not replay; external ids are held as hashes while an import
/// runs, so that a repeated line is known without asking the database.
/// </content>
internal sealed partial class JobGrain
{
    private static readonly string[] Stages = ["open", "escalated", "decided", "closed"];

    private readonly SemaphoreSlim _importing = new(1, 1);
    private Dictionary<UInt128, ulong>? _known;
    private long _tasksVersion;
    private IIdSource? _ids;

    public async Task<Outcome<AddedTasks>> AddTasksAsync(string import, IReadOnlyList<TaskDraft> drafts, string actor)
    {
        if (drafts.Count > IJobGrain.MostDrafts)
            return Reject.With(RejectionCode.LimitExceeded, $"At most {IJobGrain.MostDrafts} tasks are added at once.");
        await _importing.WaitAsync();
        var isKnown = false;
        try
        {
            if (JobDecider.MayAddTasks(State, drafts.Count) is { } refused)
                return refused;
            while (true)
            {
                if (_known is null)
                {
                    await CountAsync(actor);
                    _known = await ReadKnownAsync();
                }

                if (await AddAsync(import, drafts, actor) is { } added)
                {
                    isKnown = true;
                    return added;
                }

                _known = null; // tasks were added that this activation has not seen
            }
        }
        finally
        {
            if (!isKnown)
                _known = null; // what was committed is not known: the next import reads it
            _importing.Release();
        }
    }

    /// <summary>Counts tasks that an import added before it broke off.</summary>
    private async Task CountImportsAsync(string actor)
    {
        await _importing.WaitAsync();
        try
        {
            await CountAsync(actor);
        }
        finally
        {
            _importing.Release();
        }
    }

    /// <summary>Each event of the stream of tasks is counted by one event of the job; those that are not yet, are now.</summary>
    private async Task CountAsync(string actor)
    {
        _tasksVersion = State.Imports.Count;
        await foreach (var (version, _, e) in Log.ReadAsync(TasksAdded.StreamOf(Id), _tasksVersion, CancellationToken.None))
        {
            var added = (TasksAdded)e;
            foreach (var task in added.Tasks)
                AddToQueue(task, begun: true);
            await ChangeStateAsync(s => JobDecider.Import(s, [PartOf(added, version)]), actor);
            _tasksVersion = version;
        }
    }

    /// <summary>Adds what is not there yet; null when the stream of tasks has gone on in the meantime.</summary>
    private async Task<AddedTasks?> AddAsync(string import, IReadOnlyList<TaskDraft> drafts, string actor)
    {
        _ids ??= (IIdSource)ServiceProvider.GetService(typeof(IIdSource))!;
        var fresh = new List<(NewTask Task, TaskDraft Draft, UInt128 Key, ulong Content)>(drafts.Count);
        var conflicts = new List<int>();
        var here = new Dictionary<UInt128, ulong>();
        for (var i = 0; i < drafts.Count; i++)
        {
            var draft = drafts[i];
            var (key, content) = (KeyOf(draft.ExternalId), ContentOf(draft.InputHash, draft.Priority, Json(draft.Gold), draft.Metadata?.GetRawText()));
            if (_known!.TryGetValue(key, out var known) || here.TryGetValue(key, out known))
            {
                if (known != content)
                    conflicts.Add(i);
                continue;
            }

            here[key] = content;
            fresh.Add((new()
            {
                Id = draft.Decision?.Id.Task ?? _ids.Next<TaskId>(),
                ExternalId = draft.ExternalId,
                InputHash = draft.InputHash,
                Priority = draft.Priority,
                Gold = draft.Gold,
                Metadata = draft.Metadata,
                Predictions = draft.Predictions is { Count: > 0 } given ? given : null,
            }, draft, key, content));
        }

        if (fresh.Count > 0)
        {
            var routings = await RouteAsync(fresh.ConvertAll(f => (f.Task.Id, f.Draft)));
            for (var i = 0; i < fresh.Count; i++)
            {
                if (routings[i] is not null)
                    fresh[i] = fresh[i] with { Task = fresh[i].Task with { Routing = routings[i] } };
            }

            var parts = fresh.Chunk(TasksAdded.MaxTasks).Select(c => new TasksAdded { Job = Id, Import = import, Tasks = [.. c.Select(f => f.Task)] }).ToArray();
            if (!await CommitTasksAsync(parts, fresh, actor))
                return null;

            // Each part counts on its own, so that a job whose import broke off knows the tasks it has.
            var first = _tasksVersion - parts.Length + 1;
            await ChangeStateAsync(s => JobDecider.Import(s, [.. parts.Select((p, i) => PartOf(p, first + i))]), actor);
        }

        return new AddedTasks(fresh.Count, drafts.Count - fresh.Count - conflicts.Count, conflicts);
    }

    private static ImportedPart PartOf(TasksAdded added, long version) => new($"{added.Import}/{version}", added.Tasks.Count, added.Tasks.Count(t => t.Gold is not null));

    private async Task<bool> CommitTasksAsync(TasksAdded[] parts, List<(NewTask Task, TaskDraft Draft, UInt128 Key, ulong Content)> fresh, string actor)
    {
        var inputs = fresh.ConvertAll(f => RowChange.Put(InputsTable.Table, [f.Draft.InputHash], InputsTable.Input.Set(f.Draft.Input)));
        if (await Log.AppendAsync(TasksAdded.StreamOf(Id), _tasksVersion, Log.Now, actor, parts, inputs, CancellationToken.None) is not AppendResult.Committed committed)
            return false;
        _tasksVersion = committed.LastVersion;
        foreach (var (task, _, key, content) in fresh)
        {
            _known![key] = content;
            AddToQueue(task, begun: false);
        }

        return true;
    }

    /// <summary>Holds the task in memory.</summary>
    /// <param name="task">The task.</param>
    /// <param name="begun">Whether it may have been given out before this activation knew of it.</param>
    private void AddToQueue(NewTask task, bool begun)
    {
        if (task.Gold is { } known)
            AddGold(new(task.Id) { Known = known, Offered = begun });
        else if (_queue.Find(task.Id) < 0)
        {
            _queue.Add(new()
            {
                Id = IdText.Read(task.Id),
                Priority = (short)task.Priority,
                Begun = begun,
                Wants = NumberOf(task.Routing),
                Wanted = task.Routing is { Withheld: true } ? TaskQueue.NoMore : (ushort)0,
            });
        }
    }

    /// <summary>The external ids of all tasks that there are.</summary>
    private async Task<Dictionary<UInt128, ulong>> ReadKnownAsync()
    {
        var known = new Dictionary<UInt128, ulong>();
        if (State.Tasks + State.GoldTasks == 0)
            return known;
        foreach (var stage in Stages)
        {
            IReadOnlyList<Value>? after = null;
            IReadOnlyList<Row> rows;
            do
            {
                rows = await Log.Journal.ReadRowsAsync(
                    new(TasksTable.Table) { Where = [("job_id", Stream), ("stage", stage)], After = after, Limit = Page }, CancellationToken.None);
                foreach (var row in rows)
                {
                    known[KeyOf(row.Columns[TasksTable.ExternalId].Text)] = ContentOf(
                        row.Columns[TasksTable.InputHash].Text, (int)row.Columns[TasksTable.Priority].Integer, Text(row, TasksTable.Gold), Text(row, TasksTable.Metadata));
                }

                after = rows.Count > 0 ? rows[^1].Key : null;
            }
            while (rows.Count == Page);
        }

        return known;
    }

    private static string? Text(Row row, int column) => row.Columns[column].IsNull ? null : row.Columns[column].Text;

    private static string? Json(Answer? gold) => gold is null ? null : JsonSerializer.Serialize(gold, DomainJson.Default.Answer);

    private static UInt128 KeyOf(string externalId) => XxHash128.HashToUInt128(Encoding.UTF8.GetBytes(externalId));

    private static ulong ContentOf(string inputHash, int priority, string? gold, string? metadata) =>
        XxHash64.HashToUInt64(Encoding.UTF8.GetBytes($"{inputHash}\n{priority}\n{gold}\n{metadata}"));
}
