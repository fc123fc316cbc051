using Crowd.Consensus.Categories;

namespace Crowd.Domain;

/// <summary>
/// What a model version's predictions are worth on a job, learnt as a worker's answers are: a confusion matrix over the labels for each band of stated confidence, so
/// that what a stated confidence is worth follows from people and not from the model. Not safe for concurrent use.
/// </summary>
public sealed class ModelTrust(int categories)
{
    /// <summary>Stated confidences from which a higher band begins. A prediction that states none is in the lowest.</summary>
    private static readonly double[] Bands = [0.6, 0.8, 0.95];

    private readonly double[] _counts = new double[(Bands.Length + 1) * categories * categories];

    /// <summary>The band of a stated confidence, from 0.</summary>
    public static int BandOf(double? confidence) => confidence is { } stated ? Array.FindLastIndex(Bands, b => stated >= b) + 1 : 0;

    /// <summary>Learns that people's label was the one where the model said the other.</summary>
    /// <param name="confidence">As the model stated it.</param>
    /// <param name="truth">Category of people's label.</param>
    /// <param name="said">Category of the prediction.</param>
    public void Learn(double? confidence, int truth, int said) => _counts[Place(confidence, truth, said)]++;

    /// <summary>
    /// The probability of what was said, given the true label. Before any experience a prediction is worth a newcomer's answer (<see cref="Trust.PriorRight"/> of
    /// <see cref="Trust.PriorJudged"/>).
    /// </summary>
    public double Likelihood(double? confidence, int truth, int said)
    {
        var sum = Trust.PriorJudged;
        for (var l = 0; l < categories; l++)
            sum += _counts[Place(confidence, truth, l)];
        var prior = truth == said ? Trust.PriorRight : (Trust.PriorJudged - Trust.PriorRight) / Math.Max(1, categories - 1);
        return (prior + _counts[Place(confidence, truth, said)]) / sum;
    }

    /// <summary>The probability that the label is right, all labels being equally likely beforehand.</summary>
    public double Weight(double? confidence, int said)
    {
        var sum = 0.0;
        for (var k = 0; k < categories; k++)
            sum += Likelihood(confidence, k, said);
        return Likelihood(confidence, said, said) / sum;
    }

    /// <summary>
    /// Evaluates people's answers and the prediction together. What people alone say is kept beside it, and how many answers that saved or cost.
    /// </summary>
    /// <param name="schema">A schema with a finite set of labels.</param>
    /// <param name="ballots">At least one, in the order of the answers.</param>
    /// <param name="redundancy">When the task is decided.</param>
    /// <param name="said">The prediction.</param>
    public Evaluation Evaluate(LabelSchema schema, IReadOnlyList<Ballot> ballots, Redundancy redundancy, Prediction said)
    {
        var people = ConsensusRule.Evaluate(schema, ballots);
        var logs = new double[categories];
        foreach (var ballot in ballots)
            logs[Encode.Category(schema, ballot.Answer)] += OnlineBayes.Evidence(ballot.Trust.Skill, categories);
        var saved = Saved(schema, ballots, redundancy, logs);
        var category = Encode.Category(schema, said.Label);
        var posterior = new double[categories];
        for (var k = 0; k < categories; k++)
            posterior[k] = logs[k] + Math.Log(Likelihood(said.Confidence, k, category));
        OnlineBayes.Normalise(posterior, posterior);
        var best = 0;
        for (var k = 1; k < categories; k++)
            best = posterior[k] > posterior[best] ? k : best;
        var label = Encode.Answer(schema, best);
        return new(label, Math.Round(posterior[best], 9), [.. people.Votes.Select((v, i) => v with { Agrees = Agreement.Agrees(schema, ballots[i].Answer, label) })])
        {
            Model = new()
            {
                Model = said.Model,
                Version = said.Version,
                Label = said.Label,
                Confidence = said.Confidence,
                Weight = Math.Round(Weight(said.Confidence, category), 6),
                Agrees = said.Label == label,
                WithoutLabel = people.Label,
                WithoutConfidence = people.Confidence,
                SavedAnswers = saved,
            },
        };
    }

    /// <summary>
    /// Answers that people alone would have given more (or, below 0, fewer) than there are. If they were sure enough at an earlier answer, they had stopped there; else as
    /// many more as newcomers who all agree with the likeliest label need, up to the policy's most.
    /// </summary>
    private int Saved(LabelSchema schema, IReadOnlyList<Ballot> ballots, Redundancy redundancy, double[] logs)
    {
        var so = new double[categories];
        var posterior = new double[categories];
        for (var n = 1; n <= ballots.Count; n++)
        {
            so[Encode.Category(schema, ballots[n - 1].Answer)] += OnlineBayes.Evidence(ballots[n - 1].Trust.Skill, categories);
            if (n >= redundancy.MinAnswers && Best(so, posterior) is var (_, sure) && sure >= redundancy.TargetConfidence)
                return n - ballots.Count;
        }

        logs.CopyTo(so, 0);
        var (likeliest, _) = Best(so, posterior);
        var more = 0;
        while (ballots.Count + more < redundancy.MaxAnswers)
        {
            more++;
            so[likeliest] += OnlineBayes.Evidence(new Trust(0, 0, null).Skill, categories);
            if (Best(so, posterior).Confidence >= redundancy.TargetConfidence)
                break;
        }

        return more;
    }

    private static (int Label, double Confidence) Best(double[] logs, double[] posterior)
    {
        OnlineBayes.Normalise(logs, posterior);
        var best = 0;
        for (var k = 1; k < posterior.Length; k++)
            best = posterior[k] > posterior[best] ? k : best;
        return (best, posterior[best]);
    }

    private int Place(double? confidence, int truth, int said) => (((BandOf(confidence) * categories) + truth) * categories) + said;
}
