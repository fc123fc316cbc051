using Crowd.Domain;
using Crowd.GraphQL;

namespace Crowd.Api.Statistics;

/// <summary>
/// How a job goes, from sums that are kept as it goes: asking costs the same for a thousand tasks and for a million. Amounts are in millionths of the
/// currency's unit.
/// </summary>
/// <param name="Timeline">The job's last 90 days in which anything happened, in steps of equal length, oldest first; steps without anything are left out.</param>
/// <param name="MedianSeconds">Half of the answers took less, to within a tenth; null without answers.</param>
/// <param name="SlowSeconds">Nine of ten answers took less, to within a tenth; null without answers.</param>
/// <param name="Durations">How long answers took.</param>
/// <param name="Classes">What was answered and decided, by class; empty for numbers, texts and rankings.</param>
/// <param name="AnswersPerTask">How many answers decided tasks needed.</param>
/// <param name="WorkerCount">Workers who have answered.</param>
/// <param name="Workers">Those with the most answers, at most 50.</param>
public sealed record JobStatistics(
    IReadOnlyList<JobStep> Timeline,
    double? MedianSeconds,
    double? SlowSeconds,
    IReadOnlyList<DurationCount> Durations,
    IReadOnlyList<ClassCount> Classes,
    IReadOnlyList<RedundancyCount> AnswersPerTask,
    int WorkerCount,
    IReadOnlyList<WorkerShare> Workers);

/// <summary>A step of a timeline.</summary>
/// <param name="From">Where it begins.</param>
/// <param name="Until">Where it ends.</param>
/// <param name="AnswerCount">Answers given in it.</param>
/// <param name="DecidedCount">Tasks decided in it.</param>
/// <param name="EscalatedCount">Tasks escalated in it.</param>
/// <param name="Agreement">Share of the decided tasks' answers that agree with their label; null when none was decided.</param>
/// <param name="MeanConfidence">Mean confidence of the tasks decided; null when none was.</param>
/// <param name="MeanSeconds">Mean time of an answer; null without answers.</param>
/// <param name="SpentMicros">Spent in it, fees included.</param>
public sealed record JobStep(
    DateTimeOffset From, DateTimeOffset Until, int AnswerCount, int DecidedCount, int EscalatedCount, double? Agreement, double? MeanConfidence, double? MeanSeconds, long SpentMicros);

/// <summary>Answers that took a time within bounds.</summary>
/// <param name="FromSeconds">The lower bound.</param>
/// <param name="UntilSeconds">The upper bound.</param>
/// <param name="AnswerCount">How many.</param>
public sealed record DurationCount(double FromSeconds, double UntilSeconds, int AnswerCount);

/// <summary>A class and how often it was named.</summary>
/// <param name="Label">The label or class, the point of the scale or the side.</param>
/// <param name="AnswerCount">Answers that name it, those on gold tasks left out.</param>
/// <param name="DecidedCount">Tasks whose label names it, as they were first decided.</param>
public sealed record ClassCount(string Label, int AnswerCount, int DecidedCount);

/// <summary>How many tasks were decided on so many answers.</summary>
public sealed record RedundancyCount(int Answers, int TaskCount);

/// <summary>A worker's part in a job.</summary>
/// <param name="Worker">Who.</param>
/// <param name="AnswerCount">Answers, gold ones included.</param>
/// <param name="Share">Share of all answers of the job, 0 to 1.</param>
/// <param name="Agreement">Share of the answers to decided tasks that agree with the label; null when none is decided.</param>
/// <param name="AcceptedCount">Accepted answers.</param>
/// <param name="RejectedCount">Rejected answers.</param>
/// <param name="GoldAccuracy">Share of right answers to gold tasks; null without any.</param>
/// <param name="MeanSeconds">Mean time of an answer.</param>
/// <param name="PaidMicros">Paid for the answers, fees left out.</param>
[GraphQLName("WorkerShare")]
public sealed record WorkerShare(
    WorkerId Worker, int AnswerCount, double Share, double? Agreement, int AcceptedCount, int RejectedCount, double? GoldAccuracy, double? MeanSeconds, long PaidMicros);
