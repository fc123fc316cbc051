using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Crowd.Domain;

/// <summary>What rules look at: a prediction on something, and what is known around it.</summary>
public sealed record RoutingCase
{
    /// <summary>Id of the task or decision; samples are drawn by it.</summary>
    public required string Key { get; init; }

    public required LabelSchema Schema { get; init; }

    /// <summary>What is to be decided; null when its input is no JSON any more, as after an erasure.</summary>
    public JsonElement? Input { get; init; }

    public JsonElement? Metadata { get; init; }

    /// <summary>The prediction that is routed.</summary>
    public required Prediction Prediction { get; init; }

    /// <summary>The newest predictions of other models.</summary>
    public IReadOnlyList<Prediction> Others { get; init; } = [];

    /// <summary>Share of the input's words that are new; null when not known.</summary>
    public double? Novelty { get; init; }

    /// <summary>Whether the prediction's version of its model is approved.</summary>
    public required bool Approved { get; init; }
}

/// <summary>What the rules say of a prediction, and why.</summary>
public sealed record Routing
{
    public required RouteAction Action { get; init; }

    /// <summary>The rule that matched; null when none did.</summary>
    public string? Rule { get; init; }

    /// <summary>The version of the policy.</summary>
    public required int Version { get; init; }

    /// <summary>The values that made the rule match.</summary>
    public EquatableList<RoutingReason> Why { get; set; } = [];

    /// <summary>With <see cref="RouteAction.Expert"/>: what the worker must have.</summary>
    public string? Qualification { get; init; }

    /// <summary>Whether the accepted prediction is in the audit sample.</summary>
    public bool Audited { get; init; }

    public required string Model { get; init; }

    public required string ModelVersion { get; init; }

    /// <summary>Whether the other routing does the same by the same rule, whatever version of the policy it is of.</summary>
    public bool SaysAs(Routing other) =>
        (Action, Rule, Qualification, Audited, Model, ModelVersion) == (other.Action, other.Rule, other.Qualification, other.Audited, other.Model, other.ModelVersion);

    /// <summary>Whether the task is not for workers: a machine or a quality manager decides it.</summary>
    [JsonIgnore]
    public bool Withheld => Action == RouteAction.Hold || this is { Action: RouteAction.Accept, Audited: false };
}

/// <summary>A value that a condition looked at.</summary>
/// <param name="Of">Which: <c>confidence</c>, <c>label</c>, a path.</param>
/// <param name="Value">The value as text.</param>
public sealed record RoutingReason(string Of, string Value);

/// <summary>Evaluates routing rules. Pure: the same policy and case give the same routing.</summary>
public static class Router
{
    private const int ReasonLength = 200;

    /// <summary>The first rule that matches. A rule that accepts is passed over while the model's version is not approved; a label that wants a person is held instead.</summary>
    public static Routing Route(LoopPolicy policy, RoutingCase one)
    {
        var passedOver = new List<RoutingReason>();
        foreach (var rule in policy.Rules)
        {
            var why = new List<RoutingReason>();
            if (rule.When is not null && Holds(rule.When, policy, one, why) is not true)
                continue;
            if (rule.Action == RouteAction.Accept && PersonRequired(policy, one))
                return Give(rule, RouteAction.Hold, [.. why, new("personRequired", Label(one))]);
            if (rule.Action == RouteAction.Accept && !one.Approved)
                passedOver.Add(new("notApproved", rule.Id));
            else
                return Give(rule, rule.Action, [.. passedOver, .. why]);
        }

        return Give(null, RouteAction.Crowd, passedOver);

        Routing Give(RoutingRule? rule, RouteAction action, List<RoutingReason> why) => new()
        {
            Action = action,
            Rule = rule?.Id,
            Version = policy.Version,
            Why = new(why.Distinct()),
            Qualification = action == RouteAction.Expert ? rule!.Qualification : null,
            Audited = action == RouteAction.Accept && policy.Audits(one.Key),
            Model = one.Prediction.Model,
            ModelVersion = one.Prediction.Version,
        };
    }

