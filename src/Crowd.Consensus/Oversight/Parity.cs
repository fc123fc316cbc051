namespace Crowd.Consensus.Oversight;

/// <summary>How often a group had the favourable outcome.</summary>
/// <param name="Group">Its number.</param>
/// <param name="Rate">With Wilson's interval.</param>
/// <param name="Difference">Its rate less the reference group's, with Newcombe's interval.</param>
/// <param name="Ratio">Its rate over the reference group's, with Katz's interval; below 0.8 is the "four-fifths" mark of the US guidelines of 1978.</param>
/// <param name="Probability">Of a difference at least so great by chance.</param>
public sealed record GroupOutcome(int Group, Estimate Rate, Estimate Difference, Estimate Ratio, double Probability);

/// <summary>Outcomes of groups held against the group that has the most items.</summary>
public static class Parity
{
    /// <summary>The rates of all groups, the reference first.</summary>
    /// <param name="groups">Of each item, 0 or more.</param>
    /// <param name="favourable">Of each item, whether the outcome was the favourable one.</param>
    /// <param name="level">Of all intervals.</param>
    /// <param name="weights">
    /// How many items each stands for, as the inverse of its chance of having been looked at; empty for one each. Intervals are taken on the effective number (Kish 1965).
    /// </param>
    public static IReadOnlyList<GroupOutcome> Of(
        ReadOnlySpan<int> groups, ReadOnlySpan<bool> favourable, double level = Estimate.DefaultLevel, ReadOnlySpan<double> weights = default)
    {
        var sums = new SortedDictionary<int, (double Hits, double Sum, double Squares)>();
        for (var i = 0; i < groups.Length; i++)
        {
            var weight = weights.IsEmpty ? 1 : weights[i];
            var (hits, sum, squares) = sums.GetValueOrDefault(groups[i]);
            sums[groups[i]] = (hits + (favourable[i] ? weight : 0), sum + weight, squares + (weight * weight));
        }

        var ordered = sums.OrderByDescending(c => c.Value.Sum).ThenBy(c => c.Key)
            .Select(c => (Group: c.Key, Hits: c.Value.Hits * c.Value.Sum / c.Value.Squares, Count: c.Value.Sum * c.Value.Sum / c.Value.Squares)).ToList();
        if (ordered.Count == 0) return [];

        var (_, referenceHits, referenceCount) = ordered[0];
        return [.. ordered.Select(g => new GroupOutcome(
            g.Group,
            Share.Wilson(g.Hits, g.Count, level),
            Share.Difference(g.Hits, g.Count, referenceHits, referenceCount, level),
            Share.Ratio(g.Hits, g.Count, referenceHits, referenceCount, level),
            Share.Test(g.Hits, g.Count, referenceHits, referenceCount)))];
    }
}
