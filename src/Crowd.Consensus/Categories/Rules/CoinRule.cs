namespace Crowd.Consensus.Categories.Rules;

/// <summary>
/// One number for a worker, the probability of being right; wrong labels are equally likely, and so are the true labels. Counts are smoothed by a
/// Beta prior.
/// </summary>
/// <param name="right">Pseudo-count of right answers.</param>
/// <param name="wrong">Pseudo-count of wrong answers.</param>
internal sealed class CoinRule(double right, double wrong) : ITableRule
{
    /// <summary>The accuracies of the last round.</summary>
    public double[] Accuracies { get; private set; } = [];

    public double Estimate(HiddenShape shape, Span<double> table, Span<double> shares)
    {
        if (Accuracies.Length == 0) Accuracies = new double[shape.Workers];
        shares[..shape.States].Fill(1.0 / shape.States);

        var objective = 0.0;
        for (var w = 0; w < shape.Workers; w++)
        {
            double hits = right, misses = wrong;
            for (var l = 0; l < shape.Labels; l++)
            {
                for (var k = 0; k < shape.Labels; k++)
                {
                    if (l == k) hits += table[shape.At(w, l, k)];
                    else misses += table[shape.At(w, l, k)];
                }
            }

            var accuracy = hits + misses > 0 ? Math.Clamp(hits / (hits + misses), ConfusionRule.Floor, 1 - ConfusionRule.Floor) : 0.5;
            Accuracies[w] = accuracy;
            objective += (right * Math.Log(accuracy)) + (wrong * Math.Log(1 - accuracy));
            Fill(shape, table, w, accuracy);
        }

        return objective;
    }

    internal static void Fill(HiddenShape shape, Span<double> table, int worker, double accuracy)
    {
        var other = shape.Labels == 1 ? 1 : (1 - accuracy) / (shape.Labels - 1);
        for (var l = 0; l < shape.Labels; l++)
        {
            for (var k = 0; k < shape.Labels; k++) table[shape.At(worker, l, k)] = l == k ? accuracy : other;
        }
    }
}
