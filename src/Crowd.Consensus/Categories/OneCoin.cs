using Crowd.Consensus.Answers;
using Crowd.Consensus.Categories.Rules;

namespace Crowd.Consensus.Categories;

/// <summary>
/// Expectation-maximisation with one accuracy a worker and equal shares of the labels: the model for workers with too few answers to fill a
/// matrix. Known as ZenCrowd (Demartini et al. 2012) and as the one-coin Dawid-Skene.
/// </summary>
public static class OneCoin
{
    public const string Name = "one-coin";

    /// <summary>Pseudo-counts of right and wrong answers of each worker; they keep one answer from settling what a worker is.</summary>
    public static (double Right, double Wrong) Prior { get; } = (1, 0.5);

    /// <summary>The most probable accuracies under <see cref="Prior"/>.</summary>
    public static CategoryResult Run(CategoryAnswers answers, CategoryOptions? options = null) => Run(answers, options, Prior.Right, Prior.Wrong);

    /// <param name="right">Pseudo-count of right answers; 0 for maximum likelihood.</param>
    /// <param name="wrong">Pseudo-count of wrong answers.</param>
    /// <inheritdoc cref="Run(CategoryAnswers, CategoryOptions?)"/>
    public static CategoryResult Run(CategoryAnswers answers, CategoryOptions? options, double right, double wrong)
    {
        options ??= new CategoryOptions();
        var hidden = new HiddenFit(answers, options, new CoinRule(right, wrong));
        hidden.Start(StartingPoint.Of(answers, options.Gold));
        var fit = hidden.Run(options);
        return CategoryOutcome.From(Name, answers, options, hidden.Posteriors(), fit, hidden.Shares(), hidden.Confusions());
    }
}
