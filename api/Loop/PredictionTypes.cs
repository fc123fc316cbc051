using System.Text.Json;
using Crowd.Api.Access;
using Crowd.Api.Labels;
using Crowd.Domain;
using Crowd.GraphQL;

namespace Crowd.Api.Loop;

/// <summary>What a model version says.</summary>
/// <param name="Model">The model's name, 1 to 100 characters.</param>
/// <param name="Version">Its version, 1 to 100 characters.</param>
/// <param name="Label">The label; without it the one with the highest score.</param>
/// <param name="Confidence">How sure it is, 0 to 1.</param>
/// <param name="Scores">Scores of classes that add up to 1.</param>
/// <param name="Rationale">Why, at most 2,000 characters.</param>
[GraphQLName("PredictionInput")]
public sealed record PredictionInput(
    string Model, string Version, AnswerInput? Label = null, double? Confidence = null, IReadOnlyList<ClassScoreInput>? Scores = null, string? Rationale = null)
{
    internal Prediction ToDomain(LabelSchema schema) => PredictionLine.Make(
        schema, Model, Version, Label?.ToDomain(), Confidence, Scores?.Select(s => new ClassScore(s.Class, s.Score)), Rationale) is ({ } made, _)
            ? made
            : throw Refusals.Invalid("Give the prediction a label or scores.");
}

/// <summary>The score of a class, 0 to 1.</summary>
[GraphQLName("ClassScoreInput")]
public sealed record ClassScoreInput(string Class, double Score);

/// <summary>What a model version said of a task.</summary>
[GraphQLName("Prediction")]
public sealed record PredictionView(string Model, string Version, AnswerView Label, double? Confidence, IReadOnlyList<ClassScore> Scores, string? Rationale)
{
    internal static PredictionView Of(Prediction p) => new(p.Model, p.Version, AnswerView.Of(p.Label), p.Confidence, p.Scores ?? [], p.Rationale);

    internal static PredictionView Of(string json) => Of(JsonSerializer.Deserialize(json, DomainJson.Default.Prediction)!);
}

/// <summary>What a worker is shown of a model: no confidence and no rationale, only what it said.</summary>
[GraphQLName("SeenPrediction")]
public sealed record SeenPredictionView(string Model, string Version, AnswerView Label)
{
    internal static SeenPredictionView Of(SeenPrediction seen) => new(seen.Model, seen.Version, AnswerView.Of(seen.Label));

    internal static SeenPredictionView? Of(string? json) => json is null ? null : Of(JsonSerializer.Deserialize(json, DomainJson.Default.SeenPrediction)!);
}

/// <summary>What the rules said, and why.</summary>
/// <param name="Rule">The rule that matched; null when none did.</param>
/// <param name="Version">The version of the policy.</param>
/// <param name="Why">The values that were looked at.</param>
/// <param name="Audited">Whether it is in the audit sample.</param>
[GraphQLName("Routing")]
public sealed record RoutingView(RouteAction Action, string? Rule, int Version, IReadOnlyList<RoutingReason> Why, string? Qualification, bool Audited, string Model, string ModelVersion)
{
    internal static RoutingView? Of(string? json) =>
        json is null || JsonSerializer.Deserialize(json, DomainJson.Default.Routing) is not { } r ? null : Of(r);

    internal static RoutingView Of(Routing r) => new(r.Action, r.Rule, r.Version, r.Why, r.Qualification, r.Audited, r.Model, r.ModelVersion);
}
