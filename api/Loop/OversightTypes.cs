using Crowd.Consensus.Oversight;
using Crowd.GraphQL;

namespace Crowd.Api.Loop;

/// <summary>A measured value with its interval at the report's level; null where there is nothing to measure it by.</summary>
/// <param name="Value">The value.</param>
/// <param name="Low">Lower bound.</param>
/// <param name="High">Upper bound.</param>
/// <param name="Count">Observations behind it.</param>
[GraphQLName("OversightEstimate")]
public sealed record EstimateView(double? Value, double? Low, double? High, int Count)
{
    internal static EstimateView Of(Estimate e) => e.IsMeasured ? new(e.Value, Finite(e.Low), Finite(e.High), e.Count) : new(null, null, null, e.Count);

    internal static double? Finite(double value) => double.IsFinite(value) ? value : null;
}

/// <summary>How machine and people did together and alone on a job, and whether both can be trusted.</summary>
/// <param name="Level">Of all intervals, as 0.95.</param>
/// <param name="From">Begin of the period; null for none.</param>
/// <param name="Until">End of the period, exclusive; null for none.</param>
/// <param name="Cases">Tasks and decisions that got a label in the period.</param>
/// <param name="Accepted">Of them, those that the rules gave to the machine.</param>
/// <param name="Audited">Of those, how many people looked at, drawn by chance.</param>
/// <param name="Automated">Share of cases that no person worked on.</param>
/// <param name="AcceptedAccuracy">Accuracy of what the machine decided, by the audit sample.</param>
/// <param name="MachineAccuracy">Accuracy of the machine had it decided all.</param>
/// <param name="PersonAccuracy">Accuracy of single answers of people, against the label they settled on.</param>
/// <param name="PeopleAccuracy">Accuracy of the labels that people settle on, had they decided all.</param>
/// <param name="HybridAccuracy">Accuracy of what was given out.</param>
/// <param name="Gain">How much more often what was given out is right than the machine alone.</param>
/// <param name="MachineCritical">Share of critical errors had the machine decided all. Every error is critical where the job's policy names no costs.</param>
/// <param name="PeopleCritical">Share of critical errors had people decided all.</param>
/// <param name="HybridCritical">Share of critical errors in what was given out.</param>
/// <param name="MachineErrorCost">What errors would cost had the machine decided all: micros by the job's costs, else their number.</param>
/// <param name="PeopleErrorCost">The same had people decided all, in the same unit.</param>
/// <param name="HybridErrorCost">What errors cost in what was given out, in the same unit.</param>
/// <param name="CostMicros">What people cost, fees included.</param>
/// <param name="SavedMicros">What people would have cost on the cases that none looked at.</param>
/// <param name="MachineTime">From coming in to the label, where the machine decided.</param>
/// <param name="PeopleTime">From coming in to the label, where people did.</param>
/// <param name="Calibration">Whether the machine's confidence means what it says.</param>
/// <param name="Drift">The machine's agreement with people over time.</param>
/// <param name="Parity">Outcomes by group, if a group was asked for.</param>
/// <param name="Workers">How consistent the busiest workers are with the settled labels.</param>
/// <param name="SelfConsistency">How often people answered hidden repeats as they had answered before, all people together.</param>
/// <param name="Fatigue">Whether people get worse or slower within a session.</param>
[GraphQLName("Oversight")]
public sealed record OversightView(
    double Level, DateTimeOffset? From, DateTimeOffset? Until, int Cases, int Accepted, int Audited, EstimateView Automated, EstimateView AcceptedAccuracy,
    EstimateView MachineAccuracy, EstimateView PersonAccuracy, EstimateView PeopleAccuracy, EstimateView HybridAccuracy, EstimateView Gain, EstimateView MachineCritical,
    EstimateView PeopleCritical, EstimateView HybridCritical, EstimateView MachineErrorCost, EstimateView PeopleErrorCost, EstimateView HybridErrorCost, double CostMicros, EstimateView SavedMicros, TimesView MachineTime, TimesView PeopleTime,
    CalibrationView Calibration, IReadOnlyList<DriftView> Drift, IReadOnlyList<ParityView> Parity, IReadOnlyList<ConsistencyView> Workers,
    SelfConsistencyView SelfConsistency, FatigueView Fatigue);

