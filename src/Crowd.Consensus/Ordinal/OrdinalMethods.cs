using Crowd.Consensus.Answers;
using Crowd.Consensus.Categories;
using Crowd.Consensus.Categories.Rules;

namespace Crowd.Consensus.Ordinal;

/// <summary>Ratings on a scale: labels 0 to L − 1 in their order.</summary>
public static class OrdinalMethods
{
    public const string MedianName = "median";
    public const string ModelName = "ordinal-model";

    /// <summary>The lower median of the ratings; the posterior is the share of each rating.</summary>
    public static CategoryResult Median(CategoryAnswers answers, CategoryOptions? options = null) =>
        WithMedianLabels(MajorityVote.Run(answers, options) with { Method = MedianName }, options);

    /// <summary>Workers with a bias and a spread on the scale, by expectation-maximisation; the label is the median of the posterior, which errs least.</summary>
    public static CategoryResult Model(CategoryAnswers answers, CategoryOptions? options = null)
    {
        options ??= new CategoryOptions();
        var hidden = new HiddenFit(answers, options, new OrdinalRule());
        hidden.Start(StartingPoint.Of(answers, options.Gold));
        var fit = hidden.Run(options);
        var result = CategoryOutcome.From(ModelName, answers, options, hidden.Posteriors(), fit, hidden.Shares(), hidden.Confusions());
        return WithMedianLabels(result, options);
    }

    /// <summary>Takes the median of each posterior as the label; of two middle ratings the likelier, of equally likely ones the lower.</summary>
    public static CategoryResult WithMedianLabels(CategoryResult result, CategoryOptions? options = null)
    {
        var labels = (int[])result.Labels.Clone();
        for (var t = 0; t < labels.Length; t++)
        {
            if (labels[t] < 0 || options?.Gold?[t] >= 0) continue;

            var row = result.Posterior(t);
            var below = 0.0;
            var k = 0;
            while (k < row.Length - 1 && (below += row[k]) < 0.5 - 1e-9) k++;

            // Exactly half lies at or below k: any rating up to the next one that anyone gave is a median.
            if (below <= 0.5 + 1e-9 && k < row.Length - 1)
            {
                var next = k + 1;
                while (next < row.Length - 1 && row[next] <= 1e-12) next++;
                if (row[next] > row[k] + 1e-9) k = next;
            }

            labels[t] = k;
        }

        return result with { Labels = labels };
    }
}
