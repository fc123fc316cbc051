using Crowd.Consensus.Answers;
using Crowd.Consensus.Categories.Rules;

namespace Crowd.Consensus.Categories;

/// <summary>
/// Sinha, Rao and Balasubramanian 2018: Dawid and Skene's model, in which every round gives each task its best label for certain. It needs few rounds
/// and reports a posterior from one last soft round.
/// </summary>
public static class FastDawidSkene
{
    public const string Name = "fast-dawid-skene";

    /// <summary>Rounds until no label changes.</summary>
    public static CategoryResult Run(CategoryAnswers answers, CategoryOptions? options = null)
    {
        options ??= new CategoryOptions();
        var start = StartingPoint.Of(answers, options.Gold);
        var totals = answers.LabelTotals();
        for (var t = 0; t < answers.TaskCount; t++)
        {
            var row = start.AsSpan(t * answers.LabelCount, answers.LabelCount);
            if (row.IndexOfAnyExcept(0.0) < 0) continue;

            var best = TieBreak.Best(row, totals);
            row.Clear();
            row[best] = 1;
        }

        var hard = new HiddenFit(answers, options, new ConfusionRule(default), hard: true);
        hard.Start(start);
        var fit = hard.Run(options);

        var soft = new HiddenFit(answers, options, new ConfusionRule(default));
        soft.Start(hard.Posteriors());
        soft.Round();
        return CategoryOutcome.From(Name, answers, options, soft.Posteriors(), fit, hard.Shares(), hard.Confusions());
    }
}
