namespace Crowd.Consensus.Spans;

/// <summary>A stretch of a text with a label.</summary>
/// <param name="Start">The first character or token.</param>
/// <param name="End">One past the last; greater than <paramref name="Start"/>.</param>
/// <param name="Label">From 0.</param>
public readonly record struct TextSpan(int Start, int End, int Label)
{
    public int Length => End - Start;

    /// <summary>How many positions both cover; the label is not looked at.</summary>
    public int Common(TextSpan other) => Math.Max(0, Math.Min(End, other.End) - Math.Max(Start, other.Start));

    /// <summary>Jaccard: common over covered positions, 0 to 1; the label is not looked at.</summary>
    public double Overlap(TextSpan other)
    {
        var common = Common(other);
        return common == 0 ? 0 : (double)common / (Length + other.Length - common);
    }
}
