using Crowd.Consensus.Categories;

namespace Crowd.Consensus.Pairwise;

/// <summary>The share of its comparisons that an item won, smoothed by half a win and half a loss, in logits.</summary>
public static class WinShare
{
    public const string Name = "win-share";

    /// <summary>One pass; ties are half a win.</summary>
    public static PairwiseResult Run(ReadOnlySpan<Comparison> comparisons, int items, int workers)
    {
        var wins = new double[items];
        var counts = new double[items];
        foreach (var c in comparisons)
        {
            wins[c.Left] += c.Outcome;
            wins[c.Right] += 1 - c.Outcome;
            counts[c.Left]++;
            counts[c.Right]++;
        }

        var scores = new double[items];
        var errors = new double[items];
        for (var k = 0; k < items; k++)
        {
            var share = (wins[k] + 0.5) / (counts[k] + 1);
            scores[k] = Math.Log(share / (1 - share));
            errors[k] = 1 / Math.Sqrt((counts[k] + 1) * share * (1 - share));
        }

        var mean = items == 0 ? 0 : scores.Average();
        for (var k = 0; k < items; k++) scores[k] -= mean;
        var reliabilities = new double[workers];
        Array.Fill(reliabilities, 1);
        return new PairwiseResult { Method = Name, Scores = scores, Errors = errors, Reliabilities = reliabilities, Fit = Fit.OnePass };
    }
}
