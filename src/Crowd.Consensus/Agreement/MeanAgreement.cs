namespace Crowd.Consensus.Agreement;

/// <summary>The agreement of a set of answers to one task, from the agreement of any two of them.</summary>
public static class MeanAgreement
{
    /// <summary>
    /// The mean over all pairs, each weighted by the product of its workers' weights. Fewer than two answers have nothing that confirms them: 0.
    /// </summary>
    /// <param name="weights">One positive weight for each answer.</param>
    /// <param name="similarity">The agreement, 0 to 1, of the answers at two positions.</param>
    public static double OfPairs(ReadOnlySpan<double> weights, Func<int, int, double> similarity)
    {
        var sum = 0.0;
        var total = 0.0;
        for (var i = 0; i < weights.Length; i++)
        {
            for (var j = i + 1; j < weights.Length; j++)
            {
                var weight = weights[i] * weights[j];
                sum += weight * similarity(i, j);
                total += weight;
            }
        }

        return total > 0 ? sum / total : 0;
    }

    /// <summary>
    /// How strongly each answer is supported: the weighted mean agreement with the others; zero where there are none. The best supported answer is the medoid.
    /// </summary>
    public static double[] Support(ReadOnlySpan<double> weights, Func<int, int, double> similarity)
    {
        var support = new double[weights.Length];
        for (var i = 0; i < weights.Length; i++)
        {
            var total = 0.0;
            for (var j = 0; j < weights.Length; j++)
            {
                if (j == i) continue;

                support[i] += weights[j] * similarity(i, j);
                total += weights[j];
            }

            support[i] = total > 0 ? support[i] / total : 0;
        }

        return support;
    }
}
