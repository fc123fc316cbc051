using Crowd.Consensus.Numerics;

namespace Crowd.Consensus.Oversight;

/// <summary>
/// What machine and people together came to, against either alone. The measure is the label that people settled on. Cases that the machine decided alone are
/// known by the sample of them that people looked at (<see cref="AuditSample"/>); labels of people are right as often as they say they are, and what is measured
/// against them is corrected for that (Rogan and Gladen 1978).
/// </summary>
public sealed record HybridReport
{
    /// <summary>Cases with a label.</summary>
    public required int Cases { get; init; }

    /// <summary>Of them, those that the machine decided.</summary>
    public required int Accepted { get; init; }

    /// <summary>Of those, how many people looked at.</summary>
    public required int Audited { get; init; }

    /// <summary>Share of cases that no person worked on, with Wilson's interval.</summary>
    public required Estimate Automated { get; init; }

    /// <summary>Accuracy of what the machine decided.</summary>
    public required Estimate AcceptedAccuracy { get; init; }

    /// <summary>Accuracy of the machine had it decided all.</summary>
    public required Estimate MachineAccuracy { get; init; }

    /// <summary>Accuracy of single answers of people, on cases with a settled label, of which they are a part.</summary>
    public required Estimate PersonAccuracy { get; init; }

    /// <summary>Accuracy of what people settle on, had they decided all.</summary>
    public required Estimate PeopleAccuracy { get; init; }

    /// <summary>Share of cases with a critical error had people decided all.</summary>
    public required Estimate PeopleCritical { get; init; }

    /// <summary>What errors cost in all had people decided all.</summary>
    public required Estimate PeopleErrorCost { get; init; }

    /// <summary>Accuracy of what was given out.</summary>
    public required Estimate HybridAccuracy { get; init; }

    /// <summary>How much more often what was given out is right than the machine alone.</summary>
    public required Estimate Gain { get; init; }

    /// <summary>Share of cases with a critical error had the machine decided all.</summary>
    public required Estimate MachineCritical { get; init; }

    /// <summary>Share of cases with a critical error as given out.</summary>
    public required Estimate HybridCritical { get; init; }

    /// <summary>What errors cost in all had the machine decided all.</summary>
    public required Estimate MachineErrorCost { get; init; }

    /// <summary>What errors cost in all as given out.</summary>
    public required Estimate HybridErrorCost { get; init; }

    /// <summary>What people cost.</summary>
    public required double Cost { get; init; }

    /// <summary>What people would have cost had they decided all, less what they cost.</summary>
    public required Estimate Saved { get; init; }

    /// <summary>Whether the machine's confidence means what it says.</summary>
    public required CalibrationDiagram Calibration { get; init; }

    /// <summary>The report of cases; those without a label are passed over.</summary>
    /// <param name="costs">What errors cost.</param>
    /// <param name="level">Of all intervals.</param>
    /// <param name="confidenceError">Standard error of the number of wrong labels that the confidences make expect, as a part of it; 0 where confidences are certain.</param>
    public static HybridReport Of(IEnumerable<HybridCase> cases, ErrorCosts costs, double level = Estimate.DefaultLevel, double confidenceError = 0)
    {
        Estimate.CheckLevel(level);
        var all = cases.Where(c => c.Final >= 0).ToList();
        var accepted = all.Where(c => c.Accepted).ToList();
        var audited = accepted.Where(Looked).ToList();
        var predicted = all.Where(c => c.Machine >= 0).ToList();
        var seen = predicted.Where(Looked).ToList();
        var answered = all.Where(c => Looked(c) && !double.IsNaN(c.AnswersRight)).ToList();
        var world = new World(all, accepted, audited, costs.Labels, level, confidenceError);
        double Critical(int truth, int given) => costs.IsCritical(truth, given) ? 1 : 0;
        return new HybridReport
        {
            Cases = all.Count,
            Accepted = accepted.Count,
            Audited = audited.Count,
            Automated = Share.Wilson(accepted.Count - audited.Count, all.Count, level),
            AcceptedAccuracy = world.OfMachine(audited, accepted, Right),
            MachineAccuracy = world.OfMachine(seen, predicted, Right),
            PersonAccuracy = AuditSample.Mean([.. answered.Select(c => new Audited(c.AnswersRight, c.Probability))], null, level),
            PeopleAccuracy = world.OfPeople(Right),
            PeopleCritical = world.OfPeople(Critical),
            PeopleErrorCost = Times(world.OfPeople(costs.Part), costs.Most * all.Count),
            HybridAccuracy = world.GivenOut(Right),
            Gain = world.Gain(),
            MachineCritical = world.OfMachine(seen, predicted, Critical),
            HybridCritical = world.GivenOut(Critical),
            MachineErrorCost = Times(world.OfMachine(seen, predicted, costs.Part), costs.Most * predicted.Count),
            HybridErrorCost = Times(world.GivenOut(costs.Part), costs.Most * all.Count),
            Cost = all.Sum(c => c.Cost),
            Saved = Savings(all, accepted, audited, level),
            Calibration = CalibrationDiagram.Of(
                [.. seen.Where(c => !double.IsNaN(c.Confidence)).Select(c => (c.Confidence, c.Machine == c.Reference, c.Probability))], level: level),
        };
    }

