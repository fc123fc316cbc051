namespace Crowd.Consensus.Learning;

/// <summary>The entries of a long vector that are not nought, by rising index.</summary>
/// <param name="Indexes">0 to the length of the vector − 1, each once.</param>
/// <param name="Values">As many as there are indexes.</param>
public sealed record SparseVector(int[] Indexes, float[] Values)
{
    public static SparseVector Empty { get; } = new([], []);

    /// <summary>The inner product; the cosine where both have the length one.</summary>
    public double Dot(SparseVector other)
    {
        var sum = 0.0;
        int i = 0, j = 0;
        while (i < Indexes.Length && j < other.Indexes.Length)
        {
            var gap = Indexes[i] - other.Indexes[j];
            if (gap == 0) sum += Values[i++] * other.Values[j++];
            else if (gap < 0) i++;
            else j++;
        }

        return sum;
    }
}
