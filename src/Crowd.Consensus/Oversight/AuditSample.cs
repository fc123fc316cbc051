using Crowd.Consensus.Numerics;

namespace Crowd.Consensus.Oversight;

/// <summary>One item whose truth was found out.</summary>
/// <param name="Value">0 to 1: as 1 where the label was right, or where the error was critical.</param>
/// <param name="Probability">Of having been looked at: above 0; 1 for items that are always looked at.</param>
public readonly record struct Audited(double Value, double Probability);

/// <summary>
/// A whole from a sample of it in which items had unlike chances. Each looked-at item stands for 1/probability items (Horvitz and Thompson 1952; the ratio form
/// of Hájek 1971). Items that are always looked at are known without error; for the others Clopper's and Pearson's interval is taken on the effective
/// number of observations (Korn and Graubard 1998), never more than were made. Covers the share of the items that there are.
/// </summary>
public static class AuditSample
{
    /// <summary>The mean of the values over all items.</summary>
    /// <param name="items">What was looked at.</param>
    /// <param name="population">How many items there are in all; null: what the sample says.</param>
    /// <param name="level">Of the interval.</param>
    public static Estimate Mean(IReadOnlyCollection<Audited> items, double? population = null, double level = Estimate.DefaultLevel)
    {
        Estimate.CheckLevel(level);
        double known = 0, knownSum = 0;
        var sampled = new List<Audited>();
        foreach (var item in items)
        {
            if (item.Probability is not (> 0 and <= 1)) throw new ArgumentException("A probability is above 0 and at most 1.", nameof(items));
            if (item.Probability < 1)
            {
                sampled.Add(item);
                continue;
            }

            known++;
            knownSum += item.Value;
        }

        var weight = sampled.Sum(i => 1 / i.Probability);
        var unknown = population is { } all ? Math.Max(0, all - known) : weight;
        if (known + unknown <= 0) return new Estimate(double.NaN, 0, 1, 0);
        if (unknown <= 0) return new Estimate(knownSum / known, knownSum / known, knownSum / known, items.Count);

        var rest = Rest(sampled, weight, level);
        return new Estimate(Whole(rest.Value), Whole(rest.Low), Whole(rest.High), items.Count);

        double Whole(double mean) => (knownSum + (unknown * mean)) / (known + unknown);
    }

    /// <summary>
    /// The mean of the first values less that of the second on the same items, as how much more often one of two deciders is right: the linearised variance of
    /// the paired differences (Särndal et al. 1992, section 5.7) and a normal quantile, with one observation of each sign added so that a sample without any
    /// difference is not taken for certain (after Agresti and Min 2005).
    /// </summary>
    /// <param name="pairs">Two values and the chance of having been looked at.</param>
    /// <inheritdoc cref="Mean"/>
    public static Estimate Difference(IReadOnlyCollection<(double First, double Second, double Probability)> pairs, double level = Estimate.DefaultLevel)
    {
        Estimate.CheckLevel(level);
        double weights = 0, sum = 0, typical = 0;
        foreach (var (first, second, probability) in pairs)
        {
            if (probability is not (> 0 and <= 1)) throw new ArgumentException("A probability is above 0 and at most 1.", nameof(pairs));
            weights += 1 / probability;
            sum += (first - second) / probability;
            if (probability < 1) typical = Math.Max(typical, 1 / probability);
        }

        if (weights <= 0) return new Estimate(double.NaN, -1, 1, 0);

        var mean = sum / weights;
        var variance = 0.0;
        foreach (var (first, second, probability) in pairs) variance += (1 - probability) * Square((first - second - mean) / probability);

        // One item to each side, as heavy as the heaviest.
        variance += 2 * Square(typical);
        var half = Normal.Quantile((1 + level) / 2) * Math.Sqrt(variance) / weights;
        return new Estimate(mean, Math.Max(-1, mean - half), Math.Min(1, mean + half), pairs.Count);
    }

    private static Estimate Rest(List<Audited> sampled, double weight, double level)
    {
        if (sampled.Count == 0) return new Estimate(0.5, 0, 1, 0);

        var mean = sampled.Sum(i => i.Value / i.Probability) / weight;
        double variance = 0, squares = 0;
        foreach (var item in sampled)
        {
            variance += (1 - item.Probability) * Square((item.Value - mean) / item.Probability);
            squares += Square(1 / item.Probability);
        }

        // Kish's number (1965) where the values do not vary.
        var effective = variance > 0 ? mean * (1 - mean) / (variance / Square(weight)) : Square(weight) / squares;
        effective = Math.Min(effective, sampled.Count);
        return Share.Exact(mean * effective, effective, level) with { Value = mean };
    }

    private static double Square(double x) => x * x;
}
