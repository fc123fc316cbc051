namespace Crowd.Consensus.Pairwise;

/// <summary>
/// Strengths of items from weighted comparisons: P(left) = σ(s_left − s_right), a normal prior on each strength, ties as half a win for both
/// (Bradley and Terry 1952). Newton steps on the log posterior, by conjugate gradients, so that thousands of items fit.
/// </summary>
internal sealed class StrengthFit(int items, double priorDeviation)
{
    private const int MostSteps = 50;
    private const double Enough = 1e-9;

    private readonly double _precision = 1 / (priorDeviation * priorDeviation);

    public double[] Scores { get; } = new double[items];

    public static double Win(double difference) => 1 / (1 + Math.Exp(-difference));

    /// <summary>Climbs to the top from where the scores stand; returns the steps that took and the log posterior.</summary>
    public (int Steps, double Objective) Climb(ReadOnlySpan<Comparison> comparisons, ReadOnlySpan<double> weights)
    {
        var slope = new double[items];
        var curvatures = new double[comparisons.Length];
        var objective = Value(comparisons, weights, Scores);
        for (var step = 0; step < MostSteps; step++)
        {
            for (var k = 0; k < items; k++) slope[k] = -_precision * Scores[k];
            for (var i = 0; i < comparisons.Length; i++)
            {
                var c = comparisons[i];
                var win = Win(Scores[c.Left] - Scores[c.Right]);
                slope[c.Left] += weights[i] * (c.Outcome - win);
                slope[c.Right] -= weights[i] * (c.Outcome - win);
                curvatures[i] = weights[i] * win * (1 - win);
            }

            var move = Solve(comparisons, curvatures, slope);
            var taken = Take(comparisons, weights, move, ref objective);
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
            var win = Win(Scores[c.Left] - Scores[c.Right]);
            curvatures[i] = weights[i] * win * (1 - win);
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

            var value = Value(comparisons, weights, trial);
            if (value < objective - 1e-12) continue;

            trial.CopyTo(Scores, 0);
            objective = value;
            return largest;
        }

        return 0;
    }

    private double Value(ReadOnlySpan<Comparison> comparisons, ReadOnlySpan<double> weights, double[] scores)
    {
        var value = 0.0;
        foreach (var score in scores) value -= 0.5 * _precision * score * score;
        for (var i = 0; i < comparisons.Length; i++)
        {
            var c = comparisons[i];
            var difference = scores[c.Left] - scores[c.Right];
            value += weights[i] * ((c.Outcome * difference) - SoftPlus(difference));
        }

        return value;
    }

    private static double SoftPlus(double x) => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));

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
