namespace Crowd.Consensus.Pairwise;

/// <summary>
/// Strengths of items from weighted comparisons, with a parameter for ties (Davidson 1970): left, right and tie are as likely as e^(d/2) to e^(−d/2) to ν,
/// d being the difference of the strengths; without ties ν is nought and P(left) = σ(d) (Bradley and Terry 1952). A normal prior on each strength. Newton steps
/// on the log posterior, by conjugate gradients, so that thousands of items fit.
/// </summary>
internal sealed class StrengthFit(int items, double priorDeviation)
{
    private const int MostSteps = 50;
    private const double Enough = 1e-9;

    private readonly double _precision = 1 / (priorDeviation * priorDeviation);

    public double[] Scores { get; } = new double[items];

    /// <summary>Davidson's ν: how likely a tie is beside a win of either of two equal items; nought where nobody tied.</summary>
    public double Ties { get; private set; }

    /// <summary>The probability of an outcome of a comparison.</summary>
    public double Probability(in Comparison c)
    {
        var difference = Scores[c.Left] - Scores[c.Right];
        return Math.Exp(LogProbability(c.Outcome, difference, Ties));
    }

    /// <summary>Climbs to the top from where the scores stand; returns the steps that took and the log posterior.</summary>
    public (int Steps, double Objective) Climb(ReadOnlySpan<Comparison> comparisons, ReadOnlySpan<double> weights)
    {
        var slope = new double[items];
        var curvatures = new double[comparisons.Length];
        StartTies(comparisons, weights);
        var objective = Value(comparisons, weights, Scores, Ties);
        for (var step = 0; step < MostSteps; step++)
        {
            for (var k = 0; k < items; k++) slope[k] = -_precision * Scores[k];
            for (var i = 0; i < comparisons.Length; i++)
            {
                var c = comparisons[i];
                var (expected, curvature, _) = Moments(Scores[c.Left] - Scores[c.Right]);
                slope[c.Left] += weights[i] * (c.Outcome - expected);
                slope[c.Right] -= weights[i] * (c.Outcome - expected);
                curvatures[i] = weights[i] * curvature;
            }

            var move = Solve(comparisons, curvatures, slope);
            var taken = Math.Max(Take(comparisons, weights, move, ref objective), MoveTies(comparisons, weights, ref objective));
            if (taken < Enough) return (step + 1, objective);
        }

        return (MostSteps, objective);
    }

    /// <summary>The standard errors: square roots of the diagonal of the inverted curvature, one solved system an item.</summary>
    public double[] Errors(ReadOnlySpan<Comparison> comparisons, ReadOnlySpan<double> weights, int mostExact = 1000)
    {
        var curvatures = new double[comparisons.Length];
        var diagonal = new double[items];
        Array.Fill(diagonal, _precision);
        for (var i = 0; i < comparisons.Length; i++)
        {
            var c = comparisons[i];
            curvatures[i] = weights[i] * Moments(Scores[c.Left] - Scores[c.Right]).Curvature;
            diagonal[c.Left] += curvatures[i];
            diagonal[c.Right] += curvatures[i];
        }

        var errors = new double[items];
        var unit = new double[items];
        for (var k = 0; k < items; k++)
        {
            unit[k] = 1;
            errors[k] = Math.Sqrt(items <= mostExact ? Solve(comparisons, curvatures, unit)[k] : 1 / diagonal[k]);
            unit[k] = 0;
        }

        return errors;
    }

    private double Take(ReadOnlySpan<Comparison> comparisons, ReadOnlySpan<double> weights, double[] move, ref double objective)
    {
        var trial = new double[items];
        for (var length = 1.0; length > 1e-6; length /= 2)
        {
            var largest = 0.0;
            for (var k = 0; k < items; k++)
            {
                trial[k] = Scores[k] + (length * move[k]);
                largest = Math.Max(largest, Math.Abs(length * move[k]));
            }

            var value = Value(comparisons, weights, trial, Ties);
            if (value < objective - 1e-12) continue;

            trial.CopyTo(Scores, 0);
            objective = value;
            return largest;
        }

        return 0;
    }

    /// <summary>The expected outcome (a tie is one half), its slope in the difference, and the probability of a tie.</summary>
    private (double Expected, double Curvature, double Tie) Moments(double difference)
    {
        var (left, right) = (Math.Exp(LogProbability(1, difference, Ties)), Math.Exp(LogProbability(0, difference, Ties)));
        var tie = Math.Max(0, 1 - left - right);
        var expected = left + (tie / 2);
        return (expected, Math.Max(0, left + (tie / 4) - (expected * expected)), tie);
    }

