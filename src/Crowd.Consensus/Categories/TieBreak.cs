namespace Crowd.Consensus.Categories;

/// <summary>
/// Labels whose probabilities differ by no more than one part in 10⁹ are tied. Of tied labels the one that was answered more often in the whole
/// job wins, since it is the likelier before anything is known of the task; if that is a tie too, the lower label. Renaming labels
/// therefore changes an outcome only where two labels are alike in every respect.
/// </summary>
public static class TieBreak
{
    private const double Closeness = 1e-9;

    /// <summary>The best label of one task.</summary>
    /// <param name="posterior">A weight for each label, not negative.</param>
    /// <param name="totals">How often each label was answered in the job; same length.</param>
    public static int Best(ReadOnlySpan<double> posterior, ReadOnlySpan<int> totals)
    {
        var top = posterior[0];
        for (var k = 1; k < posterior.Length; k++) top = Math.Max(top, posterior[k]);

        var best = -1;
        var threshold = top * (1 - Closeness);
        for (var k = 0; k < posterior.Length; k++)
        {
            if (posterior[k] >= threshold && (best < 0 || totals[k] > totals[best])) best = k;
        }

        return best < 0 ? 0 : best;
    }
}
