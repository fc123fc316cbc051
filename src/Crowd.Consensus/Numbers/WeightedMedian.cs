namespace Crowd.Consensus.Numbers;

/// <summary>The value that half of the weight lies below.</summary>
public static class WeightedMedian
{
    /// <summary>Where the halves meet between two values, the middle of the two. Allocates copies of both spans.</summary>
    /// <param name="values">At least one number, in any order.</param>
    /// <param name="weights">One weight for each value, not negative; if all are zero they count as equal.</param>
    public static double Of(ReadOnlySpan<double> values, ReadOnlySpan<double> weights)
    {
        if (values.IsEmpty) throw new ArgumentException("A median needs a value.", nameof(values));

        var sorted = values.ToArray();
        var order = weights.ToArray();
        Array.Sort(sorted, order);
        var total = order.Sum();
        if (total <= 0)
        {
            Array.Fill(order, 1);
            total = order.Length;
        }

        var below = 0.0;
        for (var i = 0; i < sorted.Length; i++)
        {
            below += order[i];
            var beyond = (2 * below) - total;
            if (beyond > total * 1e-12) return sorted[i];

            if (beyond >= -total * 1e-12)
            {
                var next = i + 1;
                while (next < sorted.Length - 1 && order[next] <= 0) next++;
                return next < sorted.Length ? (sorted[i] + sorted[next]) / 2 : sorted[i];
            }
        }

        return sorted[^1];
    }

    /// <summary>Equal weights.</summary>
    public static double Of(ReadOnlySpan<double> values)
    {
        var weights = new double[values.Length];
        Array.Fill(weights, 1);
        return Of(values, weights);
    }

    /// <summary>The median distance from the median, times 1.4826, so that it estimates the standard deviation of normal values.</summary>
    public static double Deviation(ReadOnlySpan<double> values, ReadOnlySpan<double> weights)
    {
        var centre = Of(values, weights);
        var distances = values.ToArray();
        foreach (ref var distance in distances.AsSpan()) distance = Math.Abs(distance - centre);
        return 1.4826 * Of(distances, weights);
    }
}