    private static bool Looked(HybridCase c) => c.Reference >= 0 && c.Probability > 0;

    private static double Right(int truth, int given) => truth == given ? 1 : 0;

    /// <summary>
    /// The mean cost of the machine's cases that people looked at, times those that they did not: Student's interval of a mean, widened for the cases not seen. Costs
    /// are few different numbers of answers, often all alike in a small sample, which is not taken for certain: the least and the greatest cost of any case are added to
    /// the variance, once each.
    /// </summary>
    private static Estimate Savings(List<HybridCase> all, List<HybridCase> accepted, List<HybridCase> audited, double level)
    {
        var unseen = accepted.Count - audited.Count;
        if (unseen == 0) return new Estimate(0, 0, 0, audited.Count);
        if (audited.Count < 2) return new Estimate(double.NaN, 0, double.PositiveInfinity, audited.Count);

        var mean = audited.Average(c => c.Cost);
        var costs = all.Where(c => Looked(c) && c.Cost > 0).Select(c => c.Cost).DefaultIfEmpty(mean).ToList();
        var squares = audited.Sum(c => Math.Pow(c.Cost - mean, 2)) + Math.Pow(costs.Min() - mean, 2) + Math.Pow(costs.Max() - mean, 2);
        var half = Student.Quantile((1 + level) / 2, audited.Count - 1) * Math.Sqrt(squares / (audited.Count - 1) * ((1.0 / audited.Count) + (1.0 / unseen)));
        return new Estimate(unseen * mean, unseen * Math.Max(0, mean - half), unseen * (mean + half), audited.Count);
    }

    private static Estimate Times(Estimate estimate, double factor) =>
        estimate with { Value = estimate.Value * factor, Low = estimate.Low * factor, High = estimate.High * factor };

    /// <summary>
    /// Means over cases of a value that hangs on truth and label, 0 to 1, where the truth is only known as a label that is right with some probability and else
    /// any other alike. Intervals are widened by how far the number of its errors may stray.
    /// </summary>
    private sealed class World(List<HybridCase> all, List<HybridCase> accepted, List<HybridCase> audited, int labels, double level, double confidenceError)
    {
        /// <summary>Below this lead of right labels over wrong ones nothing can be corrected.</summary>
        private const double LeastLead = 0.2;

        private readonly double _z = Normal.Quantile((1 + level) / 2);

        /// <summary>
        /// The mean for the machine's labels: that against the settled labels, x, is corrected to (x − e Σ over truths of the value) / (a − e), with a the settled
        /// labels' accuracy and e = (1 − a) / (labels − 1); for accuracy this is Rogan's and Gladen's formula.
        /// </summary>
        public Estimate OfMachine(List<HybridCase> seen, List<HybridCase> population, Func<int, int, double> value)
        {
            var raw = AuditSample.Mean([.. seen.Select(c => new Audited(value(c.Reference, c.Machine), c.Probability))], population.Count, level);
            if (seen.Count == 0) return raw;

            var weight = seen.Sum(c => 1 / c.Probability);
            var right = seen.Sum(c => c.ReferenceConfidence / c.Probability) / weight;
            var wrong = (1 - right) / Math.Max(1, labels - 1);
            if (right - wrong < LeastLead) return raw;

            var byChance = wrong * population.Average(c => Enumerable.Range(0, labels).Sum(t => value(t, c.Machine)));
            var stray = Stray(seen, weighted: true) / weight / (right - wrong);
            return Widened(Corrected(raw.Value), Corrected(raw.Low), Corrected(raw.High), stray, raw.Count);

            double Corrected(double x) => (x - byChance) / (right - wrong);
        }

        /// <summary>
        /// The mean for the labels that were given out: by the accuracy of people's labels where those were given out, by the sample where the machine's were; what
        /// the machine said of cases that people overruled is taken out again.
        /// </summary>
        public Estimate GivenOut(Func<int, int, double> value)
        {
            if (all.Count == 0) return new Estimate(double.NaN, 0, 1, 0);

            var machine = accepted.Count > 0 ? OfMachine(audited, accepted, value) : new Estimate(0, 0, 0, 0);
            var decided = all.Where(c => !c.Accepted && Looked(c)).ToList();
            var mended = Overruled();
            var known = (decided.Count * Settled(decided, value)) + (mended.Count * (Settled(mended, value) - OfSeen(mended, value)));
            var stray = Stray(decided) / all.Count;
            return Widened(Of(machine.Value), Of(machine.Low), Of(machine.High), stray, all.Count);

            double Of(double share) => (known + (accepted.Count * share)) / all.Count;
        }

