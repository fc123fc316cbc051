using Crowd.Api.Access;
using Crowd.Api.Jobs;
using Crowd.Consensus.Oversight;
using Crowd.Domain;
using Crowd.Journal;

namespace Crowd.Api.Loop;

/// <summary>What a report is asked for.</summary>
/// <param name="From">Begin of the period, by when labels were settled; null for none.</param>
/// <param name="Until">End, exclusive; null for none.</param>
/// <param name="Level">Of intervals, above 0.5 and below 1.</param>
/// <param name="By">Path to the attribute by which groups are told, as <c>metadata.group</c>; null for no parity.</param>
/// <param name="Favourable">The favourable label; needed with <paramref name="By"/>.</param>
/// <param name="CriticalMicros">Cost from which an error is critical; null for the greatest of the policy.</param>
/// <param name="Model">Whose predictions count; null for the policy's model, or else the newest.</param>
public sealed record OversightRequest(
    DateTimeOffset? From, DateTimeOffset? Until, double Level = Estimate.DefaultLevel, string? By = null, string? Favourable = null, long? CriticalMicros = null, string? Model = null);

/// <summary>Makes the report of a job.</summary>
public sealed class OversightReport(OversightReads reads)
{
    /// <summary>Spans of time that drift is told by.</summary>
    private const int Spans = 4;

    /// <summary>Workers who are listed: those with the most answers.</summary>
    private const int MostWorkers = 100;

    /// <summary>Groups that are listed: the largest.</summary>
    private const int MostGroups = 50;

    /// <summary>The report for somebody who may read the job.</summary>
    public async Task<OversightView> MakeAsync(Job job, OversightRequest request, CancellationToken cancellationToken)
    {
        var spec = job.Specification;
        Check(spec, request);
        var data = await reads.ReadAsync(
            job.Id, request.From, request.Until, request.Model ?? spec.Loop?.Model, request.By is not null && FieldPath.Parse(request.By) is { InMetadata: false }, cancellationToken);
        return Of(spec, data, request);
    }

    /// <summary>The report of what was read.</summary>
    internal static OversightView Of(JobSpec spec, OversightData data, OversightRequest request)
    {
        var (categories, by, favourable) = Check(spec, request);
        var builder = new OversightCases(data, spec.Schema, by, spec.Loop is { ModelVotes: true });
        var cases = builder.All();
        var report = HybridReport.Of(cases.Select(c => c.Case), CostsOf(spec, categories, request.CriticalMicros), request.Level, builder.ConfidenceError);
        return new(
            request.Level, request.From, request.Until, report.Cases, report.Accepted, report.Audited,
            EstimateView.Of(report.Automated), EstimateView.Of(report.AcceptedAccuracy), EstimateView.Of(report.MachineAccuracy), EstimateView.Of(report.PersonAccuracy),
            EstimateView.Of(report.PeopleAccuracy), EstimateView.Of(report.HybridAccuracy), EstimateView.Of(report.Gain), EstimateView.Of(report.MachineCritical),
            EstimateView.Of(report.PeopleCritical), EstimateView.Of(report.HybridCritical), EstimateView.Of(report.MachineErrorCost), EstimateView.Of(report.PeopleErrorCost),
            EstimateView.Of(report.HybridErrorCost), report.Cost, EstimateView.Of(report.Saved),
            TimesView.Of(cases.Where(c => c.Case is { Accepted: true, Reference: < 0 }).Select(c => c.Case.Seconds)),
            TimesView.Of(cases.Where(c => c.Case.Reference >= 0).Select(c => c.Case.Seconds)),
            CalibrationView.Of(report.Calibration),
            DriftOf(cases, categories, request.Level),
            by is null ? [] : ParityOf(cases, favourable, request.Level),
            WorkersOf(data, builder.Settled(), spec.Schema, request.Level),
            SelfConsistencyView.Of(Consistency.Of(PairsOf(data.Repeats, spec.Schema), request.Level)),
            FatigueView.Of(Fatigue.Of(Timed(data, builder.Settled(), spec.Schema), request.Level)));
    }

    private static (int Categories, FieldPath? By, int Favourable) Check(JobSpec spec, OversightRequest request)
    {
        if (Encode.Categories(spec.Schema) is not { } categories)
            throw Refusals.Invalid("A report needs labels that form a finite set: single choice, rating or pairwise.");
        if (request.Level is not (> 0.5 and < 1))
            throw Refusals.Invalid("level: give more than 0.5 and less than 1, as 0.95.");
        var by = request.By is null ? null : FieldPath.Parse(request.By) ?? throw Refusals.Invalid($"by: {FieldPath.Rule}");
        return (categories, by, by is null ? -1 : Label(spec.Schema, categories, request.Favourable));
    }

