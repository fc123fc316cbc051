using Crowd.Consensus.Boxes;
using Crowd.Consensus.MultiChoice;
using Crowd.Consensus.Numbers;
using Crowd.Consensus.Rankings;
using Crowd.Consensus.Spans;
using Crowd.Consensus.Text;

namespace Crowd.Domain;

/// <summary>How far two answers to one task agree, by the measure of their kind (FEATURES section 2).</summary>
public static class Agreement
{
    /// <summary>Texts agree from this similarity (1 less the edit distance by length).</summary>
    public const double TextAgreesAt = 0.8;

    /// <summary>Box sets agree from this F1 at an overlap of one half.</summary>
    public const double BoxesAgreeAt = 0.5;

    /// <summary>Span sets agree from this F1 by character.</summary>
    public const double SpansAgreeAt = 0.5;

    /// <summary>Rankings agree from this share of pairs in the same order.</summary>
    public const double RankingsAgreeAt = 0.8;

    /// <summary>Label sets agree from this Jaccard index.</summary>
    public const double SetsAgreeAt = 0.75;

    private const double BoxOverlap = 0.5;

    /// <summary>Agreement from 0 (none) to 1 (the same).</summary>
    public static double Between(LabelSchema schema, Answer left, Answer right) => (schema, left, right) switch
    {
        (LabelSchema.MultiChoice s, Answer.Choices a, Answer.Choices b) => SetAgreement.Jaccard(Encode.Labels(s, a), Encode.Labels(s, b)),
        (LabelSchema.Rating s, Answer.Rated a, Answer.Rated b) => 1 - (Math.Abs((double)a.Value - b.Value) / (s.To - s.From)),
        (LabelSchema.Number s, Answer.Numeric a, Answer.Numeric b) => NumberAgreement.Closeness(a.Value, b.Value, Tolerance(s)),
        (_, Answer.Written a, Answer.Written b) => EditDistance.Similarity(a.Text, b.Text),
        (LabelSchema.Boxes s, Answer.Boxed a, Answer.Boxed b) => BoxAgreement.F1(Encode.Boxes(s, a), Encode.Boxes(s, b), BoxOverlap),
        (LabelSchema.Spans s, Answer.Spanned a, Answer.Spanned b) => SpanAgreement.OverlapF1(Encode.Spans(s, a), Encode.Spans(s, b)),
        (_, Answer.Ranked a, Answer.Ranked b) => Encode.Ranks(a, b) is var (x, y) ? KendallTau.Agreement(x, y) : 0,
        _ => left == right ? 1 : 0,
    };

    /// <summary>Whether an answer agrees with a label well enough to be paid as agreeing.</summary>
    public static bool Agrees(LabelSchema schema, Answer answer, Answer label) => (schema, answer, label) switch
    {
        (LabelSchema.Rating s, Answer.Rated a, Answer.Rated b) => Math.Abs((long)a.Value - b.Value) <= s.Tolerance,
        (LabelSchema.Number s, Answer.Numeric a, Answer.Numeric b) => NumberAgreement.Closeness(a.Value, b.Value, Tolerance(s)) >= 1,
        (LabelSchema.MultiChoice, _, _) => Between(schema, answer, label) >= SetsAgreeAt,
        (LabelSchema.FreeText, _, _) => Between(schema, answer, label) >= TextAgreesAt,
        (LabelSchema.Boxes, _, _) => Between(schema, answer, label) >= BoxesAgreeAt,
        (LabelSchema.Spans, _, _) => Between(schema, answer, label) >= SpansAgreeAt,
        (LabelSchema.Ranking, _, _) => Between(schema, answer, label) >= RankingsAgreeAt,
        _ => answer == label,
    };

    private static Tolerance Tolerance(LabelSchema.Number schema) => schema.Tolerance > 0 ? new(schema.Tolerance, 0) : Crowd.Consensus.Numbers.Tolerance.Default;
}
