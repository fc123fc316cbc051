using Crowd.Consensus.Answers;
using Crowd.Consensus.Categories.Rules;

namespace Crowd.Consensus.Categories;

/// <summary>
/// Hovy, Berg-Kirkpatrick, Vaswani and Hovy 2013: workers know the label or spam. Several starts; the likeliest end is kept.
/// Unlike in the paper the shares of the labels are learnt too, since true labels are seldom equally frequent.
/// </summary>
public static class Mace
{
    public const string Name = "mace";
    public const int Restarts = 10;
    public const int RoundsPerStart = 50;
    public const double Smoothing = 0.1;

    /// <summary>Ten starts of at most fifty rounds.</summary>
    public static CategoryResult Run(CategoryAnswers answers, CategoryOptions? options = null)
    {
        options ??= new CategoryOptions();
        var limited = options with { MaxRounds = Math.Min(options.MaxRounds, RoundsPerStart) };
        var majority = StartingPoint.Of(answers, options.Gold);
        HiddenFit? best = null;
        Fit? bestFit = null;
        for (var start = 0; start < Restarts; start++)
        {
            var hidden = new HiddenFit(answers, limited, new SpamRule(Smoothing, start == 0 ? 0 : unchecked((options.Seed * 31) + start), equalShares: false));
            hidden.Start(majority);
            var fit = hidden.Run(limited);
            if (bestFit is not null && fit.LogLikelihood <= bestFit.LogLikelihood + 1e-6) continue;

            best = hidden;
            bestFit = fit;
        }

        return CategoryOutcome.From(Name, answers, options, best!.Posteriors(), bestFit!, best.Shares(), best.Confusions());
    }
}
