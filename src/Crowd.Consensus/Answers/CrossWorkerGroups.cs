namespace Crowd.Consensus.Answers;

/// <summary>Where a part of an answer stands: which answer, and which of its boxes or spans.</summary>
internal readonly record struct PartOfAnswer(int Answer, int Position);

/// <summary>
/// Average-linkage clustering of the parts of several workers' answers to one task, in which no group holds two parts of one answer. The most
/// similar groups are joined first; equal similarities in order of position.
/// </summary>
internal static class CrossWorkerGroups
{
    private const double Never = double.NegativeInfinity;

    /// <summary>Clusters the parts.</summary>
    /// <param name="counts">How many parts each answer has.</param>
    /// <param name="similarity">Of two parts of different answers; negative if they may never be joined.</param>
    /// <param name="least">Groups of a lower mean similarity are not joined.</param>
    /// <returns>Every part once, in groups sorted within.</returns>
    public static List<List<PartOfAnswer>> Of(ReadOnlySpan<int> counts, Func<PartOfAnswer, PartOfAnswer, double> similarity, double least)
    {
        var groups = new List<List<PartOfAnswer>>();
        for (var a = 0; a < counts.Length; a++)
        {
            for (var p = 0; p < counts[a]; p++) groups.Add([new PartOfAnswer(a, p)]);
        }

        var matrix = Similarities(groups, similarity);
        while (Closest(matrix, groups, least) is var (keep, drop) && keep >= 0) Join(matrix, groups, keep, drop);

        groups.RemoveAll(g => g.Count == 0);
        foreach (var group in groups) group.Sort((x, y) => (x.Answer, x.Position).CompareTo((y.Answer, y.Position)));
        return groups;
    }

    private static double[,] Similarities(List<List<PartOfAnswer>> groups, Func<PartOfAnswer, PartOfAnswer, double> similarity)
    {
        var matrix = new double[groups.Count, groups.Count];
        for (var i = 0; i < groups.Count; i++)
        {
            for (var j = i + 1; j < groups.Count; j++)
            {
                var (x, y) = (groups[i][0], groups[j][0]);
                var value = x.Answer == y.Answer ? Never : similarity(x, y);
                matrix[i, j] = matrix[j, i] = value < 0 ? Never : value;
            }
        }

        return matrix;
    }

    private static (int Keep, int Drop) Closest(double[,] matrix, List<List<PartOfAnswer>> groups, double least)
    {
        (int Keep, int Drop) pair = (-1, -1);
        var best = double.NegativeInfinity;
        for (var i = 0; i < groups.Count; i++)
        {
            if (groups[i].Count == 0) continue;

            for (var j = i + 1; j < groups.Count; j++)
            {
                if (groups[j].Count == 0 || matrix[i, j] < least || matrix[i, j] <= best) continue;

                best = matrix[i, j];
                pair = (i, j);
            }
        }

        return pair;
    }

    /// <summary>The mean similarity of a joined group to another is the mean of its halves', weighted by their sizes.</summary>
    private static void Join(double[,] matrix, List<List<PartOfAnswer>> groups, int keep, int drop)
    {
        double size = groups[keep].Count + groups[drop].Count;
        for (var i = 0; i < groups.Count; i++)
        {
            var mean = ((groups[keep].Count / size) * matrix[keep, i]) + ((groups[drop].Count / size) * matrix[drop, i]);
            matrix[keep, i] = matrix[i, keep] = mean;
        }

        groups[keep].AddRange(groups[drop]);
        groups[drop].Clear();
    }
}