        /// <summary>How much more often the labels given out are right than the machine's: they differ only where people's were given out.</summary>
        public Estimate Gain()
        {
            if (all.Count == 0) return new Estimate(double.NaN, -1, 1, 0);

            var people = all.Where(c => !c.Accepted && Looked(c) && c.Machine >= 0).Concat(Overruled()).ToList();
            var value = people.Count * (Settled(people, Right) - OfSeen(people, Right)) / all.Count;

            // Both how many labels of people are right and how often the machine agrees with wrong ones stray.
            var half = 2 * Stray(people) / all.Count;
            return new Estimate(value, Math.Max(-1, value - half), Math.Min(1, value + half), all.Count);
        }

        /// <summary>Cases that the rules gave to the machine and that people's label was given out for all the same.</summary>
        private List<HybridCase> Overruled() => audited.Exists(c => c.Final != c.Machine) ? audited.FindAll(c => c.Final == c.Reference) : [];

        /// <summary>The mean for the machine's labels on just these cases.</summary>
        private double OfSeen(List<HybridCase> cases, Func<int, int, double> value)
        {
            var certain = cases.ConvertAll(c => c with { Probability = 1 });
            return cases.Count == 0 ? 0 : OfMachine(certain, certain, value).Value;
        }

        /// <summary>
        /// The mean for people's labels, had they decided all: each case that they looked at stands for the inverse of its chance. It strays with how sure their labels
        /// are and with which of the machine's cases they happened to look at.
        /// </summary>
        public Estimate OfPeople(Func<int, int, double> value)
        {
            var looked = all.Where(Looked).ToList();
            if (looked.Count == 0) return new Estimate(double.NaN, 0, 1, 0);

            var weight = looked.Sum(c => 1 / c.Probability);
            var mean = Settled(looked, value, weighted: true);
            var right = looked.Sum(c => c.ReferenceConfidence / c.Probability) / weight;
            var sampled = looked.Sum(c => (1 - c.Probability) * Square((c.ReferenceConfidence - right) / c.Probability));
            var half = Math.Sqrt((_z * _z * sampled) + Square(Stray(looked, weighted: true))) / weight;
            return new Estimate(mean, Math.Max(0, mean - half), Math.Min(1, mean + half), looked.Count);
        }

        /// <summary>The mean for people's own labels: the shares of the truths are those of the labels, corrected; each is taken for itself or for any other.</summary>
        private double Settled(List<HybridCase> cases, Func<int, int, double> value, bool weighted = false)
        {
            if (cases.Count == 0) return 0;

            double Weight(HybridCase c) => weighted ? 1 / c.Probability : 1;
            var weight = cases.Sum(Weight);
            var right = cases.Sum(c => Weight(c) * c.ReferenceConfidence) / weight;
            var wrong = (1 - right) / Math.Max(1, labels - 1);
            var sum = 0.0;
            for (var truth = 0; truth < labels; truth++)
            {
                var said = cases.Where(c => c.Reference == truth).Sum(Weight) / weight;
                var share = right - wrong < LeastLead ? said : Math.Max(0, (said - wrong) / (right - wrong));
                for (var given = 0; given < labels; given++) sum += share * (given == truth ? right : wrong) * value(truth, given);
            }

            return sum;
        }

        /// <summary>
        /// How far the number of wrong settled labels may be from what their confidences say: by chance, with the quantile of Poisson's law, since a normal one is too near
        /// where few are wrong; and because the confidences are estimates. With weights, a label stands for as many as the inverse of its chance.
        /// </summary>
        private double Stray(List<HybridCase> cases, bool weighted = false)
        {
            double sum = 0, squares = 0;
            foreach (var c in cases)
            {
                var weight = weighted ? 1 / c.Probability : 1;
                sum += weight * Doubt(c);
                squares += weight * weight * Doubt(c);
            }

            if (sum <= 0) return 0;

            var (scale, mean) = (squares / sum, sum * sum / squares);
            var chance = scale * Math.Max(Poisson.Quantile((1 + level) / 2, mean) - mean, _z * Math.Sqrt(mean));
            return Math.Sqrt(Square(chance) + Square(_z * confidenceError * sum));
        }

        private static Estimate Widened(double value, double low, double high, double stray, int count) => new(
            Math.Clamp(value, 0, 1),
            Math.Clamp(value - Math.Sqrt(Square(value - low) + Square(stray)), 0, 1),
            Math.Clamp(value + Math.Sqrt(Square(high - value) + Square(stray)), 0, 1),
            count);

        /// <summary>The variance of whether the settled label is right.</summary>
        private static double Doubt(HybridCase c) => c.ReferenceConfidence * (1 - c.ReferenceConfidence);

        private static double Square(double x) => x * x;
    }
}
