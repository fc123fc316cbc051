using System.Globalization;
using System.Text.Json;
using Crowd.Api.Access;
using Crowd.Api.Hosting;
using Crowd.Api.Jobs;
using Crowd.Consensus.Answers;
using Crowd.Consensus.Planning;
using Crowd.Consensus.Stopping;
using Crowd.Domain;

namespace Crowd.Api.Statistics;

/// <summary>Works out forecasts.</summary>
internal static class Forecasts
{
    /// <summary>Decided tasks from which a pilot is believed.</summary>
    public const int LeastPilotTasks = 20;

    /// <summary>Answers of the pilot that are looked at.</summary>
    private const int MostPilotAnswers = 5_000;

    /// <summary>Cells of confusion matrices that a plan may take; beyond, the pilot's own counts are used.</summary>
    private const long MostCells = 4_000_000;

    private const double Normal95 = 1.96;

    public static async Task<Forecast> OfAsync(Job job, int? tasks, Reads reads, CancellationToken cancellationToken)
    {
        var count = tasks ?? job.Tasks;
        if (count is < 0 or > JobDecider.TaskLimit)
            throw Refusals.Invalid($"tasks: give 0 to {JobDecider.TaskLimit}.");
        var spec = job.Specification;
        var pilot = await PilotAsync(job, reads, cancellationToken);
        var (perTask, cost, accuracy) = pilot.Tasks >= LeastPilotTasks
            ? FromPilot(spec, count, pilot, await AnswersAsync(job, reads, cancellationToken))
            : Assumed(spec);
        var withGold = job.GoldTasks > 0 ? 1 / (1 - spec.Policies.Gold.Share) : 1;
        return new(
            pilot.Tasks >= LeastPilotTasks ? ForecastBasis.Pilot : ForecastBasis.Assumed, count, pilot.Tasks >= LeastPilotTasks ? pilot.Tasks : 0,
            perTask, perTask.Times(count * withGold), cost.Times(count * withGold * spec.CostOfAnswerMicros), spec.CostOfTasksMicros(count), accuracy);
    }

    /// <summary>Answers a task, paid answers a task, accuracy: for crowds of three makes, or from the policies alone.</summary>
    internal static (Estimate PerTask, Estimate Paid, Estimate? Accuracy) Assumed(JobSpec spec)
    {
        var redundancy = spec.Policies.Redundancy;
        if (Encode.Categories(spec.Schema) is not { } categories)
        {
            var flat = new Estimate(redundancy.MinAnswers, (redundancy.MinAnswers + redundancy.MaxAnswers) / 2.0, redundancy.MaxAnswers);
            return (flat, flat, null);
        }

        double[] skills = [0.95, 0.8, 0.65];
        var points = Array.ConvertAll(skills, s => new RedundancyPlanner(AssumedCrowd.Answers(s, categories)).ForThreshold(Rule(redundancy), 1, 1));
        var answers = Array.ConvertAll(points, p => Math.Clamp(p.Answers, redundancy.MinAnswers, redundancy.MaxAnswers));
        var paid = Array.ConvertAll(skills, s => spec.Policies.PayFor == PayFor.Agreeing ? s : 1).Zip(answers, (share, a) => share * a).ToArray();
        return (Spread(answers), Spread(paid), new(points[2].Accuracy, points[1].Accuracy, points[0].Accuracy));
    }

    private static (Estimate PerTask, Estimate Paid, Estimate? Accuracy) FromPilot(JobSpec spec, int tasks, Pilot pilot, CategoryAnswers? answers)
    {
        var redundancy = spec.Policies.Redundancy;
        var point = answers is null ? default(PlanPoint?) : new RedundancyPlanner(answers).ForThreshold(Rule(redundancy), 1, 1);
        var expected = point?.Answers ?? pilot.Mean;

        // The mean over as many tasks again varies by what the pilot does not know of it, and by chance.
        var error = Normal95 * pilot.Deviation * Math.Sqrt((1.0 / pilot.Tasks) + (1.0 / Math.Max(1, tasks)));
        var perTask = new Estimate(expected - error, expected, expected + error).Within(redundancy.MinAnswers, redundancy.MaxAnswers);
        var share = spec.Policies.PayFor == PayFor.Agreeing ? pilot.AgreeingShare : 1;
        return (perTask, perTask.Times(share), point is { } p ? new(p.Low, p.Accuracy, p.High) : null);
    }

