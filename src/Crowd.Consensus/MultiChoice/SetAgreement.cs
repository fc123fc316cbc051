namespace Crowd.Consensus.MultiChoice;

/// <summary>Agreement of two sets of labels, each sorted ascending without repeats.</summary>
public static class SetAgreement
{
    /// <summary>Jaccard 1901: common over all labels; two empty sets agree.</summary>
    public static double Jaccard(ReadOnlySpan<int> left, ReadOnlySpan<int> right)
    {
        var common = Common(left, right);
        var all = left.Length + right.Length - common;
        return all == 0 ? 1 : (double)common / all;
    }

    /// <summary>
    /// Passonneau 2006: Jaccard times a factor for how the sets lie: 1 if equal, 2/3 if one holds the other, 1/3 if they overlap, 0 if apart.
    /// </summary>
    public static double Masi(ReadOnlySpan<int> left, ReadOnlySpan<int> right)
    {
        var common = Common(left, right);
        if (left.Length == right.Length && common == left.Length) return 1;
        if (common == 0) return 0;

        var held = common == left.Length || common == right.Length;
        return Jaccard(left, right) * (held ? 2.0 / 3 : 1.0 / 3);
    }

    private static int Common(ReadOnlySpan<int> left, ReadOnlySpan<int> right)
    {
        var common = 0;
        for (int i = 0, j = 0; i < left.Length && j < right.Length;)
        {
            if (left[i] == right[j]) common++;
            var step = left[i].CompareTo(right[j]);
            if (step <= 0) i++;
            if (step >= 0) j++;
        }

        return common;
    }
}
