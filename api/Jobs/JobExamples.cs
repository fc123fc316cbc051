using System.Text.Json;
using Crowd.Api.Labels;
using Crowd.Domain;
using Crowd.GraphQL;

namespace Crowd.Api.Jobs;

/// <summary>A task as it may come, with its right answer.</summary>
/// <param name="Input">What is shown.</param>
/// <param name="Answer">The right answer.</param>
/// <param name="Why">Why it is right; Markdown of at most 2,000 characters.</param>
[GraphQLName("JobExampleInput")]
public sealed record JobExampleInput(JsonElement Input, AnswerInput Answer, string Why = "");

/// <summary>A task as it may come, with its right answer, for workers to learn from.</summary>
/// <param name="Input">What is shown.</param>
/// <param name="Answer">The right answer.</param>
/// <param name="Why">Why it is right; Markdown.</param>
[GraphQLName("JobExample")]
public sealed record JobExampleView(JsonElement Input, AnswerView Answer, string Why)
{
    internal static IReadOnlyList<JobExampleView> Of(JobSpec spec) => [.. (spec.Examples ?? []).Select(e => new JobExampleView(e.Input, AnswerView.Of(e.Answer), e.Why))];
}
