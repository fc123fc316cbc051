using Crowd.Consensus.Agreement;

namespace Crowd.Consensus.Text;

/// <summary>The answer that stands closest to all the others.</summary>
public static class TextMedoid
{
    /// <summary>The position of the medoid and its support, 0 to 1. Ties go to the text that comes first in ordinal order.</summary>
    /// <param name="texts">At least one answer.</param>
    /// <param name="weights">One positive weight for each answer.</param>
    public static TextChoice Of(IReadOnlyList<string> texts, ReadOnlySpan<double> weights)
    {
        ArgumentOutOfRangeException.ThrowIfZero(texts.Count);
        var support = MeanAgreement.Support(weights, (i, j) => EditDistance.Similarity(texts[i], texts[j]));
        var best = 0;
        for (var i = 1; i < support.Length; i++)
        {
            var difference = support[i] - support[best];
            if (difference > 1e-12 || (difference > -1e-12 && string.CompareOrdinal(texts[i], texts[best]) < 0)) best = i;
        }

        return new TextChoice(best, support[best]);
    }
}

/// <summary>One answer chosen from several.</summary>
/// <param name="Answer">Position of the chosen answer.</param>
/// <param name="Support">Its weighted mean similarity with the others, 0 to 1; 0 where there are none.</param>
public readonly record struct TextChoice(int Answer, double Support);
