using Crowd.Api.Access;
using Crowd.Api.Jobs;
using Crowd.Api.Loop;
using Crowd.Consensus.Oversight;
using Crowd.Consensus.Reliability;
using Crowd.Domain;
using Crowd.GraphQL;

namespace Crowd.Api.Workers;

/// <summary>What may be wrong with a worker: evidence to look at, never a verdict.</summary>
/// <param name="Kind">What may be wrong.</param>
/// <param name="Score">How strong the evidence is, 0 to 1.</param>
/// <param name="Evidence">A sentence with the numbers.</param>
/// <param name="Other">The other worker of a pair.</param>
[GraphQLName("Suspicion")]
public sealed record SuspicionView(SuspicionKind Kind, double Score, string Evidence, WorkerId? Other);

/// <summary>Agreement with another worker on a job.</summary>
/// <param name="Worker">The other worker.</param>
/// <param name="TaskCount">Tasks that both answered.</param>
/// <param name="Agreement">Share of these on which they agree, or mean agreement where labels have no finite set.</param>
/// <param name="Kappa">Cohen's kappa; null where it is not defined.</param>
public sealed record WorkerAgreement(WorkerId Worker, int TaskCount, double Agreement, double? Kappa);

/// <summary>What a worker answered where the label was another.</summary>
/// <param name="Labels">The labels, in the order of rows and columns.</param>
/// <param name="Counts">Answers by true label (row) and given label (column).</param>
public sealed record ConfusionMatrix(IReadOnlyList<string> Labels, IReadOnlyList<IReadOnlyList<int>> Counts);

/// <summary>A worker on a job, held against all the job's answers together.</summary>
[GraphQLName("InspectedWorker")]
public sealed record InspectedWorker
{
    public required WorkerId Worker { get; init; }

    public required int AnswerCount { get; init; }

    /// <summary>Estimated share of right answers; null where nothing can be judged.</summary>
    public required double? Accuracy { get; init; }

    /// <summary>Bounds of a 95 % interval of the accuracy.</summary>
    public required double Low { get; init; }

    /// <inheritdoc cref="Low"/>
    public required double High { get; init; }

    /// <summary>Mean seconds from offer to answer.</summary>
    public required double MeanSeconds { get; init; }

    /// <summary>Share of hidden repeats that were answered as before, with its 95 % interval.</summary>
    public required EstimateView SelfConsistency { get; init; }

    /// <summary>The strongest first.</summary>
    public required IReadOnlyList<SuspicionView> Suspicions { get; init; }

    /// <summary>Null for kinds of label without a finite set.</summary>
    public required ConfusionMatrix? Confusion { get; init; }

    /// <summary>Agreement with others, those with the most common tasks first, at most 50.</summary>
    public required IReadOnlyList<WorkerAgreement> Agreements { get; init; }
}

/// <summary>The answers of a job looked at together.</summary>
/// <param name="At">When; it is kept for up to 30 seconds.</param>
/// <param name="AnswerCount">Answers looked at, at most 100,000.</param>
/// <param name="TaskCount">Their tasks.</param>
/// <param name="Workers">Workers with suspicions first, the strongest at the top; then by accuracy, the lowest first. At most 1,000.</param>
[GraphQLName("Inspection")]
public sealed record InspectionView(DateTimeOffset At, int AnswerCount, int TaskCount, IReadOnlyList<InspectedWorker> Workers);

/// <summary>Queries about how workers do on a job.</summary>
public static class InspectionQueries
{
    private const int MostWorkers = 1_000;
    private const int MostAgreements = 50;

    /// <summary>Looks at all answers of a job together: accuracy, confusion, agreement, evidence of spam and collusion. For quality managers.</summary>
    [Cost(50)]
    public static async Task<InspectionView> GetInspectionAsync(JobId job, Caller caller, JobReads jobs, Inspections inspections, CancellationToken cancellationToken)
    {
        caller.RequireQualityManager();
        var found = await inspections.OfAsync(await jobs.ForReaderAsync(job, caller, cancellationToken), cancellationToken);
        var workers = Enumerable.Range(0, found.Workers.Length).Select(w => ViewOf(found, w))
            .OrderByDescending(w => w.Suspicions.Count == 0 ? 0 : w.Suspicions[0].Score).ThenBy(w => w.Accuracy ?? 2).Take(MostWorkers);
        return new(found.At, found.Answers, found.Tasks, [.. workers]);
    }

    /// <summary>One worker on a job, held against all its answers; null when the worker gave none that was looked at. For quality managers.</summary>
    [Cost(50)]
    public static async Task<InspectedWorker?> GetInspectedWorkerAsync(
        WorkerId worker, JobId job, Caller caller, JobReads jobs, Inspections inspections, CancellationToken cancellationToken)
    {
        caller.RequireQualityManager();
        var found = await inspections.OfAsync(await jobs.ForReaderAsync(job, caller, cancellationToken), cancellationToken);
        var index = Array.IndexOf(found.Workers, worker.Value);
        return index < 0 ? null : ViewOf(found, index);
    }

    private static InspectedWorker ViewOf(Inspection found, int w)
    {
        var estimate = found.Estimates[w];
        var labels = found.Labels.Length;
        return new()
        {
            Worker = WorkerId.From(found.Workers[w]),
            AnswerCount = found.Counts[w],
            Accuracy = double.IsNaN(estimate.Accuracy) ? null : estimate.Accuracy,
            Low = estimate.Low,
            High = estimate.High,
            MeanSeconds = found.Seconds[w],
            SelfConsistency = SelfConsistency(found.Repeats.GetValueOrDefault(found.Workers[w])),
            Suspicions =
            [
                .. found.Suspicions.Where(s => s.Worker == w).Select(s => Of(found, s, s.Other))
                    .Concat(found.Suspicions.Where(s => s.Other == w).Select(s => Of(found, s, s.Worker))).OrderByDescending(s => s.Score),
            ],
            Confusion = labels == 0 ? null : new(found.Labels, [.. Enumerable.Range(0, labels).Select(k => found.Confusion[((((w * labels) + k) * labels))..][..labels])]),
            Agreements =
            [
                .. found.Pairs.Where(p => p.First == w || p.Second == w).OrderByDescending(p => p.Tasks).Take(MostAgreements)
                    .Select(p => new WorkerAgreement(WorkerId.From(found.Workers[p.First == w ? p.Second : p.First]), p.Tasks, p.Agreement, p.Kappa)),
            ],
        };
    }

    private static EstimateView SelfConsistency((int Alike, int Count) repeats) => EstimateView.Of(Share.Wilson(repeats.Alike, repeats.Count));

    /// <summary>The suspicion as one of the two sees it: the evidence names the other.</summary>
    private static SuspicionView Of(Inspection found, Suspicion s, int other) => other < 0
        ? new(s.Kind, s.Score, s.Evidence, null)
        : new(s.Kind, s.Score, s.Evidence.Replace(found.Workers[s.Other], found.Workers[other], StringComparison.Ordinal), WorkerId.From(found.Workers[other]));
}
