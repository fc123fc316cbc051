using Crowd.Consensus.Pairwise;

namespace Crowd.Consensus.Rankings;

/// <summary>Orders of one list of items by several workers, merged in other ways than <see cref="Borda"/>.</summary>
public static class RankingMethods
{
    public const string BordaName = "borda";
    public const string KendallName = "kendall";

    /// <summary>
    /// The order with the least weighted Kendall distance to all answers (Kemeny 1959), found from Borda's order by moving single items until no move
    /// helps. Exact for lists where that search has one valley, which is usual below a dozen items.
    /// </summary>
    /// <inheritdoc cref="Borda.Of"/>
    public static RankingConsensus Kendall(IReadOnlyList<int[]> rankings, ReadOnlySpan<double> weights, int itemCount)
    {
        var start = Borda.Of(rankings, weights, itemCount);
        var order = start.Order.ToList();
        var preferred = Preferences(rankings, weights, itemCount);
        while (Improve(order, preferred))
        {
        }

        int[] final = [.. order];
        return start with { Order = final, Agreement = Agreement(rankings, weights, final) };
    }

    /// <summary>Each order taken apart into comparisons of every two of its items, for <see cref="BradleyTerry"/>.</summary>
    /// <param name="ranking">Items, best first.</param>
    public static IEnumerable<Comparison> Pairs(int worker, IReadOnlyList<int> ranking)
    {
        for (var i = 0; i < ranking.Count; i++)
        {
            for (var j = i + 1; j < ranking.Count; j++)
            {
                // The side is given by the item, not by its place, so that no worker looks as if he favoured the left.
                var (left, right) = ranking[i] < ranking[j] ? (ranking[i], ranking[j]) : (ranking[j], ranking[i]);
                yield return new Comparison(worker, left, right, left == ranking[i] ? Comparison.LeftWins : Comparison.RightWins);
            }
        }
    }

    /// <summary>The weighted mean agreement, 0 to 1, of all answers with an order.</summary>
    public static double Agreement(IReadOnlyList<int[]> rankings, ReadOnlySpan<double> weights, int[] order)
    {
        double agreement = 0, total = 0;
        for (var i = 0; i < rankings.Count; i++)
        {
            agreement += weights[i] * KendallTau.Agreement(rankings[i], order);
            total += weights[i];
        }

        return total > 0 ? agreement / total : 0;
    }

    private static double[,] Preferences(IReadOnlyList<int[]> rankings, ReadOnlySpan<double> weights, int itemCount)
    {
        var preferred = new double[itemCount, itemCount];
        for (var r = 0; r < rankings.Count; r++)
        {
            var ranking = rankings[r];
            for (var i = 0; i < ranking.Length; i++)
            {
                for (var j = i + 1; j < ranking.Length; j++) preferred[ranking[i], ranking[j]] += weights[r];
            }
        }

        return preferred;
    }

    private static bool Improve(List<int> order, double[,] preferred)
    {
        for (var from = 0; from < order.Count; from++)
        {
            var item = order[from];
            var gain = 0.0;
            for (var to = from - 1; to >= 0; to--)
            {
                gain += preferred[item, order[to]] - preferred[order[to], item];
                if (gain > 1e-9) return Move(order, from, to);
            }

            gain = 0;
            for (var to = from + 1; to < order.Count; to++)
            {
                gain += preferred[order[to], item] - preferred[item, order[to]];
                if (gain > 1e-9) return Move(order, from, to);
            }
        }

        return false;
    }

    private static bool Move(List<int> order, int from, int to)
    {
        var item = order[from];
        order.RemoveAt(from);
        order.Insert(to, item);
        return true;
    }
}
