namespace Crowd.Consensus.Rankings;

/// <summary>Borda 1784: an item scores the share of items that each worker put below it.</summary>
public static class Borda
{
    /// <summary>The consolidated order. Workers may rank some of the items only; ties go to the lower item.</summary>
    /// <param name="rankings">For each worker the items, best first, without repeats, 0 to <paramref name="itemCount"/> − 1.</param>
    /// <param name="weights">One positive weight for each worker.</param>
    public static RankingConsensus Of(IReadOnlyList<int[]> rankings, ReadOnlySpan<double> weights, int itemCount)
    {
        var scores = new double[itemCount];
        var totals = new double[itemCount];
        for (var i = 0; i < rankings.Count; i++)
        {
            var ranking = rankings[i];
            for (var place = 0; place < ranking.Length; place++)
            {
                var below = ranking.Length == 1 ? 0.5 : (ranking.Length - 1.0 - place) / (ranking.Length - 1);
                scores[ranking[place]] += weights[i] * below;
                totals[ranking[place]] += weights[i];
            }
        }

        for (var k = 0; k < itemCount; k++) scores[k] = totals[k] > 0 ? scores[k] / totals[k] : 0;
        var order = Enumerable.Range(0, itemCount).Where(k => totals[k] > 0).ToArray();
        Array.Sort(order, (a, b) => Math.Abs(scores[a] - scores[b]) > 1e-12 ? scores[b].CompareTo(scores[a]) : a.CompareTo(b));

        var agreement = 0.0;
        var total = 0.0;
        for (var i = 0; i < rankings.Count; i++)
        {
            agreement += weights[i] * KendallTau.Agreement(rankings[i], order);
            total += weights[i];
        }

        return new RankingConsensus(order, scores, total > 0 ? agreement / total : 0);
    }
}

/// <summary>The order that a task gets.</summary>
/// <param name="Order">The items that anyone ranked, best first.</param>
/// <param name="Scores">For each item 0 (always last) to 1 (always first).</param>
/// <param name="Agreement">The weighted mean agreement of the workers' orders with this one, 0 to 1.</param>
public sealed record RankingConsensus(int[] Order, double[] Scores, double Agreement);
