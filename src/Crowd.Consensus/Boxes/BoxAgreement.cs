namespace Crowd.Consensus.Boxes;

/// <summary>Agreement of two sets of boxes.</summary>
public static class BoxAgreement
{
    /// <summary>Boxes of one class that overlap at least this much count as the same.</summary>
    public const double DefaultOverlap = 0.5;

    /// <summary>The matching F1, 0 to 1: twice the matched pairs over all boxes; two empty sets agree.</summary>
    public static double F1(ReadOnlySpan<Box> left, ReadOnlySpan<Box> right, double leastOverlap = DefaultOverlap)
    {
        if (left.Length + right.Length == 0) return 1;

        return 2.0 * Match(left, right, leastOverlap).Count / (left.Length + right.Length);
    }

    /// <summary>Pairs of positions with their overlap, the most overlapping first, no box twice; equal overlaps in order of position.</summary>
    public static List<(int Left, int Right, double Overlap)> Match(ReadOnlySpan<Box> left, ReadOnlySpan<Box> right, double leastOverlap = DefaultOverlap)
    {
        var candidates = new List<(int Left, int Right, double Overlap)>();
        for (var i = 0; i < left.Length; i++)
        {
            for (var j = 0; j < right.Length; j++)
            {
                var overlap = left[i].Label == right[j].Label ? left[i].Overlap(right[j]) : 0;
                if (overlap > 0 && overlap >= leastOverlap) candidates.Add((i, j, overlap));
            }
        }

        candidates.Sort((a, b) => a.Overlap.Equals(b.Overlap) ? (a.Left, a.Right).CompareTo((b.Left, b.Right)) : b.Overlap.CompareTo(a.Overlap));
        var takenLeft = new bool[left.Length];
        var takenRight = new bool[right.Length];
        var pairs = new List<(int Left, int Right, double Overlap)>();
        foreach (var candidate in candidates)
        {
            if (takenLeft[candidate.Left] || takenRight[candidate.Right]) continue;

            takenLeft[candidate.Left] = takenRight[candidate.Right] = true;
            pairs.Add(candidate);
        }

        return pairs;
    }
}
