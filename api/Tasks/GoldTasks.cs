using Crowd.Api.Access;
using Crowd.Api.Hosting;
using Crowd.Api.Jobs;
using Crowd.Api.Labels;
using Crowd.Consensus.Reliability;
using Crowd.Domain;
using Crowd.GraphQL;
using Crowd.Journal;
using Crowd.Marketplace.Tasks;

namespace Crowd.Api.Tasks;

/// <summary>Why a gold task should be looked at.</summary>
public enum GoldWarning
{
    /// <summary>So many workers have had it that it may be known: half of the job's workers, and at least 20.</summary>
    KnownToMany,

    /// <summary>It is missed far more often than the job's other gold, beyond chance at one in a hundred: its answer may be wrong.</summary>
    OftenMissed,
}

/// <summary>A task whose answer is known, and how workers do on it.</summary>
public sealed class GoldTask
{
    [GraphQLIgnore]
    public string TaskId { get; set; } = "";

    [GraphQLIgnore]
    public string JobId { get; set; } = "";

    [GraphQLIgnore]
    public string KnownJson { get; set; } = "";

    [GraphQLIgnore]
    public long SinceMicros { get; set; }

    [GraphQLIgnore]
    public long Made { get; set; }

    [GraphQLIgnore]
    public long? RetiredMicros { get; set; }

    [GraphQLIgnore]
    public long JobAnswers { get; set; }

    [GraphQLIgnore]
    public long JobHits { get; set; }

    [GraphQLIgnore]
    public long JobWorkers { get; set; }

    [GraphQLName("taskId")]
    public TaskId Id => Domain.TaskId.From(TaskId);

    public AnswerView Known => AnswerView.Of(KnownJson)!;

    public DateTimeOffset Since => Instants.FromMicroseconds(SinceMicros);

    /// <summary>True when it was made from a decided task, false when it was imported.</summary>
    public bool MadeFromDecided => Made == 1;

    /// <summary>Why it was made gold.</summary>
    public string? Reason { get; set; }

    /// <summary>Since when it is given out no more.</summary>
    public DateTimeOffset? RetiredAt => RetiredMicros is { } at ? Instants.FromMicroseconds(at) : null;

    public string? RetireReason { get; set; }

    /// <summary>Times it was given out as gold.</summary>
    [GraphQLName("offerCount")]
    public long Offers { get; set; }

    /// <summary>Answers that were held against the known one.</summary>
    [GraphQLName("answerCount")]
    public long Answers { get; set; }

    /// <summary>Right ones among them.</summary>
    [GraphQLName("rightCount")]
    public long Hits { get; set; }

    /// <summary>Share of right answers; null before the first.</summary>
    public double? HitRate => Answers == 0 ? null : (double)Hits / Answers;

    public IReadOnlyList<GoldWarning> Warnings
    {
        get
        {
            var found = new List<GoldWarning>();
            if (Offers >= 20 && 2 * Offers >= JobWorkers)
                found.Add(GoldWarning.KnownToMany);
            var (others, hits) = (JobAnswers - Answers, JobHits - Hits);
            if (others > 0 && Answers > 0 && Binomial.AtMost((int)Hits, (int)Answers, Math.Clamp((hits + 1.0) / (others + 2.0), 0.01, 0.99)) < 0.01)
                found.Add(GoldWarning.OftenMissed);
            return found;
        }
    }

    /// <summary>The task with all that is known of it.</summary>
    public Task<TaskView?> GetTaskAsync(TaskLoader tasks) => tasks.LoadAsync(Id);
}

/// <summary>Gold tasks of a job.</summary>
public static class GoldQueries
{
    /// <summary>The job's gold tasks in the order in which they were added. For quality managers.</summary>
    /// <param name="retired">Only those given out no more, or only those given out; null for all.</param>
    public static async Task<Connection<GoldTask>> GetGoldTasksAsync(
        JobId job, bool? retired, int? first, string? after, int? last, string? before, Caller caller, Reads reads, CancellationToken cancellationToken)
    {
        caller.RequireQualityManager();
        var page = Page.From(first, after, last, before);
        var (compare, order) = page.IsBackward ? ("<", "desc") : (">", "asc");
        var where = "g.job_id = @job" + retired switch { true => " and g.retired_at is not null", false => " and g.retired_at is null", null => "" };
        var filters = new { job = job.Value, cursor = page.Cursor, limit = page.Limit };
        var rows = await reads.ListAsync<GoldTask>(
            $"""
            select g.task_id, g.job_id, g.known as known_json, g.since as since_micros, g.made, g.reason, g.retired_at as retired_micros, g.retire_reason, g.offers, g.answers, g.hits,
              s.answers as job_answers, s.hits as job_hits, s.workers as job_workers
            from gold g,
              (select (select coalesce(sum(answers), 0) from gold where job_id = @job) as answers, (select coalesce(sum(hits), 0) from gold where job_id = @job) as hits,
                (select count(*) from reliability where job_id = @job and answers > 0) as workers) s
            where {where}{(page.Cursor is null ? "" : $" and g.task_id {compare} @cursor")} order by g.task_id {order} limit @limit
            """,
            filters, cancellationToken);
        return page.Of(rows, g => g.TaskId, async token => (int)await reads.FirstAsync<long>($"select count(*) from gold g where {where}", filters, token));
    }
}

/// <summary>Making and retiring gold.</summary>
public static class GoldMutations
{
    /// <summary>
    /// Makes a decided task gold: its label counts as known, and workers who never had it are given it unmarked. Earlier answers and payments stand. For quality managers.
    /// </summary>
    public static async Task<TaskView> MakeGoldAsync(
        TaskId task, string reason, Caller caller, IGrainFactory grains, Reads reads, JobReads jobs, CancellationToken cancellationToken)
    {
        caller.RequireQualityManager();
        var view = await TaskQueries.GetTaskAsync(task, caller, reads, jobs, cancellationToken);
        if (await jobs.FindAsync(view.Job, cancellationToken) is { Status: not (Jobs.JobState.Draft or Jobs.JobState.Open or Jobs.JobState.Paused) } ended)
            throw new GraphQLException($"The job is {ended.Status.ToString().ToLowerInvariant()}; gold is made while it is draft, open or paused.", "JOB_STATUS");
        (await grains.GetGrain<ITaskGrain>(task.Value).MakeGoldAsync(reason, caller.Actor)).OrThrow();
        return await TaskQueries.GetTaskAsync(task, caller, reads, jobs, cancellationToken);
    }

    /// <summary>
    /// Gives a gold task out no more: too many workers know it, or its answer is doubted. One made from a decided task can be adjudicated afterwards; answers it had
    /// rejected and the new label proves right are paid then. For quality managers.
    /// </summary>
    public static async Task<TaskView> RetireGoldAsync(
        TaskId task, string reason, Caller caller, IGrainFactory grains, Reads reads, JobReads jobs, CancellationToken cancellationToken)
    {
        caller.RequireQualityManager();
        (await grains.GetGrain<ITaskGrain>(task.Value).RetireGoldAsync(reason, caller.Actor)).OrThrow();
        return await TaskQueries.GetTaskAsync(task, caller, reads, jobs, cancellationToken);
    }
}
