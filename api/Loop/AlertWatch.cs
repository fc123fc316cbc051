using System.Diagnostics;
using System.Text.Json;
using Crowd.Api.Hosting;
using Crowd.Api.Jobs;
using Crowd.Domain;
using Crowd.GraphQL;
using Crowd.Journal;
using Crowd.Marketplace.Loop;
using Crowd.Silo.Hosting;

namespace Crowd.Api.Loop;

/// <summary>
/// Measures jobs with alert rules at <see cref="Interval"/> while this process is the active one. A job on which nothing happened is not measured again, save for the age
/// of what waits and for rules with a period; one that takes long to measure is measured less often.
/// </summary>
internal sealed partial class AlertWatch(
    Reads reads, JobReads jobs, OversightReport report, IGrainFactory grains, ServerState state, TimeProvider time, ILogger<AlertWatch> logger) : BackgroundService
{
    /// <summary>Time between two rounds: 15 seconds.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    /// <summary>How often what has a period is measured although nothing happened: every 5 minutes.</summary>
    public static readonly TimeSpan QuietInterval = TimeSpan.FromMinutes(5);

    /// <summary>Part of the time that measuring one job may take at most: a twentieth.</summary>
    private const int Rest = 20;

    private readonly Dictionary<string, Seen> _seen = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await state.WhenActive.WaitAsync(stoppingToken);
            using var timer = new PeriodicTimer(Interval, time);
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await RunOnceAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The next active server goes on.
        }
    }

    /// <summary>Measures all jobs that have to be. One that cannot be measured does not keep the others from it.</summary>
    public async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<RulesRow> rows;
        try
        {
            rows = await reads.ListAsync<RulesRow>(
                """
                select a.job_id, a.rules, j.decided, j.answers, coalesce(l.requested + l.audited + l.by_machine + l.by_person + l.by_consensus, 0) as moves
                from alert_rules a join jobs j on j.job_id = a.job_id left join loops l on l.job_id = a.job_id
                where a.rules <> '[]' and j.status in ('open', 'paused', 'closing')
                """, null, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(e, "all");
            return;
        }

        foreach (var row in rows)
        {
            try
            {
                await MeasureAsync(row, cancellationToken);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                LogFailed(e, row.JobId);
            }
        }

        foreach (var gone in _seen.Keys.Except(rows.Select(r => r.JobId), StringComparer.Ordinal).ToList())
            _seen.Remove(gone);
    }

    private async Task MeasureAsync(RulesRow row, CancellationToken cancellationToken)
    {
        var rules = JsonSerializer.Deserialize(row.Rules, DomainJson.Default.EquatableListAlertRule)!;
        var found = new List<AlertFinding>();
        if (rules.Any(r => r.Measure == AlertMeasure.HeldSeconds))
        {
            var held = await HeldAsync(row.JobId, cancellationToken);
            found.AddRange(rules.Where(r => r.Measure == AlertMeasure.HeldSeconds).Select(r => new AlertFinding(r, held)));
        }

        var reported = rules.Where(r => r.Measure != AlertMeasure.HeldSeconds).ToList();
        if (reported.Count > 0 && IsDue(row, reported))
        {
            var begun = Stopwatch.GetTimestamp();
            if (await jobs.FindAsync(JobId.From(row.JobId), cancellationToken) is { } job)
                found.AddRange(await ReportAsync(job, reported, cancellationToken));
            _seen[row.JobId] = new(row.Rules, (row.Decided, row.Answers, row.Moves), time.GetUtcNow(), Stopwatch.GetElapsedTime(begun) * Rest);
        }

        if (found.Count > 0)
            await grains.GetGrain<IAlertsGrain>(AlertEvent.StreamOf(JobId.From(row.JobId))).ObserveAsync(found);
    }

    private bool IsDue(RulesRow row, List<AlertRule> rules)
    {
        if (!_seen.TryGetValue(row.JobId, out var seen) || seen.Rules != row.Rules)
            return true;
        var age = time.GetUtcNow() - seen.At;
        return age >= seen.Rest && (seen.Counts != (row.Decided, row.Answers, row.Moves) || (age >= QuietInterval && rules.Exists(r => r.Period is not null)));
    }

    /// <summary>One report for all rules that look at the same cases.</summary>
    private async Task<List<AlertFinding>> ReportAsync(Job job, List<AlertRule> rules, CancellationToken cancellationToken)
    {
        var found = new List<AlertFinding>();
        foreach (var group in rules.GroupBy(r => (r.Period, r.By, r.Favourable)))
        {
            var (period, by, favourable) = group.Key;
            var made = await report.MakeAsync(job, new(period is { } back ? time.GetUtcNow() - back : null, null, By: by, Favourable: favourable), cancellationToken);
            found.AddRange(group.Select(r => new AlertFinding(r, Of(made, r.Measure))).Where(f => double.IsFinite(f.Found.Value)));
        }

        return found;
    }

    private static Measurement Of(OversightView made, AlertMeasure measure)
    {
        switch (measure)
        {
            case AlertMeasure.AuditAccuracy:
                return Of(made.AcceptedAccuracy, 1);
            case AlertMeasure.SelfConsistency:
                return Of(made.SelfConsistency.Share, 1);
            case AlertMeasure.Drift when made.Drift.Count > 1:
                return Of(made.Drift[^1].Change, -1); // a fall counts as more
            case AlertMeasure.Shift when made.Drift.Count > 1:
                return Plain(made.Drift[^1].StabilityIndex, made.Drift[^1].Agreement.Count);
            case AlertMeasure.CalibrationError when made.Calibration.ExpectedError is { } error:
                return Plain(error, made.Calibration.Count);
            case AlertMeasure.ParityGap:
                var worst = made.Parity.Where(p => p.By == "hybrid" && p.Difference.Value is not null).MaxBy(p => Math.Abs(p.Difference.Value!.Value));
                return worst is null ? default(Measurement) with { Value = double.NaN } : Of(worst.Difference, Math.Sign(worst.Difference.Value!.Value)) with { Count = worst.Rate.Count };
            default:
                return default(Measurement) with { Value = double.NaN };
        }
    }

    private static Measurement Of(EstimateView e, int sign)
    {
        if (e.Value is not { } value)
            return new(double.NaN, 0, 0, e.Count);
        var (low, high) = (sign * (e.Low ?? value), sign * (e.High ?? value));
        return new(sign * value, Math.Min(low, high), Math.Max(low, high), e.Count);
    }

    private static Measurement Plain(double value, int count) => new(value, value, value, count);

    /// <summary>How long the oldest decision has been waiting for people.</summary>
    private async Task<Measurement> HeldAsync(string job, CancellationToken cancellationToken)
    {
        var held = await reads.FirstAsync<HeldRow>(
            "select count(*) as number, min(requested_at) as oldest from decisions where job_id = @job and status in ('held', 'escalated')", new { job }, cancellationToken);
        var seconds = held?.Oldest is { } oldest ? Math.Max(0, (time.GetUtcNow() - Instants.FromMicroseconds(oldest)).TotalSeconds) : 0;
        return Plain(seconds, (int)(held?.Number ?? 0));
    }

    [LoggerMessage(5101, LogLevel.Warning, "The alerts of {Job} could not be seen to; tried again with the next round.")]
    private partial void LogFailed(Exception exception, string job);

    private sealed record Seen(string Rules, (long Decided, long Answers, long Moves) Counts, DateTimeOffset At, TimeSpan Rest);

    private sealed class RulesRow
    {
        public string JobId { get; set; } = "";

        public string Rules { get; set; } = "";

        public long Decided { get; set; }

        public long Answers { get; set; }

        public long Moves { get; set; }
    }

    private sealed class HeldRow
    {
        public long Number { get; set; }

        public long? Oldest { get; set; }
    }
}