    private static List<DriftView> DriftOf(IReadOnlyList<OversightCase> cases, int categories, double level)
    {
        var both = cases.Where(c => c.Case is { Machine: >= 0, Reference: >= 0 }).OrderBy(c => c.At).ToList();
        var found = new List<DriftView>();
        if (both.Count < 2 * Spans)
            return found;
        DriftWindow? first = null;
        foreach (var span in both.Chunk((both.Count + Spans - 1) / Spans))
        {
            var predicted = new double[categories];
            foreach (var c in span)
                predicted[c.Case.Machine]++;
            var window = new DriftWindow(span.Count(c => c.Case.Machine == c.Case.Reference), span.Length, predicted);
            first ??= window;
            var drift = Drift.Between(first, window, level);
            found.Add(new(
                Instants.FromMicroseconds(span[0].At), Instants.FromMicroseconds(span[^1].At), EstimateView.Of(Share.Wilson(window.Agreed, window.Count, level)),
                EstimateView.Of(drift.Change), EstimateView.Finite(drift.Probability), drift.StabilityIndex, drift.Divergence));
        }

        return found;
    }

    private static List<ParityView> ParityOf(IReadOnlyList<OversightCase> cases, int favourable, double level)
    {
        var names = cases.Where(c => c.Group is not null).GroupBy(c => c.Group!, StringComparer.Ordinal).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal)
            .Take(MostGroups).Select(g => g.Key).ToList();
        var found = new List<ParityView>();
        foreach (var (name, label) in new (string, Func<HybridCase, int>)[] { ("machine", c => c.Machine), ("people", c => c.Reference), ("hybrid", c => c.Final) })
        {
            // People saw some of the machine's cases only by chance: each of those stands for more.
            var some = cases.Where(c => c.Group is not null && label(c.Case) >= 0)
                .Select(c => (Group: names.IndexOf(c.Group!), Good: label(c.Case) == favourable, Weight: name == "people" && c.Case.Probability > 0 ? 1 / c.Case.Probability : 1))
                .Where(c => c.Group >= 0).ToList();
            found.AddRange(Parity.Of([.. some.Select(c => c.Group)], [.. some.Select(c => c.Good)], level, [.. some.Select(c => c.Weight)]).Select(g => new ParityView(
                name, names[g.Group], EstimateView.Of(g.Rate), EstimateView.Of(g.Difference), EstimateView.Of(g.Ratio), EstimateView.Finite(g.Probability))));
        }

        return found;
    }

    private static List<ConsistencyView> WorkersOf(OversightData data, IReadOnlyDictionary<string, int> settled, LabelSchema schema, double level)
    {
        var repeats = data.Repeats.ToLookup(r => r.WorkerId, StringComparer.Ordinal);
        return
        [
            .. data.Answers.Where(a => settled.ContainsKey(a.TaskId)).GroupBy(a => a.WorkerId, StringComparer.Ordinal)
                .OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Take(MostWorkers)
                .Select(g => new ConsistencyView(
                    g.Key,
                    EstimateView.Of(Share.Wilson(g.Count(a => OversightCases.Category(schema, a.Answer) == settled[a.TaskId]), g.Count(), level)),
                    TimesView.Of(g.Where(a => a.DurationMs is not null).Select(a => a.DurationMs!.Value / 1e3)).Median,
                    SelfConsistencyView.Of(Consistency.Of(PairsOf(repeats[g.Key], schema), level)))),
        ];
    }

    private static List<(int First, int Second)> PairsOf(IEnumerable<OversightReads.RepeatCase> repeats, LabelSchema schema) =>
        [.. repeats.Select(r => (OversightCases.Category(schema, r.First), OversightCases.Category(schema, r.Answer)))];

    private static IEnumerable<TimedAnswer> Timed(OversightData data, IReadOnlyDictionary<string, int> settled, LabelSchema schema)
    {
        var workers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var answer in data.Answers.Where(a => a.DurationMs is > 0))
        {
            if (!workers.TryGetValue(answer.WorkerId, out var worker))
                workers[answer.WorkerId] = worker = workers.Count;
            bool? right = settled.TryGetValue(answer.TaskId, out var label) ? OversightCases.Category(schema, answer.Answer) == label : null;
            yield return new(worker, answer.SubmittedAt / 1e6, answer.DurationMs!.Value / 1e3, right);
        }
    }

    private static ErrorCosts CostsOf(JobSpec spec, int categories, long? criticalMicros)
    {
        if (spec.Loop is not { Costs.Count: > 0 } loop)
            return ErrorCosts.Equal(categories);
        var names = Prediction.ClassNames(spec.Schema).ToList();
        var costs = new double[categories * categories];
        foreach (var (truth, given, micros) in loop.Costs)
            costs[(names.IndexOf(truth) * categories) + names.IndexOf(given)] = micros;
        return new(categories, costs, Math.Max(1, criticalMicros ?? costs.Max()));
    }

    private static int Label(LabelSchema schema, int categories, string? name)
    {
        var names = Prediction.ClassNames(schema).ToList();
        return name is not null && names.IndexOf(name) is >= 0 and var at && at < categories
            ? at
            : throw Refusals.Invalid($"favourable: give the favourable label, one of {string.Join(", ", names)}.");
    }
}
