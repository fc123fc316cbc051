namespace Crowd.Consensus.Agreement;

/// <summary>
/// Krippendorff 2011, "Computing Krippendorff's alpha-reliability": one minus observed over expected disagreement among the values that can be
/// paired. Missing answers are simply absent; tasks with one answer do not count.
/// </summary>
public static class KrippendorffAlpha
{
    private const string NoPairs = "No task has two answers.";
    private const string NoVariation = "All answers are equal, so that chance cannot be told from agreement.";

    /// <summary>Alpha of numbers, or of labels written as numbers.</summary>
    /// <param name="tasks">The task of each answer, from 0.</param>
    /// <param name="values">The value of each answer; for <see cref="MeasurementLevel.Ratio"/> not negative.</param>
    /// <param name="level">Which differences count.</param>
    public static Coefficient Of(ReadOnlySpan<int> tasks, ReadOnlySpan<double> values, MeasurementLevel level)
    {
        if (tasks.Length != values.Length) throw new ArgumentException("One task for each value.", nameof(values));

        var units = Units.Of(tasks);
        var paired = Paired(units);
        if (paired.Length == 0) return Coefficient.None(NoPairs);

        if (level == MeasurementLevel.Ratio)
        {
            var copy = values.ToArray();
            return Of(tasks, (i, j) => RatioDistance(copy[i], copy[j]));
        }

        var scaled = level == MeasurementLevel.Interval ? values.ToArray() : Ranks(values, paired, level);
        return level == MeasurementLevel.Nominal ? Nominal(units, scaled, paired) : Squared(units, scaled, paired);
    }

    /// <summary>Alpha with any distance, for sets, spans, boxes and texts.</summary>
    /// <param name="tasks">The task of each answer, from 0.</param>
    /// <param name="distance">The squared difference of two answers given by position: not negative, symmetric, zero for equals.</param>
    /// <param name="maxPairs">Expected disagreement is taken over all pairs, or over this many evenly spread ones where there are more.</param>
    public static Coefficient Of(ReadOnlySpan<int> tasks, Func<int, int, double> distance, int maxPairs = 2_000_000)
    {
        var units = Units.Of(tasks);
        var paired = Paired(units);
        if (paired.Length == 0) return Coefficient.None(NoPairs);

        var observed = 0.0;
        for (var t = 0; t < units.Count; t++)
        {
            var members = units.Of(t);
            if (members.Length < 2) continue;

            var sum = 0.0;
            for (var a = 0; a < members.Length; a++)
            {
                for (var b = a + 1; b < members.Length; b++) sum += distance(members[a], members[b]);
            }

            observed += 2 * sum / (members.Length - 1);
        }

        var expected = MeanDistance(paired, distance, maxPairs);
        return expected <= 0 ? Coefficient.None(NoVariation) : Coefficient.Of(1 - (observed / paired.Length / expected));
    }

    private static double MeanDistance(int[] paired, Func<int, int, double> distance, int maxPairs)
    {
        var n = paired.Length;
        var all = (long)n * (n - 1) / 2;
        var sum = 0.0;
        var count = 0L;

        // Pairs at growing distances around a ring: every offset up to half covers each pair once.
        var offsets = (int)Math.Clamp(maxPairs / n, 1, Math.Max(1, n - 1));
        if (all <= maxPairs) offsets = n - 1;
        for (var o = 1; o <= offsets; o++)
        {
            var offset = all <= maxPairs ? o : 1 + (int)((long)(o - 1) * (n - 1) / offsets);
            for (var i = 0; i < n; i++)
            {
                if (all <= maxPairs && i + offset >= n) break;

                sum += distance(paired[i], paired[(i + offset) % n]);
                count++;
            }
        }

        return count == 0 ? 0 : sum / count;
    }

    private static int[] Paired(Units units)
    {
        var list = new List<int>(units.Order.Length);
        for (var t = 0; t < units.Count; t++)
        {
            if (units.Of(t).Length > 1) list.AddRange(units.Of(t));
        }

        return [.. list];
    }

    private static double RatioDistance(double a, double b) => a + b == 0 ? 0 : (a - b) / (a + b) * ((a - b) / (a + b));

    /// <summary>
    /// The ordinal difference, the answers between two values and half of those at either end, is the difference of mid-ranks. For nominal
    /// values the mid-rank serves as a name.
    /// </summary>
    private static double[] Ranks(ReadOnlySpan<double> values, int[] paired, MeasurementLevel level)
    {
        var all = values.ToArray();
        var order = (int[])paired.Clone();
        Array.Sort(order, (a, b) => all[a].CompareTo(all[b]));
        var ranks = new double[values.Length];
        for (var i = 0; i < order.Length;)
        {
            var end = i;
            while (end < order.Length && all[order[end]].Equals(all[order[i]])) end++;

            for (var j = i; j < end; j++) ranks[order[j]] = level == MeasurementLevel.Nominal ? i : (i + end) / 2.0;
            i = end;
        }

        return ranks;
    }

    private static Coefficient Nominal(Units units, double[] names, int[] paired)
    {
        var totals = new Dictionary<double, int>();
        foreach (var i in paired) totals[names[i]] = totals.GetValueOrDefault(names[i]) + 1;

        double n = paired.Length;
        var expected = n * n;
        foreach (var total in totals.Values) expected -= (double)total * total;
        if (expected <= 0) return Coefficient.None(NoVariation);

        var observed = 0.0;
        var counts = new Dictionary<double, int>();
        for (var t = 0; t < units.Count; t++)
        {
            var members = units.Of(t);
            if (members.Length < 2) continue;

            counts.Clear();
            foreach (var i in members) counts[names[i]] = counts.GetValueOrDefault(names[i]) + 1;
            double m = members.Length;
            var differing = m * m;
            foreach (var count in counts.Values) differing -= (double)count * count;
            observed += differing / (m - 1);
        }

        return Coefficient.Of(1 - ((n - 1) * observed / expected));
    }

    /// <summary>The sum of squared differences over all ordered pairs is 2 (m Σx² − (Σx)²).</summary>
    private static Coefficient Squared(Units units, double[] values, int[] paired)
    {
        var mean = 0.0;
        foreach (var i in paired) mean += values[i] / paired.Length;

        var expected = 0.0;
        foreach (var i in paired) expected += (values[i] - mean) * (values[i] - mean);
        expected *= 2.0 * paired.Length;
        if (expected <= 0) return Coefficient.None(NoVariation);

        var observed = 0.0;
        for (var t = 0; t < units.Count; t++)
        {
            var members = units.Of(t);
            if (members.Length < 2) continue;

            var centre = 0.0;
            foreach (var i in members) centre += values[i] / members.Length;

            var spread = 0.0;
            foreach (var i in members) spread += (values[i] - centre) * (values[i] - centre);
            observed += 2.0 * members.Length * spread / (members.Length - 1);
        }

        return Coefficient.Of(1 - ((paired.Length - 1) * observed / expected));
    }
}
