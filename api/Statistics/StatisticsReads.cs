using System.Globalization;
using Crowd.Api.Hosting;
using Crowd.Api.Jobs;
using Crowd.Domain;
using Crowd.Journal;
using Crowd.Marketplace.Tasks;

namespace Crowd.Api.Statistics;

/// <summary>Makes the statistics of a job from its sums by minute, its counts and its workers' rows.</summary>
internal static class StatisticsReads
{
    private const int MostWorkers = 50;
    private const int MostTallies = 2_000;
    private const long MinutesLookedBack = 90 * 24 * 60;

    public static async Task<JobStatistics> OfAsync(Job job, int steps, Reads reads, CancellationToken cancellationToken)
    {
        var tallies = await reads.ListAsync<TallyRow>(
            "select kind, bucket, count from job_tallies where job_id = @job order by kind, bucket limit @limit", new { job = job.JobId, limit = MostTallies }, cancellationToken);
        var durations = Of(tallies, "duration").Select(t => (Step: int.Parse(t.Bucket, CultureInfo.InvariantCulture), t.Count)).ToArray();
        var workers = await WorkersAsync(job, reads, cancellationToken);
        var workerCount = await reads.FirstAsync<long>("select count(*) from reliability where job_id = @job and answers > 0", new { job = job.JobId }, cancellationToken);
        return new(
            await TimelineAsync(job, steps, reads, cancellationToken),
            DurationSteps.Quantile(durations, 0.5) / 1_000,
            DurationSteps.Quantile(durations, 0.9) / 1_000,
            [.. durations.Select(d => new DurationCount(DurationSteps.From(d.Step) / 1_000, DurationSteps.From(d.Step + 1) / 1_000, (int)d.Count))],
            Classes(tallies),
            [.. Of(tallies, "answers").Select(t => new RedundancyCount(int.Parse(t.Bucket, CultureInfo.InvariantCulture), (int)t.Count))],
            (int)workerCount,
            workers);
    }

    private static IEnumerable<TallyRow> Of(IReadOnlyList<TallyRow> tallies, string kind) => tallies.Where(t => t.Kind == kind);

    private static ClassCount[] Classes(IReadOnlyList<TallyRow> tallies)
    {
        var decided = Of(tallies, "label").ToDictionary(t => t.Bucket, t => t.Count, StringComparer.Ordinal);
        return [.. Of(tallies, "answer").Concat(Of(tallies, "label").Select(t => new TallyRow { Bucket = t.Bucket }))
            .GroupBy(t => t.Bucket, StringComparer.Ordinal)
            .Select(g => new ClassCount(g.Key, (int)g.Sum(t => t.Count), (int)decided.GetValueOrDefault(g.Key)))
            .OrderByDescending(c => c.AnswerCount).ThenBy(c => c.Label, StringComparer.Ordinal)];
    }

    private static async Task<IReadOnlyList<JobStep>> TimelineAsync(Job job, int steps, Reads reads, CancellationToken cancellationToken)
    {
        var bounds = await reads.FirstAsync<BoundRow>("select min(minute) as first, max(minute) as last from job_minutes where job_id = @job", new { job = job.JobId }, cancellationToken);
        if (bounds?.Last is not { } last)
            return [];
        var first = Math.Max(bounds.First!.Value, last - MinutesLookedBack);
        var width = Math.Max(1, (last - first + steps) / steps);
        var rows = await reads.ListAsync<StepRow>(
            """
            select (minute - @first) / @width as step, sum(answers) as answers, sum(time_ms) as time_ms, sum(decided) as decided, sum(escalated) as escalated,
                   sum(confidence_ppm) as confidence_ppm, sum(judged) as judged, sum(agreed) as agreed, sum(spent) as spent
            from job_minutes where job_id = @job and minute >= @first group by (minute - @first) / @width order by step limit @steps
            """, new { job = job.JobId, first, width, steps = steps + 1 }, cancellationToken);
        return [.. rows.Select(r => new JobStep(
            At(first + (r.Step * width)), At(first + ((r.Step + 1) * width)), (int)r.Answers, (int)r.Decided, (int)r.Escalated,
            Ratio(r.Agreed, r.Judged), Ratio(r.ConfidencePpm / 1e6, r.Decided), Ratio(r.TimeMs / 1e3, r.Answers), (long)r.Spent))];
    }

    private static async Task<IReadOnlyList<WorkerShare>> WorkersAsync(Job job, Reads reads, CancellationToken cancellationToken)
    {
        var rows = await reads.ListAsync<WorkerRow>(
            """
            select worker_id, answers, agreed, judged, gold_right, gold_judged, accepted, rejected, paid, time_ms from reliability
            where job_id = @job and answers > 0 order by answers desc, worker_id limit @limit
            """, new { job = job.JobId, limit = MostWorkers }, cancellationToken);
        return [.. rows.Select(r => new WorkerShare(
            WorkerId.From(r.WorkerId), (int)r.Answers, job.Answers == 0 ? 0 : (double)r.Answers / job.Answers, Ratio(r.Agreed, r.Judged), (int)r.Accepted, (int)r.Rejected,
            Ratio(r.GoldRight, r.GoldJudged), Ratio(r.TimeMs / 1e3, r.Answers), r.Paid))];
    }

    private static double? Ratio(double part, double whole) => whole == 0 ? null : part / whole;

    private static DateTimeOffset At(long minute) => DateTimeOffset.UnixEpoch.AddMinutes(minute);

    private sealed class TallyRow
    {
        public string Kind { get; set; } = "";

        public string Bucket { get; set; } = "";

        public long Count { get; set; }
    }

    private sealed class BoundRow
    {
        public long? First { get; set; }

        public long? Last { get; set; }
    }

    /// <summary>Sums, which PostgreSQL gives as decimals.</summary>
    private sealed class StepRow
    {
        public long Step { get; set; }

        public double Answers { get; set; }

        public double TimeMs { get; set; }

        public double Decided { get; set; }

        public double Escalated { get; set; }

        public double ConfidencePpm { get; set; }

        public double Judged { get; set; }

        public double Agreed { get; set; }

        public double Spent { get; set; }
    }

    private sealed class WorkerRow
    {
        public string WorkerId { get; set; } = "";

        public long Answers { get; set; }

        public long Agreed { get; set; }

        public long Judged { get; set; }

        public long GoldRight { get; set; }

        public long GoldJudged { get; set; }

        public long Accepted { get; set; }

        public long Rejected { get; set; }

        public long Paid { get; set; }

        public long TimeMs { get; set; }
    }
}
