using Crowd.Consensus.Categories;

namespace Crowd.Consensus.Pairwise;

/// <summary>Bradley and Terry 1952, and its form with workers who sometimes do not look.</summary>
public static class BradleyTerry
{
    public const string Name = "bradley-terry";
    public const string NoisyName = "noisy-bradley-terry";

    /// <summary>The prior deviation of a strength, in logits; keeps items that never lost finite.</summary>
    public const double PriorDeviation = 2;

    private const int MostRounds = 200;
    private const int LeastAnswersPerWorker = 10;
    private const double Enough = 1e-6;

    /// <summary>A worker looks with this prior share, worth five answers in all.</summary>
    private const double PriorLooked = 4;
    private const double PriorGuessed = 1;

    /// <summary>All workers alike.</summary>
    /// <param name="comparisons">In any order.</param>
    /// <param name="items">Items are 0 to <paramref name="items"/> − 1.</param>
    public static PairwiseResult Run(ReadOnlySpan<Comparison> comparisons, int items, int workers)
    {
        var sorted = Sorted(comparisons);
        var weights = new double[sorted.Length];
        Array.Fill(weights, 1);
        var fit = new StrengthFit(items, PriorDeviation);
        var (steps, objective) = fit.Climb(sorted, weights);
        var reliabilities = new double[workers];
        Array.Fill(reliabilities, 1);
        return Result(Name, fit, sorted, weights, reliabilities, new Fit(steps, objective, Converged: true, [objective], ""));
    }

    /// <summary>
    /// With probability γ a worker compares, otherwise answers left, right or tie by habit. Expectation-maximisation over whether each answer was a comparison.
    /// </summary>
    /// <inheritdoc cref="Run"/>
    public static PairwiseResult RunNoisy(ReadOnlySpan<Comparison> comparisons, int items, int workers)
    {
        var sorted = Sorted(comparisons);
        var looked = new double[sorted.Length];
        var share = new double[workers];
        var habits = new Habit[workers];
        Array.Fill(share, PriorLooked / (PriorLooked + PriorGuessed));
        var tied = sorted.Length == 0 ? 0 : (double)sorted.Count(c => c.IsTie) / sorted.Length;
        Array.Fill(habits, Habit.Of(0, 0, 0, tied));
        Array.Fill(looked, share.Length == 0 ? 1 : share[0]);

        var fit = new StrengthFit(items, PriorDeviation);
        var trace = new List<double>();
        var previous = new double[items];
        var change = 1.0;
        while (trace.Count < MostRounds && change > Enough)
        {
            var (_, objective) = fit.Climb(sorted, looked);
            trace.Add(objective);
            Suspect(sorted, fit, share, habits, looked);
            Judge(sorted, looked, share, habits, tied);
            change = 0;
            for (var k = 0; k < items; k++) change = Math.Max(change, Math.Abs(fit.Scores[k] - previous[k]));
            fit.Scores.CopyTo(previous, 0);
        }

        var summary = new Fit(trace.Count, trace.Count == 0 ? double.NaN : trace[^1], change <= Enough, [.. trace], "");
        return Result(NoisyName, fit, sorted, looked, share, summary);
    }

    /// <summary>The name of the method that the data can bear: workers are modelled from ten answers a worker on.</summary>
    public static string Choose(ReadOnlySpan<Comparison> comparisons, int workers) =>
        comparisons.Length >= LeastAnswersPerWorker * workers ? NoisyName : Name;

    private static Comparison[] Sorted(ReadOnlySpan<Comparison> comparisons)
    {
        var sorted = comparisons.ToArray();
        Array.Sort(sorted, (a, b) => (a.Left, a.Right, a.Worker, a.Outcome).CompareTo((b.Left, b.Right, b.Worker, b.Outcome)));
        return sorted;
    }

    /// <summary>The probability that each answer was a comparison.</summary>
    private static void Suspect(Comparison[] comparisons, StrengthFit fit, double[] share, Habit[] habits, double[] looked)
    {
        for (var i = 0; i < comparisons.Length; i++)
        {
            var c = comparisons[i];
            var compared = share[c.Worker] * fit.Probability(c);
            var guessed = (1 - share[c.Worker]) * habits[c.Worker].Probability(c);
            looked[i] = compared / Math.Max(1e-300, compared + guessed);
        }
    }

    private static void Judge(Comparison[] comparisons, double[] looked, double[] share, Habit[] habits, double tied)
    {
        var counts = new int[share.Length];
        var lookedSums = new double[share.Length];
        var guesses = new (double Left, double Right, double Tie)[share.Length];
        for (var i = 0; i < comparisons.Length; i++)
        {
            var c = comparisons[i];
            counts[c.Worker]++;
            lookedSums[c.Worker] += looked[i];
            ref var guess = ref guesses[c.Worker];
            if (c.IsTie) guess.Tie += 1 - looked[i];
            else if (c.Outcome >= Comparison.LeftWins) guess.Left += 1 - looked[i];
            else guess.Right += 1 - looked[i];
        }

        for (var w = 0; w < share.Length; w++)
        {
            share[w] = (lookedSums[w] + PriorLooked) / (counts[w] + PriorLooked + PriorGuessed);
            habits[w] = Habit.Of(guesses[w].Left, guesses[w].Right, guesses[w].Tie, tied);
        }
    }

    /// <summary>How a worker answers who does not look.</summary>
    private readonly record struct Habit(double Left, double Right, double Tie)
    {
        /// <summary>With one guess for each side, and ties as in the whole job, to begin with.</summary>
        public static Habit Of(double left, double right, double tie, double tied)
        {
            var priorTie = tied < 1 ? 2 * tied / (1 - tied) : 2;
            var total = left + right + tie + 2 + priorTie;
            return new Habit((left + 1) / total, (right + 1) / total, (tie + priorTie) / total);
        }

        public double Probability(in Comparison c) => c.IsTie ? Tie : c.Outcome >= Comparison.LeftWins ? Left : Right;
    }

    private static PairwiseResult Result(string name, StrengthFit fit, Comparison[] comparisons, double[] weights, double[] reliabilities, Fit summary)
    {
        var errors = fit.Errors(comparisons, weights);
        var seen = new bool[reliabilities.Length];
        foreach (var c in comparisons) seen[c.Worker] = true;
        for (var w = 0; w < seen.Length; w++) reliabilities[w] = seen[w] ? reliabilities[w] : double.NaN;

        var scores = (double[])fit.Scores.Clone();
        var mean = scores.Length == 0 ? 0 : scores.Average();
        for (var k = 0; k < scores.Length; k++) scores[k] -= mean;
        return new PairwiseResult { Method = name, Scores = scores, Errors = errors, Reliabilities = reliabilities, Ties = fit.Ties, Fit = summary };
    }
}