    /// <summary>Whether the condition holds; null when it cannot be told.</summary>
    public static bool? Holds(RoutingCondition condition, LoopPolicy policy, RoutingCase one, List<RoutingReason> why) => condition switch
    {
        { All: { } all } => All(all, policy, one, why),
        { Any: { } any } => Any(any, policy, one, why),
        { Not: { } not } => !Holds(not, policy, one, why),
        { Confidence: { } band } => In(band, one.Prediction.Confidence, "confidence", why),
        { Margin: { } band } => In(band, one.Prediction.Margin(one.Schema), "margin", why),
        { Label: { } labels } => IsOneOf(labels, Prediction.ClassName(one.Prediction.Label), "label", why),
        { Cost: { } band } => In(band, ExpectedCost(policy, one.Schema, one.Prediction), "cost", why),
        { Field: { } field } => Test(field, one, why),
        { Disagreement: { } band } => In(band, Disagreement(one), "disagreement", why),
        { Novelty: { } band } => In(band, one.Novelty, "novelty", why),
        { Sample: { } sample } => In(new(null, sample.Rate), SeededHash.Unit(sample.Seed, one.Key), "sample", why),
        _ => null,
    };

    /// <summary>Expected cost of giving the predicted label, in micros; null without costs or probabilities.</summary>
    public static double? ExpectedCost(LoopPolicy policy, LabelSchema schema, Prediction prediction)
    {
        if (policy.Costs.Count == 0 || Prediction.ClassName(prediction.Label) is not { } given || prediction.Probability(schema, 0) is null)
            return null;
        var sum = 0.0;
        var categories = Encode.Categories(schema)!.Value;
        for (var k = 0; k < categories; k++)
        {
            var truth = Prediction.ClassName(Encode.Answer(schema, k));
            foreach (var cost in policy.Costs)
                sum += cost.Given == given && cost.Truth == truth ? prediction.Probability(schema, k)!.Value * cost.CostMicros : 0;
        }

        return sum;
    }

    private static bool PersonRequired(LoopPolicy policy, RoutingCase one) =>
        Prediction.ClassName(one.Prediction.Label) is { } label && policy.PersonRequired.Contains(label, StringComparer.Ordinal);

    private static string Label(RoutingCase one) => Prediction.ClassName(one.Prediction.Label) ?? "";

    private static double? Disagreement(RoutingCase one) => one.Others.Count == 0
        ? null
        : one.Others.Count(o => !Agreement.Agrees(one.Schema, o.Label, one.Prediction.Label)) / (double)one.Others.Count;

    private static bool? All(EquatableList<RoutingCondition> all, LoopPolicy policy, RoutingCase one, List<RoutingReason> why)
    {
        bool? result = true;
        foreach (var part in all)
        {
            var holds = Holds(part, policy, one, why);
            if (holds is false)
                return false;
            result = holds is null ? null : result;
        }

        return result;
    }

    private static bool? Any(EquatableList<RoutingCondition> any, LoopPolicy policy, RoutingCase one, List<RoutingReason> why)
    {
        bool? result = false;
        foreach (var part in any)
        {
            var holds = Holds(part, policy, one, why);
            if (holds is true)
                return true;
            result = holds is null ? null : result;
        }

        return result;
    }

    private static bool? In(Band band, double? value, string name, List<RoutingReason> why)
    {
        if (value is not { } number)
            return null;
        why.Add(new(name, Math.Round(number, 6).ToString("R", CultureInfo.InvariantCulture)));
        return band.Holds(number);
    }

    private static bool? IsOneOf(EquatableList<string> texts, string? value, string name, List<RoutingReason> why)
    {
        if (value is null)
            return null;
        why.Add(new(name, value.Length > ReasonLength ? value[..ReasonLength] : value));
        return texts.Contains(value, StringComparer.Ordinal);
    }

    private static bool? Test(FieldTest field, RoutingCase one, List<RoutingReason> why)
    {
        var found = FieldPath.Parse(field.Path)!.Find(one.Input, one.Metadata);
        var there = found is { ValueKind: not JsonValueKind.Null };
        if (field.Exists is { } wanted)
        {
            why.Add(new(field.Path, there ? "exists" : "missing"));
            return there == wanted;
        }

        if (!there)
            return null;
        if (field.Number is { } band)
            return In(band, found!.Value.ValueKind == JsonValueKind.Number ? found.Value.GetDouble() : null, field.Path, why);
        return IsOneOf(field.OneOf!, found!.Value.ValueKind == JsonValueKind.String ? found.Value.GetString() : found.Value.GetRawText(), field.Path, why);
    }
}
