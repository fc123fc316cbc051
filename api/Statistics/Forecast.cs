using Crowd.GraphQL;

namespace Crowd.Api.Statistics;

/// <summary>What a job is expected to take. Amounts are in millionths of the currency's unit, fees included.</summary>
/// <param name="Basis">What it rests on.</param>
/// <param name="TaskCount">For so many tasks.</param>
/// <param name="PilotTasks">Decided tasks of the pilot; 0 without one.</param>
/// <param name="AnswersPerTask">Answers a task takes on average, within the job's least and most.</param>
/// <param name="AnswerCount">Answers of all tasks, gold ones included.</param>
/// <param name="CostMicros">What they cost; with pay for agreeing answers alone, the others cost nothing.</param>
/// <param name="MostCostMicros">What the tasks can cost at most: every one with all its answers, all of them paid.</param>
/// <param name="Accuracy">Share of right labels to be expected, 0 to 1; null where labels have no finite set.</param>
public sealed record Forecast(
    ForecastBasis Basis, int TaskCount, int PilotTasks, Estimate AnswersPerTask, Estimate AnswerCount, Estimate CostMicros, long MostCostMicros, Estimate? Accuracy);

/// <summary>A value with the bounds within which it is expected.</summary>
/// <param name="Low">The lower bound.</param>
/// <param name="Expected">The likeliest value.</param>
/// <param name="High">The upper bound.</param>
public sealed record Estimate(double Low, double Expected, double High)
{
    internal Estimate Times(double factor) => new(Low * factor, Expected * factor, High * factor);

    internal Estimate Within(double least, double most) => new(Math.Clamp(Low, least, most), Math.Clamp(Expected, least, most), Math.Clamp(High, least, most));
}

/// <summary>What a forecast rests on.</summary>
[GraphQLName("ForecastBasis")]
public enum ForecastBasis
{
    /// <summary>Crowds of three makes: answers right in 95 % (low), 80 % (expected) and 65 % (high); without a finite set of labels, the policies alone.</summary>
    Assumed,

    /// <summary>The job's own answers; the bounds are those of a 95 % interval.</summary>
    Pilot,
}
