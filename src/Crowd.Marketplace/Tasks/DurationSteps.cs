using System.Globalization;

namespace Crowd.Marketplace.Tasks;

/// <summary>
/// Times of answers in steps of a quarter of a doubling, from a millisecond up: a median read from counts by step is off by less than a tenth, whatever
/// the number of answers.
/// </summary>
public static class DurationSteps
{
    private const double StepsPerDoubling = 4;

    /// <summary>The step of a time: 0 for up to a millisecond.</summary>
    public static int Of(long milliseconds) => milliseconds <= 1 ? 0 : (int)Math.Floor(Math.Log2(milliseconds) * StepsPerDoubling);

    /// <summary>Milliseconds where the step begins.</summary>
    public static double From(int step) => Math.Pow(2, step / StepsPerDoubling);

    /// <summary>The time below which the share of the answers lies, in milliseconds, even within a step; null without answers.</summary>
    /// <param name="counts">Answers by step, in any order.</param>
    /// <param name="share">0 to 1; one half for the median.</param>
    public static double? Quantile(IReadOnlyCollection<(int Step, long Count)> counts, double share)
    {
        var left = counts.Sum(c => c.Count) * share;
        if (left <= 0)
            return null;
        foreach (var (step, count) in counts.OrderBy(c => c.Step))
        {
            if (left <= count)
                return From(step) + ((From(step + 1) - From(step)) * (left / count));
            left -= count;
        }

        throw new InvalidOperationException($"A share of {share.ToString(CultureInfo.InvariantCulture)} lies beyond the counts.");
    }
}
