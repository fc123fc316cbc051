namespace Crowd.Consensus.Oversight;

/// <summary>How often a person answered the same as before, or as others.</summary>
/// <param name="Share">Of the pairs, how many were alike, with Wilson's interval.</param>
/// <param name="Kappa">Alike beyond what the person's own label shares would give by chance, −1 to 1 (Scott 1955); NaN where all answers are one label.</param>
public sealed record ConsistencyResult(Estimate Share, double Kappa);

/// <summary>A person against themselves on hidden repeats, and against others on the same tasks.</summary>
public static class Consistency
{
    /// <summary>Of pairs of labels for the same thing.</summary>
    public static ConsistencyResult Of(IReadOnlyCollection<(int First, int Second)> pairs, double level = Estimate.DefaultLevel)
    {
        var alike = pairs.Count(p => p.First == p.Second);
        var share = Oversight.Share.Wilson(alike, pairs.Count, level);
        var chance = pairs.SelectMany(p => new[] { p.First, p.Second }).GroupBy(l => l).Sum(g => Math.Pow(g.Count() / (2.0 * pairs.Count), 2));
        return new ConsistencyResult(share, pairs.Count == 0 || chance >= 1 ? double.NaN : (share.Value - chance) / (1 - chance));
    }
}
