using Crowd.Api.Hosting;
using Crowd.Domain;
using Crowd.GraphQL;

namespace Crowd.Api.Workers;

/// <summary>What a worker's answers on all jobs together came to.</summary>
public sealed class WorkerTotals
{
    [GraphQLIgnore]
    public string WorkerId { get; set; } = "";

    [GraphQLIgnore]
    public long Hits { get; set; }

    [GraphQLIgnore]
    public long TimeMs { get; set; }

    /// <summary>Jobs the worker answered on.</summary>
    [GraphQLName("jobCount")]
    public long Jobs { get; set; }

    [GraphQLName("answerCount")]
    public long Answers { get; set; }

    /// <summary>Answers that could be judged: to decided tasks and to gold.</summary>
    public long Judged { get; set; }

    [GraphQLName("acceptedCount")]
    public long Accepted { get; set; }

    [GraphQLName("rejectedCount")]
    public long Rejected { get; set; }

    /// <summary>Probability of a right answer as measured over all jobs.</summary>
    public double Measured => ReliabilityView.Beta(Hits, Judged).Measured;

    /// <summary>Bounds of a 95 % interval of the measured value.</summary>
    public double Low => ReliabilityView.Beta(Hits, Judged).Interval.Low;

    /// <inheritdoc cref="Low"/>
    public double High => ReliabilityView.Beta(Hits, Judged).Interval.High;

    /// <summary>Mean seconds from offer to answer.</summary>
    public double? MeanSeconds => Answers == 0 ? null : TimeMs / 1000.0 / Answers;
}

/// <summary>Totals by worker, for all of a request at once.</summary>
public sealed class WorkerTotalsLoader(Reads reads) : BatchLoader<WorkerId, WorkerTotals>
{
    protected override async Task<IReadOnlyDictionary<WorkerId, WorkerTotals>> LoadBatchAsync(IReadOnlyList<WorkerId> keys, CancellationToken cancellationToken) =>
        (await reads.ListByIdsAsync<WorkerTotals>(
            """
            select worker_id, count(*) as jobs, cast(sum(agreed + gold_right) as bigint) as hits, cast(sum(time_ms) as bigint) as time_ms, cast(sum(answers) as bigint) as answers,
              cast(sum(judged + gold_judged) as bigint) as judged, cast(sum(accepted) as bigint) as accepted, cast(sum(rejected) as bigint) as rejected
            from reliability where worker_id in {ids} group by worker_id
            """,
            [.. keys.Select(k => k.Value)], cancellationToken)).ToDictionary(t => Domain.WorkerId.From(t.WorkerId));
}

/// <summary>A day of a worker.</summary>
public sealed class ActivityDay
{
    [GraphQLIgnore]
    public long Number { get; set; }

    [GraphQLIgnore]
    public double? MeanMs { get; set; }

    /// <summary>The day's beginning, in UTC.</summary>
    public DateTimeOffset Day => DateTimeOffset.UnixEpoch.AddDays(Number);

    [GraphQLName("answerCount")]
    public long Answers { get; set; }

    /// <summary>Answers that could be judged: to decided tasks and to gold.</summary>
    public long Judged { get; set; }

    /// <summary>Right ones among them.</summary>
    [GraphQLName("rightCount")]
    public long Hits { get; set; }

    /// <summary>Mean seconds from offer to answer.</summary>
    public double? MeanSeconds => MeanMs / 1000;
}

/// <summary>What is counted of a worker.</summary>
[ExtendObjectType(typeof(WorkerView))]
public static class WorkerTotalFields
{
    private const int MostDays = 366;
    private const long DayMicros = 86_400_000_000;

    /// <summary>What the worker's answers on all jobs together came to; null before the first.</summary>
    public static Task<WorkerTotals?> GetTotalsAsync(WorkerView worker, WorkerTotalsLoader totals) => totals.LoadAsync(worker.Id);

    /// <summary>Speed and accuracy by day, of days with answers, oldest first.</summary>
    /// <param name="days">How many days back from today, 1 to 366.</param>
    /// <param name="job">Only on this job.</param>
    public static async Task<IReadOnlyList<ActivityDay>> GetActivityAsync(
        WorkerView worker, JobId? job, Reads reads, TimeProvider time, CancellationToken cancellationToken, int days = 30)
    {
        if (days is < 1 or > MostDays)
            throw Access.Refusals.Invalid($"Give 1 to {MostDays} days.");
        var since = ((Crowd.Journal.Instants.ToMicroseconds(time.GetUtcNow()) / DayMicros) - days + 1) * DayMicros;
        return await reads.ListAsync<ActivityDay>(
            $"""
            select submitted_at / {DayMicros} as number, count(*) as answers, avg(1.0 * duration_ms) as mean_ms,
              cast(sum(case when coalesce(gold_right, agrees) is null then 0 else 1 end) as bigint) as judged, cast(sum(coalesce(gold_right, agrees, 0)) as bigint) as hits
            from assignments where worker_id = @worker and submitted_at >= @since{(job is null ? "" : " and job_id = @job")}
            group by submitted_at / {DayMicros} order by 1
            """,
            new { worker = worker.WorkerId, job = job?.Value, since }, cancellationToken);
    }
}