    private static Estimate Spread(double[] values) => new(values.Min(), values[1], values.Max());

    private static StoppingRule Rule(Redundancy redundancy) => new(redundancy.MinAnswers, redundancy.MaxAnswers, redundancy.TargetConfidence);

    private static async Task<Pilot> PilotAsync(Job job, Reads reads, CancellationToken cancellationToken)
    {
        var rows = await reads.ListAsync<CountRow>(
            "select bucket, count from job_tallies where job_id = @job and kind = 'answers' and bucket > '000' order by bucket limit 200", new { job = job.JobId }, cancellationToken);
        var votes = await reads.FirstAsync<VoteRow>("select sum(judged) as judged, sum(agreed) as agreed from job_minutes where job_id = @job", new { job = job.JobId }, cancellationToken);
        var counts = rows.Select(r => (Answers: int.Parse(r.Bucket, CultureInfo.InvariantCulture), Tasks: r.Count)).ToArray();
        var tasks = counts.Sum(c => c.Tasks);
        var mean = tasks == 0 ? 0 : counts.Sum(c => c.Answers * (double)c.Tasks) / tasks;
        var variance = tasks < 2 ? 0 : counts.Sum(c => c.Tasks * (c.Answers - mean) * (c.Answers - mean)) / (tasks - 1);
        return new((int)tasks, mean, Math.Sqrt(variance), votes?.Judged is > 0 ? (votes.Agreed ?? 0) / votes.Judged.Value : 1);
    }

    /// <summary>The first answers to tasks that are decided; null where the planner does not fit: no finite set of labels, or too many of them.</summary>
    private static async Task<CategoryAnswers?> AnswersAsync(Job job, Reads reads, CancellationToken cancellationToken)
    {
        var schema = job.Specification.Schema;
        if (Encode.Categories(schema) is not { } categories)
            return null;
        var rows = await reads.ListAsync<AnswerRow>(
            "select task_id, worker_id, answer from assignments where job_id = @job and agrees is not null and gold_right is null order by task_id, ordinal limit @limit",
            new { job = job.JobId, limit = MostPilotAnswers }, cancellationToken);
        var tasks = rows.Select(r => r.TaskId).Distinct(StringComparer.Ordinal).Select((id, i) => (id, i)).ToDictionary(p => p.id, p => p.i, StringComparer.Ordinal);
        var workers = rows.Select(r => r.WorkerId).Distinct(StringComparer.Ordinal).Select((id, i) => (id, i)).ToDictionary(p => p.id, p => p.i, StringComparer.Ordinal);
        if (rows.Count == 0 || (long)workers.Count * categories * categories > MostCells)
            return null;
        return CategoryAnswers.From(
            [.. rows.Select(r => tasks[r.TaskId])], [.. rows.Select(r => workers[r.WorkerId])],
            [.. rows.Select(r => Encode.Category(schema, JsonSerializer.Deserialize(r.Answer, DomainJson.Default.Answer)!))], tasks.Count, workers.Count, categories);
    }

    /// <summary>What the decided tasks took.</summary>
    private sealed record Pilot(int Tasks, double Mean, double Deviation, double AgreeingShare);

    private sealed class CountRow
    {
        public string Bucket { get; set; } = "";

        public long Count { get; set; }
    }

    private sealed class VoteRow
    {
        public double? Judged { get; set; }

        public double? Agreed { get; set; }
    }

    private sealed class AnswerRow
    {
        public string TaskId { get; set; } = "";

        public string WorkerId { get; set; } = "";

        public string Answer { get; set; } = "";
    }
}