    /// <summary>One tie and one decision between equals are added, so that ν is neither nought nor without bound.</summary>
    private void StartTies(ReadOnlySpan<Comparison> comparisons, ReadOnlySpan<double> weights)
    {
        var (tied, decided) = Tied(comparisons, weights);
        if (tied <= 0) Ties = 0;
        else if (Ties <= 0) Ties = 2 * (tied + 1) / (decided + 1);
    }

    /// <summary>A Newton step in ln ν, halved until it climbs; returns its length.</summary>
    private double MoveTies(ReadOnlySpan<Comparison> comparisons, ReadOnlySpan<double> weights, ref double objective)
    {
        if (Ties <= 0) return 0;

        var prior = Ties / (2 + Ties);
        double slope = 1 - (2 * prior), curvature = 2 * prior * (1 - prior);
        for (var i = 0; i < comparisons.Length; i++)
        {
            var c = comparisons[i];
            var tie = Moments(Scores[c.Left] - Scores[c.Right]).Tie;
            slope += weights[i] * ((c.IsTie ? 1 : 0) - tie);
            curvature += weights[i] * tie * (1 - tie);
        }

        var move = Math.Clamp(slope / curvature, -1, 1);
        for (; Math.Abs(move) > 1e-9; move /= 2)
        {
            var ties = Ties * Math.Exp(move);
            var value = Value(comparisons, weights, Scores, ties);
            if (value < objective - 1e-12) continue;

            Ties = ties;
            objective = value;
            return Math.Abs(move);
        }

        return 0;
    }

    private static (double Tied, double Decided) Tied(ReadOnlySpan<Comparison> comparisons, ReadOnlySpan<double> weights)
    {
        double tied = 0, decided = 0;
        for (var i = 0; i < comparisons.Length; i++)
        {
            if (comparisons[i].IsTie) tied += weights[i];
            else decided += weights[i];
        }

        return (tied, decided);
    }

    private double Value(ReadOnlySpan<Comparison> comparisons, ReadOnlySpan<double> weights, double[] scores, double ties)
    {
        var value = ties > 0 ? LogProbability(Comparison.Tie, 0, ties) + LogProbability(Comparison.LeftWins, 0, ties) : 0;
        foreach (var score in scores) value -= 0.5 * _precision * score * score;
        for (var i = 0; i < comparisons.Length; i++)
        {
            var c = comparisons[i];
            value += weights[i] * LogProbability(c.Outcome, scores[c.Left] - scores[c.Right], ties);
        }

        return value;
    }

    /// <summary>ln of e^((o − ½) d) over e^(d/2) + e^(−d/2) + ν, times ν for a tie.</summary>
    private static double LogProbability(double outcome, double difference, double ties)
    {
        var size = Math.Abs(difference);
        var total = (size / 2) + Math.Log(1 + Math.Exp(-size) + (ties * Math.Exp(-size / 2)));
        return ((outcome - 0.5) * difference) + (outcome is > 0 and < 1 && ties > 0 ? Math.Log(ties) : 0) - total;
    }

    /// <summary>Conjugate gradients on (precision · I + graph Laplacian weighted by the curvatures).</summary>
    private double[] Solve(ReadOnlySpan<Comparison> comparisons, double[] curvatures, double[] right)
    {
        var x = new double[items];
        var residual = (double[])right.Clone();
        var direction = (double[])right.Clone();
        var applied = new double[items];
        var square = Dot(residual, residual);
        var target = square * 1e-20;
        for (var round = 0; round < 2 * items && square > target && square > 0; round++)
        {
            for (var k = 0; k < items; k++) applied[k] = _precision * direction[k];
            for (var i = 0; i < comparisons.Length; i++)
            {
                var c = comparisons[i];
                var flow = curvatures[i] * (direction[c.Left] - direction[c.Right]);
                applied[c.Left] += flow;
                applied[c.Right] -= flow;
            }

            var length = square / Dot(direction, applied);
            for (var k = 0; k < items; k++)
            {
                x[k] += length * direction[k];
                residual[k] -= length * applied[k];
            }

            var next = Dot(residual, residual);
            for (var k = 0; k < items; k++) direction[k] = residual[k] + (next / square * direction[k]);
            square = next;
        }

        return x;
    }

    private static double Dot(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var k = 0; k < a.Length; k++) sum += a[k] * b[k];
        return sum;
    }
}
