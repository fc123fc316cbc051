using Crowd.Consensus.Agreement;
using Crowd.Consensus.Boxes;
using Crowd.Consensus.Categories;
using Crowd.Consensus.MultiChoice;
using Crowd.Consensus.Numbers;
using Crowd.Consensus.Rankings;
using Crowd.Consensus.Spans;
using Crowd.Consensus.Text;

namespace Crowd.Domain;

/// <summary>
/// What the answers of one task add up to, given what is known of their workers: a posterior over the labels where they form a finite set
/// (<see cref="OnlineBayes"/>), else the consolidation and the agreement measure of the kind (FEATURES section 2).
/// </summary>
public static class ConsensusRule
{
    /// <summary>Halves that differ by less are equal: sums of logarithms differ in their last digits by the order of the answers.</summary>
    private const double Closeness = 1e-9;

    /// <summary>Evaluates at least one ballot. The order of the ballots does not change the label or the confidence.</summary>
    public static Evaluation Evaluate(LabelSchema schema, IReadOnlyList<Ballot> ballots)
    {
        if (ballots.Count == 0)
            throw new ArgumentException("There is no answer to evaluate.", nameof(ballots));
        var weights = new double[ballots.Count];
        for (var i = 0; i < weights.Length; i++)
            weights[i] = ballots[i].Trust.Skill;

        var (label, confidence) = Encode.Categories(schema) is { } categories
            ? ByCategory(schema, ballots, weights, categories)
            : ByMeasure(schema, ballots, weights);

        var votes = new Vote[ballots.Count];
        for (var i = 0; i < votes.Length; i++)
        {
            votes[i] = new()
            {
                Assignment = ballots[i].Assignment,
                Worker = ballots[i].Worker,
                Weight = Math.Round(weights[i], 6),
                Agrees = Agreement.Agrees(schema, ballots[i].Answer, label),
            };
        }

        return new(label, Math.Round(Math.Clamp(confidence, 0, 1), 9), votes);
    }

    /// <summary>
    /// How likely each label is given the answers and how far their workers are trusted, 0 to 1: of all labels where they form a finite set (adding up to one), of
    /// each label by itself for a multi choice; nothing for other kinds.
    /// </summary>
    public static IReadOnlyList<(Answer Label, double Probability)> Posterior(LabelSchema schema, IReadOnlyList<(Answer Answer, double Skill)> votes)
    {
        if (schema is LabelSchema.MultiChoice multi)
        {
            return [.. multi.Labels.Select(label =>
            {
                var evidence = votes.Sum(v => OnlineBayes.Evidence(v.Skill, 2) * (((Answer.Choices)v.Answer).Labels.Contains(label, StringComparer.Ordinal) ? 1 : -1));
                return ((Answer)new Answer.Choices(new([label])), 1 / (1 + Math.Exp(-evidence)));
            })];
        }

        if (Encode.Categories(schema) is not { } categories)
            return [];
        var posterior = new double[categories];
        foreach (var (answer, skill) in votes)
            posterior[Encode.Category(schema, answer)] += OnlineBayes.Evidence(skill, categories);
        OnlineBayes.Normalise(posterior, posterior);
        return [.. posterior.Select((p, k) => (Encode.Answer(schema, k), p))];
    }

    private static (Answer Label, double Confidence) ByCategory(LabelSchema schema, IReadOnlyList<Ballot> ballots, double[] weights, int categories)
    {
        Span<double> posterior = stackalloc double[Math.Max(categories, 1)];
        Span<int> counts = stackalloc int[categories];
        posterior.Clear();
        counts.Clear();
        for (var i = 0; i < weights.Length; i++)
        {
            var category = Encode.Category(schema, ballots[i].Answer);
            posterior[category] += OnlineBayes.Evidence(weights[i], categories);
            counts[category]++;
        }

        OnlineBayes.Normalise(posterior, posterior);
        var best = TieBreak.Best(posterior, counts);
        return (Encode.Answer(schema, best), posterior[best]);
    }

    private static (Answer Label, double Confidence) ByMeasure(LabelSchema schema, IReadOnlyList<Ballot> ballots, double[] weights)
    {
        switch (schema)
        {
            case LabelSchema.MultiChoice s:
                return LabelSet(s, ballots, weights);
            case LabelSchema.Number s:
                var values = ballots.Select(b => ((Answer.Numeric)b.Answer).Value).ToArray();
                var middle = WeightedMedian.Of(values, weights);
                return Measured(s, new Answer.Numeric(s.Whole ? Math.Round(middle, MidpointRounding.ToEven) : middle), ballots, weights);
            case LabelSchema.FreeText s:
                var texts = ballots.Select(b => ((Answer.Written)b.Answer).Text).ToArray();
                return Measured(s, ballots[TextMedoid.Of(texts, weights).Answer].Answer, ballots, weights);
            case LabelSchema.Boxes s:
                var boxes = BoxConsensus.Of([.. ballots.Select(b => Encode.Boxes(s, (Answer.Boxed)b.Answer))], weights);
                var boxed = new Answer.Boxed(new(boxes.Select(b => new Box(s.Classes[b.Box.Label], b.Box.Left, b.Box.Top, b.Box.Right - b.Box.Left, b.Box.Bottom - b.Box.Top))));
                return Measured(s, s.Normalise(boxed), ballots, weights);
            case LabelSchema.Spans s:
                var spans = SpanConsensus.Of([.. ballots.Select(b => Encode.Spans(s, (Answer.Spanned)b.Answer))], weights);
                return Measured(s, s.Normalise(new Answer.Spanned(new(spans.Select(x => new Span(s.Classes[x.Span.Label], x.Span.Start, x.Span.End))))), ballots, weights);
            case LabelSchema.Ranking s:
                var items = ballots.SelectMany(b => ((Answer.Ranked)b.Answer).Order).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
                var order = Borda.Of([.. ballots.Select(b => Encode.Ranks((Answer.Ranked)b.Answer, items))], weights, items.Count).Order;
                return Measured(s, new Answer.Ranked(new(order.Select(i => items[i]))), ballots, weights);
            default:
                throw new InvalidOperationException($"No rule for {schema.GetType().Name}.");
        }
    }

    /// <summary>Each label is a question with two answers; the confidence is that of the least certain label.</summary>
    private static (Answer Label, double Confidence) LabelSet(LabelSchema.MultiChoice schema, IReadOnlyList<Ballot> ballots, double[] weights)
    {
        var chosen = new List<string>();
        var confidence = 1.0;
        Span<double> posterior = stackalloc double[2];
        foreach (var label in schema.Labels)
        {
            posterior.Clear();
            for (var i = 0; i < weights.Length; i++)
            {
                var has = ((Answer.Choices)ballots[i].Answer).Labels.Contains(label, StringComparer.Ordinal);
                posterior[has ? 1 : 0] += OnlineBayes.Evidence(weights[i], 2);
            }

            OnlineBayes.Normalise(posterior, posterior);
            if (posterior[1] > 0.5 + Closeness)
                chosen.Add(label);
            confidence = Math.Min(confidence, Math.Max(posterior[0], posterior[1]));
        }

        return (new Answer.Choices(new(chosen)), confidence);
    }

    /// <summary>The confidence is the agreement of the answers with each other: a single answer confirms nothing.</summary>
    private static (Answer Label, double Confidence) Measured(LabelSchema schema, Answer label, IReadOnlyList<Ballot> ballots, double[] weights) =>
        (label, MeanAgreement.OfPairs(weights, (i, j) => Agreement.Between(schema, ballots[i].Answer, ballots[j].Answer)));
}
