namespace Crowd.Consensus.Categories.Rules;

/// <summary>
/// Ratings on a scale 0 to L − 1: a worker of bias b and spread s answers l to a true k with probability proportional to
/// exp(−(l − k − b)² / 2 s²). Two numbers a worker in place of a matrix; normal priors on b and ln s keep new workers near the crowd.
/// </summary>
internal sealed class OrdinalRule : ITableRule
{
    private const double BiasDeviation = 0.5;
    private const double TypicalSpread = 0.7;
    private const double LogSpreadDeviation = 0.7;
    private const double SharePseudoCount = 1;

    private double[] _logSpreads = [];

    /// <summary>For each worker how far above the truth he answers, in steps of the scale.</summary>
    public double[] Biases { get; private set; } = [];

    public double Estimate(HiddenShape shape, Span<double> table, Span<double> shares)
    {
        if (Biases.Length == 0)
        {
            Biases = new double[shape.Workers];
            _logSpreads = new double[shape.Workers];
            Array.Fill(_logSpreads, Math.Log(TypicalSpread));
        }

        var objective = ConfusionRule.Divide(shares[..shape.States], SharePseudoCount);
        var counts = new double[shape.Labels * shape.Labels];
        for (var w = 0; w < shape.Workers; w++)
        {
            for (var l = 0; l < shape.Labels; l++)
            {
                for (var k = 0; k < shape.Labels; k++) counts[(l * shape.Labels) + k] = table[shape.At(w, l, k)];
            }

            Climb(counts, shape.Labels, ref Biases[w], ref _logSpreads[w]);
            objective += LogPrior(Biases[w], _logSpreads[w]);
            for (var k = 0; k < shape.Labels; k++)
            {
                var norm = LogNorm(shape.Labels, k, Biases[w], _logSpreads[w]);
                for (var l = 0; l < shape.Labels; l++) table[shape.At(w, l, k)] = Math.Exp(LogWeight(l - k, Biases[w], _logSpreads[w]) - norm);
            }
        }

        return objective;
    }

    /// <summary>Tries steps up and down in each parameter and keeps what raises the objective, so that it never falls.</summary>
    private static void Climb(double[] counts, int labels, ref double bias, ref double logSpread)
    {
        var best = Value(counts, labels, bias, logSpread);
        for (var step = 0.4; step > 0.005; step /= 2)
        {
            foreach (var direction in (ReadOnlySpan<double>)[-step, step])
            {
                var byBias = Value(counts, labels, bias + direction, logSpread);
                if (byBias > best) (best, bias) = (byBias, bias + direction);

                var bySpread = Value(counts, labels, bias, logSpread + direction);
                if (bySpread > best) (best, logSpread) = (bySpread, logSpread + direction);
            }
        }
    }

    private static double Value(double[] counts, int labels, double bias, double logSpread)
    {
        var value = LogPrior(bias, logSpread);
        for (var k = 0; k < labels; k++)
        {
            var norm = LogNorm(labels, k, bias, logSpread);
            for (var l = 0; l < labels; l++) value += counts[(l * labels) + k] * (LogWeight(l - k, bias, logSpread) - norm);
        }

        return value;
    }

    private static double LogPrior(double bias, double logSpread)
    {
        var b = bias / BiasDeviation;
        var s = (logSpread - Math.Log(TypicalSpread)) / LogSpreadDeviation;
        return -0.5 * ((b * b) + (s * s));
    }

    private static double LogWeight(int difference, double bias, double logSpread)
    {
        var distance = (difference - bias) * Math.Exp(-logSpread);
        return Math.Max(-40, -0.5 * distance * distance);
    }

    private static double LogNorm(int labels, int truth, double bias, double logSpread)
    {
        var sum = 0.0;
        for (var l = 0; l < labels; l++) sum += Math.Exp(LogWeight(l - truth, bias, logSpread));
        return Math.Log(sum);
    }
}
