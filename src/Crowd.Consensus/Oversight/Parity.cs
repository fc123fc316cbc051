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
    public static IReadOnlyList<GroupOutcome> Of(ReadOnlySpan<int> groups, ReadOnlySpan<bool> favourable, double level = Estimate.DefaultLevel)
    {
        var counts = new SortedDictionary<int, (double Hits, double Count)>();
        for (var i = 0; i < groups.Length; i++)
        {
            var (hits, count) = counts.GetValueOrDefault(groups[i]);
            counts[groups[i]] = (hits + (favourable[i] ? 1 : 0), count + 1);
        }

        var ordered = counts.OrderByDescending(c => c.Value.Count).ThenBy(c => c.Key).ToList();
        if (ordered.Count == 0) return [];

        var (referenceHits, referenceCount) = ordered[0].Value;
        return [.. ordered.Select(g => new GroupOutcome(
            g.Key,
            Share.Wilson(g.Value.Hits, g.Value.Count, level),
            Share.Difference(g.Value.Hits, g.Value.Count, referenceHits, referenceCount, level),
            Share.Ratio(g.Value.Hits, g.Value.Count, referenceHits, referenceCount, level),
            Share.Test(g.Value.Hits, g.Value.Count, referenceHits, referenceCount)))];
    }
}
