using Crowd.Consensus.Text;

namespace Crowd.Consensus.Learning;

/// <summary>
/// A text as hashed n-grams (feature hashing, Weinberger et al. 2009): its words, pairs of neighbouring words (its beginning and end are such
/// neighbours), and the pieces of three to five characters inside each word. Counts are damped to 1 + ln(count), and the whole has the length one, so that the inner product of two texts is their cosine.
/// Cases are ignored. No word list and no state: the same text gives the same features in every process.
/// </summary>
public static class TextFeatures
{
    /// <summary>Buckets that features are hashed to: 2^16.</summary>
    public const int Dimensions = 1 << 16;

    /// <summary>Characters beyond this do not count; a longer text says no more of its label than its beginning.</summary>
    public const int MostCharacters = 20_000;

    private const int ShortestPiece = 3;
    private const int LongestPiece = 5;

    /// <summary>Pieces of words repeat what the words say, so each counts less.</summary>
    private const float PieceWeight = 0.5f;

    private const float WordWeight = 1;

    /// <summary>The text's features.</summary>
    public static SparseVector Of(string text)
    {
        var cut = text.Length > MostCharacters ? text[..MostCharacters] : text;
        var counts = new Dictionary<int, (float Count, float Weight)>();
        var previous = "";
        foreach (var token in TextTokens.Of(cut.ToLowerInvariant()))
        {
            Count(counts, 'w', token, WordWeight);
            Count(counts, 'p', $"{previous} {token}", WordWeight);
            previous = token;
            Pieces(counts, $"<{token}>");
        }

        if (previous.Length > 0) Count(counts, 'p', $"{previous} ", WordWeight);
        return Scaled(counts);
    }

    private static void Pieces(Dictionary<int, (float Count, float Weight)> counts, string word)
    {
        for (var length = ShortestPiece; length <= LongestPiece; length++)
        {
            for (var start = 0; start + length <= word.Length; start++) Count(counts, 'c', word.AsSpan(start, length), PieceWeight);
        }
    }

    private static void Count(Dictionary<int, (float Count, float Weight)> counts, char kind, ReadOnlySpan<char> gram, float weight)
    {
        var bucket = (int)(Hash(kind, gram) & (Dimensions - 1));
        var known = counts.GetValueOrDefault(bucket);
        counts[bucket] = (known.Count + 1, Math.Max(known.Weight, weight));
    }

    /// <summary>FNV-1a over the UTF-16 units, mixed at the end so that its low bits are good (Appleby's 32 bit finaliser).</summary>
    private static uint Hash(char kind, ReadOnlySpan<char> gram)
    {
        var hash = (2166136261u ^ kind) * 16777619u;
        foreach (var c in gram) hash = (hash ^ c) * 16777619u;
        hash ^= hash >> 16;
        hash *= 0x85ebca6b;
        hash ^= hash >> 13;
        hash *= 0xc2b2ae35;
        return hash ^ (hash >> 16);
    }

    private static SparseVector Scaled(Dictionary<int, (float Count, float Weight)> counts)
    {
        if (counts.Count == 0) return SparseVector.Empty;

        int[] indexes = [.. counts.Keys.Order()];
        var values = new float[indexes.Length];
        var squares = 0.0;
        for (var i = 0; i < indexes.Length; i++)
        {
            var (count, weight) = counts[indexes[i]];
            values[i] = weight * (1 + MathF.Log(count));
            squares += values[i] * values[i];
        }

        var scale = (float)(1 / Math.Sqrt(squares));
        for (var i = 0; i < values.Length; i++) values[i] *= scale;
        return new SparseVector(indexes, values);
    }
}
