namespace Crowd.Consensus.Spans;

/// <summary>Agreement of two sets of spans over one text.</summary>
public static class SpanAgreement
{
    /// <summary>F1 by position: twice the positions to which both give the same label over all that either labelled, 0 to 1; two empty sets agree.</summary>
    /// <remarks>Spans of one label within a set are expected not to overlap.</remarks>
    public static double OverlapF1(ReadOnlySpan<TextSpan> left, ReadOnlySpan<TextSpan> right)
    {
        if (left.Length + right.Length == 0) return 1;

        var common = 0L;
        var covered = 0L;
        foreach (var span in left)
        {
            covered += span.Length;
            foreach (var other in right) common += span.Label == other.Label ? span.Common(other) : 0;
        }

        foreach (var span in right) covered += span.Length;
        return covered == 0 ? 1 : Math.Min(1, 2.0 * common / covered);
    }

    /// <summary>F1 by span: start, end and label must all be equal; two empty sets agree.</summary>
    public static double ExactF1(ReadOnlySpan<TextSpan> left, ReadOnlySpan<TextSpan> right)
    {
        if (left.Length + right.Length == 0) return 1;

        var common = 0;
        foreach (var span in left)
        {
            if (right.Contains(span)) common++;
        }

        return 2.0 * common / (left.Length + right.Length);
    }
}
