using Crowd.Consensus.Categories;

namespace Crowd.Domain;

/// <summary>An answer and what is known of its worker on this job.</summary>
public readonly record struct Ballot(AssignmentId Assignment, WorkerId Worker, Answer Answer, Trust Trust);

/// <summary>How far a worker's answers are trusted on a job.</summary>
/// <param name="Right">Judged answers that were right: those that agree with decided labels and gold.</param>
/// <param name="Judged">Judged answers.</param>
/// <param name="Override">A quality manager's probability in place of the measured one; null for none.</param>
public readonly record struct Trust(double Right, double Judged, double? Override)
{
    /// <summary>
    /// Answers that every worker is taken to have given before the first, and how many of them right. Without them a newcomer's skill would be one half,
    /// and no number of agreeing newcomers could settle a question with two labels.
    /// </summary>
    public const double PriorJudged = 5;

    /// <inheritdoc cref="PriorJudged"/>
    public const double PriorRight = 3.75;

    private const double Surest = 0.999;

    /// <summary>The probability that an answer of the worker is right, (K + right) / (2K + judged) over the prior and the measured answers.</summary>
    public double Skill => Override is { } given ? Math.Clamp(given, 1 - Surest, Surest) : OnlineBayes.Skill(PriorRight + Right, PriorJudged + Judged);
}
