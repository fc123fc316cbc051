using Crowd.Consensus.Boxes;
using Crowd.Consensus.MultiChoice;
using Crowd.Consensus.Rankings;
using Crowd.Consensus.Spans;
using Crowd.Consensus.Text;

namespace Crowd.Consensus.Agreement;

/// <summary>
/// Krippendorff's alpha of answers that are neither numbers nor single labels: one minus the agreement of two answers stands for their squared difference
/// (Passonneau 2006 for sets). Answer <c>i</c> gave task <c>tasks[i]</c> the value at <c>i</c>.
/// </summary>
public static class AlphaOfKinds
{
    /// <summary>Sets of labels by MASI, each sorted ascending.</summary>
    public static Coefficient Masi(ReadOnlySpan<int> tasks, IReadOnlyList<int[]> sets) =>
        KrippendorffAlpha.Of(tasks, (i, j) => 1 - SetAgreement.Masi(sets[i], sets[j]));

    /// <summary>Sets of labels by Jaccard's share of common labels, each sorted ascending.</summary>
    public static Coefficient Sets(ReadOnlySpan<int> tasks, IReadOnlyList<int[]> sets) =>
        KrippendorffAlpha.Of(tasks, (i, j) => 1 - SetAgreement.Jaccard(sets[i], sets[j]));

    /// <summary>Boxes by F1 of the matching at an overlap.</summary>
    public static Coefficient Boxes(ReadOnlySpan<int> tasks, IReadOnlyList<Box[]> boxes, double leastOverlap = BoxAgreement.DefaultOverlap) =>
        KrippendorffAlpha.Of(tasks, (i, j) => 1 - BoxAgreement.F1(boxes[i], boxes[j], leastOverlap));

    /// <summary>Spans by position (token or character).</summary>
    public static Coefficient Spans(ReadOnlySpan<int> tasks, IReadOnlyList<TextSpan[]> spans) =>
        KrippendorffAlpha.Of(tasks, (i, j) => 1 - SpanAgreement.OverlapF1(spans[i], spans[j]));

    /// <summary>Texts by edit distance over the longer length.</summary>
    public static Coefficient Texts(ReadOnlySpan<int> tasks, IReadOnlyList<string> texts) =>
        KrippendorffAlpha.Of(tasks, (i, j) => 1 - EditDistance.Similarity(texts[i], texts[j]));

    /// <summary>Orders of items by Kendall's tau.</summary>
    public static Coefficient Rankings(ReadOnlySpan<int> tasks, IReadOnlyList<int[]> orders) =>
        KrippendorffAlpha.Of(tasks, (i, j) => 1 - KendallTau.Agreement(orders[i], orders[j]));
}
