namespace Crowd.Consensus.Rankings;

/// <summary>Kendall 1938: how far two orders of the same items agree.</summary>
public static class KendallTau
{
    /// <summary>(pairs in the same order − pairs in opposite order) / all pairs of items that both orders hold, −1 to 1; NaN below two common items.</summary>
    /// <param name="left">Items, best first, without repeats.</param>
    /// <param name="right">Items, best first, without repeats.</param>
    public static double Between(ReadOnlySpan<int> left, ReadOnlySpan<int> right)
    {
        var places = new Dictionary<int, int>(right.Length);
        for (var i = 0; i < right.Length; i++) places[right[i]] = i;

        var common = new List<int>(left.Length);
        foreach (var item in left)
        {
            if (places.TryGetValue(item, out var place)) common.Add(place);
        }

        if (common.Count < 2) return double.NaN;

        var balance = 0L;
        for (var i = 0; i < common.Count; i++)
        {
            for (var j = i + 1; j < common.Count; j++) balance += common[i] < common[j] ? 1 : -1;
        }

        return balance / (0.5 * common.Count * (common.Count - 1));
    }

    /// <summary>Tau moved to 0 (opposite orders) to 1 (the same order); ½ where nothing can be compared.</summary>
    public static double Agreement(ReadOnlySpan<int> left, ReadOnlySpan<int> right)
    {
        var tau = Between(left, right);
        return double.IsNaN(tau) ? 0.5 : (tau + 1) / 2;
    }
}
