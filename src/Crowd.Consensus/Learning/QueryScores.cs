namespace Crowd.Consensus.Learning;

/// <summary>Scores of many items under one strategy.</summary>
public static class QueryScores
{
    /// <summary>By item; all alike for <see cref="QueryStrategy.Random"/>.</summary>
    /// <param name="labelled">What the model was trained with; a committee is trained with it anew.</param>
    public static double[] Of(TextClassifier model, IReadOnlyList<Example> labelled, IReadOnlyList<SparseVector> items, QueryStrategy strategy, int seed = 1)
    {
        var scores = new double[items.Count];
        var probabilities = new double[model.LabelCount];
        var committee = strategy == QueryStrategy.Disagreement ? Committee.Train([.. labelled], model.LabelCount, seed: seed) : null;
        for (var i = 0; i < scores.Length; i++)
        {
            if (committee is not null)
            {
                scores[i] = committee.Disagreement(items[i], probabilities);
                continue;
            }

            model.Predict(items[i], probabilities);
            scores[i] = Score(probabilities, strategy);
        }

        return scores;
    }

    /// <summary>One item's score from its probabilities.</summary>
    public static double Score(ReadOnlySpan<double> probabilities, QueryStrategy strategy) => strategy switch
    {
        QueryStrategy.Random => 0,
        QueryStrategy.LeastConfidence => QueryScore.LeastConfidence(probabilities),
        QueryStrategy.Margin => QueryScore.Margin(probabilities),
        QueryStrategy.Entropy => QueryScore.Entropy(probabilities),
        QueryStrategy.ExpectedGain => QueryScore.ExpectedGain(probabilities),
        _ => throw new ArgumentOutOfRangeException(nameof(strategy), strategy, "A committee is needed."),
    };
}
