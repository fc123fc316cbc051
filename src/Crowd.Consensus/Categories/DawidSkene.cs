using Crowd.Consensus.Answers;
using Crowd.Consensus.Categories.Rules;

namespace Crowd.Consensus.Categories;

/// <summary>Pseudo-counts added before the estimates are divided out; all zero is maximum likelihood.</summary>
/// <param name="Diagonal">Added to each right answer of each worker's matrix.</param>
/// <param name="OffDiagonal">Added to each wrong answer of each worker's matrix.</param>
/// <param name="Share">Added to each label's share.</param>
public readonly record struct ConfusionPrior(double Diagonal, double OffDiagonal, double Share);

/// <summary>
/// Dawid and Skene 1979: every worker has a matrix π of how he answers each true label (their eq. 2.3), labels have shares p (2.4), and
/// expectation-maximisation alternates these with the posterior of each task (2.5), starting from the shares of the votes.
/// </summary>
public static class DawidSkene
{
    public const string Name = "dawid-skene";

    public const string PriorName = "dawid-skene-prior";

    /// <summary>A weak belief in workers who are right more often than not; one answer's worth of evidence.</summary>
    public static ConfusionPrior WeakPrior { get; } = new(Diagonal: 1, OffDiagonal: 0.25, Share: 1);

    /// <summary>Maximum likelihood.</summary>
    public static CategoryResult Run(CategoryAnswers answers, CategoryOptions? options = null) => Run(answers, options, default, Name);

    /// <summary>The most probable parameters under a prior.</summary>
    public static CategoryResult RunWithPrior(CategoryAnswers answers, CategoryOptions? options = null, ConfusionPrior? prior = null) =>
        Run(answers, options, prior ?? WeakPrior, PriorName);

    private static CategoryResult Run(CategoryAnswers answers, CategoryOptions? options, ConfusionPrior prior, string name)
    {
        options ??= new CategoryOptions();
        var hidden = new HiddenFit(answers, options, new ConfusionRule(prior));
        hidden.Start(StartingPoint.Of(answers, options.Gold));
        var fit = hidden.Run(options);
        return CategoryOutcome.From(name, answers, options, hidden.Posteriors(), fit, hidden.Shares(), hidden.Confusions());
    }
}
