namespace Crowd.Consensus.Text;

/// <summary>Levenshtein 1966: the fewest insertions, deletions and substitutions that turn one sequence into another.</summary>
public static class EditDistance
{
    private const int StackLimit = 512;

    /// <summary>Over characters or any other comparable things; memory grows with the shorter sequence.</summary>
    public static int Between<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right)
        where T : IEquatable<T>
    {
        if (left.Length < right.Length) return Between(right, left);

        Span<int> row = right.Length < StackLimit ? stackalloc int[right.Length + 1] : new int[right.Length + 1];
        for (var j = 0; j <= right.Length; j++) row[j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var above = row[j];
                var substituted = diagonal + (left[i - 1].Equals(right[j - 1]) ? 0 : 1);
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, substituted);
                diagonal = above;
            }
        }

        return row[right.Length];
    }

    /// <summary>1 − distance / longer length, over tokens or other things: 1 for equal sequences, 0 for ones without anything in common.</summary>
    public static double Similarity<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right)
        where T : IEquatable<T>
    {
        var longer = Math.Max(left.Length, right.Length);
        return longer == 0 ? 1 : 1 - ((double)Between(left, right) / longer);
    }

    /// <summary>1 − distance / longer length, by characters: 1 for equal texts, 0 for texts without a character in common.</summary>
    public static double Similarity(string left, string right) => Similarity(left.AsSpan(), right.AsSpan());
}
