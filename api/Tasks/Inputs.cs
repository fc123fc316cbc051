using System.Text.Json;
using Crowd.Api.Hosting;
using Crowd.Api.Jobs;
using Crowd.Domain;
using Crowd.GraphQL;

namespace Crowd.Api.Tasks;

/// <summary>Inputs of tasks by task, for all tasks of a request at once.</summary>
public sealed class InputLoader(Reads reads, InputCache cache) : BatchLoader<TaskId, JsonElement>
{
    protected override async Task<IReadOnlyDictionary<TaskId, JsonElement>> LoadBatchAsync(IReadOnlyList<TaskId> keys, CancellationToken cancellationToken)
    {
        var found = new Dictionary<TaskId, JsonElement>();
        var missing = new List<string>();
        foreach (var key in keys)
        {
            if (cache.TryGet(key, out var input))
                found[key] = input;
            else
                missing.Add(key.Value);
        }

        if (missing.Count == 0)
            return found;
        foreach (var row in await reads.ListByIdsAsync<InputRow>(
            "select t.task_id, i.input from tasks t join inputs i on i.hash = t.input_hash where t.task_id in {ids}", missing, cancellationToken))
        {
            var task = TaskId.From(row.TaskId);
            found[task] = cache.Add(task, JsonSerializer.Deserialize(row.Input, ApiJson.Default.JsonElement));
        }

        return found;
    }

    private sealed class InputRow
    {
        public string TaskId { get; set; } = "";

        public string Input { get; set; } = "";
    }
}

/// <summary>
/// Inputs that were read lately: every task is shown to several workers at about the same time. An input never changes, so nothing is ever stale; a
/// person's erasure empties it with the process's memory at the latest after <see cref="Most"/> further tasks.
/// </summary>
public sealed class InputCache
{
    /// <summary>Most inputs kept.</summary>
    public const int Most = 20_000;

    private const int MostLength = 4_096;

    private readonly System.Collections.Concurrent.ConcurrentDictionary<TaskId, JsonElement> _older = new();
    private readonly System.Collections.Concurrent.ConcurrentDictionary<TaskId, JsonElement> _newer = new();
    private int _count;

    public bool TryGet(TaskId task, out JsonElement input) => _newer.TryGetValue(task, out input) || _older.TryGetValue(task, out input);

    public JsonElement Add(TaskId task, JsonElement input)
    {
        if (input.GetRawText().Length > MostLength)
            return input;
        if (Interlocked.Increment(ref _count) >= Most / 2)
        {
            // Two generations: what was not read anew since the last turn goes.
            Interlocked.Exchange(ref _count, 0);
            _older.Clear();
            foreach (var (key, value) in _newer)
                _older[key] = value;
            _newer.Clear();
        }

        return _newer[task] = input;
    }
}

/// <summary>Fields of a task that are read apart from it.</summary>
[ExtendObjectType(typeof(TaskView))]
public static class TaskFields
{
    /// <summary>What is to be labelled.</summary>
    public static Task<JsonElement> GetInputAsync(TaskView task, InputLoader inputs) => inputs.LoadAsync(task.Id);

    /// <summary>
    /// How likely each label is by the votes of the decision or escalation, the likeliest first; of a multi choice each label by itself. Empty for tasks without votes and for
    /// kinds of label without a finite set.
    /// </summary>
    public static async Task<IReadOnlyList<LabelProbability>> GetPosteriorAsync(TaskView task, JobReads jobs, Reads reads, CancellationToken cancellationToken)
    {
        if (task.Votes.Count == 0 || await jobs.FindAsync(task.Job, cancellationToken) is not { } job)
            return [];
        var answers = (await reads.ListAsync<AnswerOfAssignment>(
            "select ordinal, answer from assignments where job_id = @job and task_id = @task and answer is not null limit 1000",
            new { job = task.JobId, task = task.TaskId }, cancellationToken)).ToDictionary(a => a.Ordinal, a => JsonSerializer.Deserialize(a.Answer, DomainJson.Default.Answer)!);
        var votes = task.Votes.Where(v => answers.ContainsKey(v.Assignment.Ordinal)).Select(v => (answers[v.Assignment.Ordinal], v.Weight)).ToArray();
        return [.. ConsensusRule.Posterior(job.Specification.Schema, votes).OrderByDescending(p => p.Probability).Select(p => new LabelProbability(Labels.AnswerView.Of(p.Label), p.Probability))];
    }

    private sealed class AnswerOfAssignment
    {
        public int Ordinal { get; set; }

        public string Answer { get; set; } = "";
    }

    /// <summary>All leases on the task and what came of them, in order.</summary>
    public static async Task<IReadOnlyList<AssignmentView>> GetAssignmentsAsync(TaskView task, Reads reads, CancellationToken cancellationToken) =>
        await reads.ListAsync<AssignmentView>(
            $"select {AssignmentView.Columns} from assignments where job_id = @job and task_id = @task order by ordinal limit 1000",
            new { job = task.JobId, task = task.TaskId }, cancellationToken);

    /// <summary>Everything that ever happened to the task, in order.</summary>
    public static async Task<IReadOnlyList<Audit.LogEntry>> GetHistoryAsync(TaskView task, Reads reads, CancellationToken cancellationToken) =>
        await reads.ListAsync<Audit.LogEntry>(
            $"select {Audit.LogEntry.Columns} from events where stream = @task order by version limit 1000", new { task = task.TaskId }, cancellationToken);
}
