namespace Crowd.Consensus.Agreement;

/// <summary>
/// Coefficients (observed − chance) / (1 − chance) over labels 0 to L − 1. They differ in what they take chance to be. Answer <c>i</c> gave task
/// <c>tasks[i]</c> the label <c>labels[i]</c>; tasks may have different numbers of answers, and those with one do not count as observed.
/// </summary>
public static class Kappas
{
    private const string NoPairs = "No task has two answers.";
    private const string CertainChance = "Chance alone would agree always, since one label has all the answers.";

    /// <summary>The raw share of pairs of answers to one task that agree, each task counted once.</summary>
    public static Coefficient Pairwise(ReadOnlySpan<int> tasks, ReadOnlySpan<int> labels, int labelCount)
    {
        var observed = LabelTable.Of(tasks, labels, labelCount).Observed(LabelWeights.Identity(labelCount));
        return double.IsNaN(observed) ? Coefficient.None(NoPairs) : Coefficient.Of(observed);
    }

    /// <summary>The mean share of a task's answers that its commonest label has: 67 % where two of three agree.</summary>
    public static Coefficient ModeShare(ReadOnlySpan<int> tasks, ReadOnlySpan<int> labels, int labelCount)
    {
        var table = LabelTable.Of(tasks, labels, labelCount);
        double sum = 0, counted = 0;
        for (var t = 0; t < table.Tasks; t++)
        {
            if (table.Totals[t] < 2) continue;

            var top = 0.0;
            for (var k = 0; k < labelCount; k++) top = Math.Max(top, table.Counts[t, k]);
            sum += top / table.Totals[t];
            counted++;
        }

        return counted > 0 ? Coefficient.Of(sum / counted) : Coefficient.None(NoPairs);
    }

    /// <summary>Fleiss 1971: chance from the labels' shares over all tasks. With two workers it is Scott's pi (1955).</summary>
    /// <param name="weights">By default <see cref="LabelWeights.Identity"/>.</param>
    public static Coefficient Fleiss(ReadOnlySpan<int> tasks, ReadOnlySpan<int> labels, int labelCount, double[,]? weights = null)
    {
        weights ??= LabelWeights.Identity(labelCount);
        var table = LabelTable.Of(tasks, labels, labelCount);
        var shares = table.MeanShares();
        var chance = 0.0;
        for (var k = 0; k < labelCount; k++)
        {
            for (var l = 0; l < labelCount; l++) chance += weights[k, l] * shares[k] * shares[l];
        }

        return Corrected(table.Observed(weights), chance);
    }

    /// <summary>Gwet 2008: chance is Σw Σ π (1 − π) / L (L − 1), small where one label is common. AC1 with identity weights, AC2 with others.</summary>
    /// <inheritdoc cref="Fleiss"/>
    public static Coefficient Gwet(ReadOnlySpan<int> tasks, ReadOnlySpan<int> labels, int labelCount, double[,]? weights = null)
    {
        if (labelCount < 2) return Coefficient.None(CertainChance);

        weights ??= LabelWeights.Identity(labelCount);
        var table = LabelTable.Of(tasks, labels, labelCount);
        double total = 0, spread = 0;
        foreach (var weight in weights) total += weight;
        foreach (var share in table.MeanShares()) spread += share * (1 - share);
        return Corrected(table.Observed(weights), total * spread / (labelCount * (labelCount - 1.0)));
    }

    /// <summary>Cohen 1960, weighted 1968: two workers on the same items, chance from each worker's own shares.</summary>
    /// <param name="first">The labels of one worker.</param>
    /// <param name="second">The labels of the other for the same items; same length.</param>
    public static Coefficient Cohen(ReadOnlySpan<int> first, ReadOnlySpan<int> second, int labelCount, double[,]? weights = null)
    {
        if (first.Length != second.Length) throw new ArgumentException("Both workers must have labelled the same items.", nameof(second));
        if (first.IsEmpty) return Coefficient.None("The two workers share no task.");

        weights ??= LabelWeights.Identity(labelCount);
        var (left, right) = (new double[labelCount], new double[labelCount]);
        var observed = 0.0;
        for (var i = 0; i < first.Length; i++)
        {
            observed += weights[first[i], second[i]] / first.Length;
            left[first[i]] += 1.0 / first.Length;
            right[second[i]] += 1.0 / first.Length;
        }

        var chance = 0.0;
        for (var k = 0; k < labelCount; k++)
        {
            for (var l = 0; l < labelCount; l++) chance += weights[k, l] * left[k] * right[l];
        }

        return Corrected(observed, chance);
    }

    /// <summary>Scott 1955, pi: two workers on the same items, chance from the shares of both together.</summary>
    /// <inheritdoc cref="Cohen"/>
    public static Coefficient Scott(ReadOnlySpan<int> first, ReadOnlySpan<int> second, int labelCount, double[,]? weights = null)
    {
        if (first.Length != second.Length) throw new ArgumentException("Both workers must have labelled the same items.", nameof(second));
        if (first.IsEmpty) return Coefficient.None("The two workers share no task.");

        var tasks = new int[2 * first.Length];
        for (var i = 0; i < tasks.Length; i++) tasks[i] = i % first.Length;
        return Fleiss(tasks, (int[])[.. first, .. second], labelCount, weights);
    }

    private static Coefficient Corrected(double observed, double chance)
    {
        if (double.IsNaN(observed)) return Coefficient.None(NoPairs);
        return chance >= 1 - 1e-12 ? Coefficient.None(CertainChance) : Coefficient.Of((observed - chance) / (1 - chance));
    }
}
