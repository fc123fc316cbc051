using Crowd.Consensus.Answers;

namespace Crowd.Consensus.Categories;

/// <summary>How much each vote counted.</summary>
public static class VoteWeights
{
    /// <summary>
    /// For each answer, in canonical order, what it says for its own label in nats: ln P(answer | that label is true) − ln P(answer | it is not), from the
    /// worker's confusion matrix. Negative for a worker whose answer speaks against itself.
    /// </summary>
    /// <remarks>Methods without matrices get the matrices that their posteriors imply, smoothed.</remarks>
    public static double[] Of(CategoryAnswers answers, CategoryResult result)
    {
        var labels = answers.LabelCount;
        var confusions = result.Confusions ?? HeldOut.Confusions(answers, result.Posteriors);
        var weights = new double[answers.Count];
        for (var i = 0; i < weights.Length; i++)
        {
            var answer = answers.Labels[i];
            double other = 0, shares = 0;
            for (var k = 0; k < labels; k++)
            {
                if (k == answer) continue;

                other += result.LabelShares[k] * confusions[(((answers.Workers[i] * labels) + k) * labels) + answer];
                shares += result.LabelShares[k];
            }

            var own = confusions[(((answers.Workers[i] * labels) + answer) * labels) + answer];
            weights[i] = labels < 2 ? 0 : Math.Log(Math.Max(own, 1e-12)) - Math.Log(Math.Max(shares > 0 ? other / shares : 0, 1e-12));
        }

        return weights;
    }
}
