using Crowd.Consensus.Answers;

namespace Crowd.Consensus.Boxes;

/// <summary>
/// Boxes of several workers on one image: the pair that overlaps most is joined first, a group never takes two boxes of one worker, and a group that
/// enough of the workers' weight drew becomes the weighted average of its boxes.
/// </summary>
public static class BoxConsensus
{
    /// <summary>The share of the weight that must have drawn a box.</summary>
    public const double DefaultQuorum = 0.5;

    /// <summary>Groups below this mean overlap are not joined.</summary>
    public const double DefaultOverlap = 0.4;

    /// <summary>The consolidated boxes from left to right.</summary>
    /// <param name="answers">For each worker the boxes drawn; an empty array says that there is nothing.</param>
    /// <param name="weights">One positive weight for each worker.</param>
    public static List<AgreedBox> Of(
        IReadOnlyList<Box[]> answers, ReadOnlySpan<double> weights, double quorum = DefaultQuorum, double leastOverlap = DefaultOverlap)
    {
        var total = 0.0;
        foreach (var weight in weights) total += weight;

        var agreed = new List<AgreedBox>();
        foreach (var group in Groups(answers, leastOverlap))
        {
            var share = 0.0;
            foreach (var part in group) share += weights[part.Answer] / total;
            if (share >= quorum - 1e-12) agreed.Add(new AgreedBox(Average(answers, group, weights), Math.Min(1, share), group.Count));
        }

        agreed.Sort((a, b) => (a.Box.Left, a.Box.Top, a.Box.Right, a.Box.Bottom).CompareTo((b.Box.Left, b.Box.Top, b.Box.Right, b.Box.Bottom)));
        return agreed;
    }

    private static Box Average(IReadOnlyList<Box[]> answers, List<PartOfAnswer> group, ReadOnlySpan<double> weights)
    {
        double left = 0, top = 0, right = 0, bottom = 0, total = 0;
        foreach (var (worker, position) in group)
        {
            var box = answers[worker][position];
            var weight = weights[worker];
            left += weight * box.Left;
            top += weight * box.Top;
            right += weight * box.Right;
            bottom += weight * box.Bottom;
            total += weight;
        }

        return new Box(left / total, top / total, right / total, bottom / total, answers[group[0].Answer][group[0].Position].Label);
    }

    private static List<List<PartOfAnswer>> Groups(IReadOnlyList<Box[]> answers, double leastOverlap)
    {
        var counts = answers.Select(a => a.Length).ToArray();
        return CrossWorkerGroups.Of(counts, Similarity, leastOverlap);

        double Similarity(PartOfAnswer x, PartOfAnswer y)
        {
            var (left, right) = (answers[x.Answer][x.Position], answers[y.Answer][y.Position]);
            return left.Label == right.Label ? left.Overlap(right) : -1;
        }
    }
}

/// <summary>A box that enough workers drew.</summary>
/// <param name="Box">The weighted average of the boxes of its group.</param>
/// <param name="Confidence">The share of the workers' weight that drew it, 0 to 1.</param>
/// <param name="Workers">How many drew it.</param>
public readonly record struct AgreedBox(Box Box, double Confidence, int Workers);
