using Crowd.Consensus.Answers;
using Crowd.Consensus.Numbers;

namespace Crowd.Consensus.Spans;

/// <summary>
/// Spans of several workers over one text: those that overlap most are joined first, a group never takes two spans of one worker, and a group that
/// enough of the workers' weight marked becomes one span, its bounds by weighted vote, or the median where no bound has a majority, its label by vote.
/// </summary>
public static class SpanConsensus
{
    /// <summary>The share of the weight that must have marked a span.</summary>
    public const double DefaultQuorum = 0.5;

    /// <summary>Groups below this mean overlap are not joined.</summary>
    public const double DefaultOverlap = 0.3;

    /// <summary>The consolidated spans in order of the text.</summary>
    /// <param name="answers">For each worker the spans marked; an empty array says that there are none.</param>
    /// <param name="weights">One positive weight for each worker.</param>
    public static List<AgreedSpan> Of(
        IReadOnlyList<TextSpan[]> answers, ReadOnlySpan<double> weights, double quorum = DefaultQuorum, double leastOverlap = DefaultOverlap)
    {
        var total = 0.0;
        foreach (var weight in weights) total += weight;

        var agreed = new List<AgreedSpan>();
        foreach (var group in Groups(answers, leastOverlap))
        {
            var members = new (TextSpan Span, double Weight)[group.Count];
            var share = 0.0;
            for (var i = 0; i < members.Length; i++)
            {
                members[i] = (answers[group[i].Answer][group[i].Position], weights[group[i].Answer]);
                share += members[i].Weight / total;
            }

            if (share >= quorum - 1e-12) agreed.Add(new AgreedSpan(Merge(members), Math.Min(1, share), group.Count));
        }

        agreed.Sort((a, b) => (a.Span.Start, a.Span.End, a.Span.Label).CompareTo((b.Span.Start, b.Span.End, b.Span.Label)));
        return agreed;
    }

    private static TextSpan Merge((TextSpan Span, double Weight)[] members)
    {
        var weights = Array.ConvertAll(members, m => m.Weight);
        var start = Bound(Array.ConvertAll(members, m => m.Span.Start), weights);
        var end = Bound(Array.ConvertAll(members, m => m.Span.End), weights);
        var (label, _) = Heaviest(Array.ConvertAll(members, m => m.Span.Label), weights);
        return new TextSpan(start, Math.Max(start + 1, end), label);
    }

    private static int Bound(int[] positions, double[] weights)
    {
        var (value, share) = Heaviest(positions, weights);
        return share > 0.5 ? value : (int)Math.Round(WeightedMedian.Of(Array.ConvertAll(positions, p => (double)p), weights), MidpointRounding.ToEven);
    }

    /// <summary>The value with most weight, the lower of equals, and its share.</summary>
    private static (int Value, double Share) Heaviest(int[] values, double[] weights)
    {
        var sums = new SortedDictionary<int, double>();
        for (var i = 0; i < values.Length; i++) sums[values[i]] = sums.GetValueOrDefault(values[i]) + weights[i];

        var best = sums.First();
        foreach (var sum in sums)
        {
            if (sum.Value > best.Value + 1e-12) best = sum;
        }

        return (best.Key, best.Value / weights.Sum());
    }

    /// <summary>Labels do not keep spans apart: where the same stretch is marked, the label is put to the vote.</summary>
    private static List<List<PartOfAnswer>> Groups(IReadOnlyList<TextSpan[]> answers, double leastOverlap)
    {
        var counts = answers.Select(a => a.Length).ToArray();
        return CrossWorkerGroups.Of(counts, (x, y) => answers[x.Answer][x.Position].Overlap(answers[y.Answer][y.Position]), leastOverlap);
    }
}

/// <summary>A span that enough workers marked.</summary>
/// <param name="Span">The agreed bounds and label.</param>
/// <param name="Confidence">The share of the workers' weight that marked it, 0 to 1.</param>
/// <param name="Workers">How many marked it.</param>
public readonly record struct AgreedSpan(TextSpan Span, double Confidence, int Workers);