/// <summary>Quantiles of a time in seconds; null where there were none.</summary>
[GraphQLName("TimeQuantiles")]
public sealed record TimesView(int Count, double? Median, double? P90, double? P99)
{
    internal static TimesView Of(IEnumerable<double> seconds)
    {
        double[] sorted = [.. seconds.Where(double.IsFinite).Order()];
        return new(sorted.Length, At(0.5), At(0.9), At(0.99));

        double? At(double part) => EstimateView.Finite(Quantiles.Of(sorted, part));
    }
}

/// <summary>A reliability diagram.</summary>
/// <param name="ExpectedError">Mean distance of the share right from the confidence, 0 to 1.</param>
/// <param name="Brier">Mean squared distance, 0 to 1.</param>
/// <param name="Count">Cases with a confidence that people looked at.</param>
/// <param name="Bins">Of equal width, empty ones left out.</param>
[GraphQLName("Calibration")]
public sealed record CalibrationView(double? ExpectedError, double? Brier, int Count, IReadOnlyList<CalibrationBinView> Bins)
{
    internal static CalibrationView Of(CalibrationDiagram d) => new(
        EstimateView.Finite(d.ExpectedError), EstimateView.Finite(d.Brier), d.Count,
        [.. d.Bins.Where(b => b.Count > 0).Select(b => new CalibrationBinView(b.From, b.Below, b.Count, b.MeanConfidence, EstimateView.Of(b.Right)))]);
}

/// <summary>A bin of a reliability diagram.</summary>
[GraphQLName("CalibrationBin")]
public sealed record CalibrationBinView(double From, double Below, int Count, double MeanConfidence, EstimateView Right);

/// <summary>A span of time with as many cases as the others.</summary>
/// <param name="From">Its first label.</param>
/// <param name="Until">Its last label.</param>
/// <param name="Agreement">Share of the machine's labels that people agreed with.</param>
/// <param name="Change">Against the first span.</param>
/// <param name="Probability">Of a change at least so great by chance.</param>
/// <param name="StabilityIndex">Population stability index of the predicted labels against the first span; above 0.25 is usually called moved.</param>
/// <param name="Divergence">Jensen-Shannon divergence of the predicted labels from the first span's, in bits.</param>
[GraphQLName("DriftSpan")]
public sealed record DriftView(
    DateTimeOffset From, DateTimeOffset Until, EstimateView Agreement, EstimateView Change, double? Probability, double StabilityIndex, double Divergence);

/// <summary>How often a group had the favourable outcome.</summary>
/// <param name="By">Whose outcomes: machine (its predictions on all cases), people (their labels), hybrid (what was given out).</param>
/// <param name="Group">The attribute's value.</param>
/// <param name="Rate">Share of favourable outcomes.</param>
/// <param name="Difference">Less the largest group's.</param>
/// <param name="Ratio">Over the largest group's; below 0.8 is the "four-fifths" mark.</param>
/// <param name="Probability">Of a difference at least so great by chance.</param>
[GraphQLName("GroupParity")]
public sealed record ParityView(string By, string Group, EstimateView Rate, EstimateView Difference, EstimateView Ratio, double? Probability);

/// <summary>How often a worker's answers are those that were settled on, and their own again.</summary>
/// <param name="Agreement">With the settled labels.</param>
/// <param name="Self">On tasks that the worker got again without being told.</param>
[GraphQLName("WorkerConsistency")]
public sealed record ConsistencyView(string Worker, EstimateView Agreement, double? MedianSeconds, SelfConsistencyView Self);

/// <summary>Answers to hidden repeats against the first ones.</summary>
/// <param name="Share">Of the repeats, how many were answered as before, with its interval.</param>
/// <param name="Kappa">Alike beyond what label shares would give by chance (Scott's pi), -1 to 1; null where it is not defined.</param>
[GraphQLName("SelfConsistency")]
public sealed record SelfConsistencyView(EstimateView Share, double? Kappa)
{
    internal static SelfConsistencyView Of(ConsistencyResult c) => new(EstimateView.Of(c.Share), EstimateView.Finite(c.Kappa));
}

/// <summary>The last third of sessions against the first.</summary>
[GraphQLName("Fatigue")]
public sealed record FatigueView(int Sessions, EstimateView Early, EstimateView Late, EstimateView Change, double? Probability, double? TimeRatio)
{
    internal static FatigueView Of(FatigueResult f) => new(
        f.Sessions, EstimateView.Of(f.Early), EstimateView.Of(f.Late), EstimateView.Of(f.Change), EstimateView.Finite(f.Probability), EstimateView.Finite(f.TimeRatio));
}
