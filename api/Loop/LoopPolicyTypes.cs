using Crowd.Domain;
using Crowd.GraphQL;

namespace Crowd.Api.Loop;

/// <summary>How machines take part in a job. What is left out has its default: nothing is shown, nothing votes, the crowd labels.</summary>
/// <param name="Rules">In order; the first that matches says what happens. Without a match the crowd labels.</param>
/// <param name="Model">The model whose predictions are shown, vote and are routed; whichever predicted last by default.</param>
/// <param name="Show">When workers see the prediction.</param>
/// <param name="Arms">Arms of an experiment, in place of show.</param>
/// <param name="ArmBy">What is assigned to an arm.</param>
/// <param name="Seed">Seed of arms and audit sample.</param>
/// <param name="ModelVotes">Whether predictions vote in the consensus of tasks.</param>
/// <param name="Costs">What errors cost.</param>
/// <param name="PersonRequired">Labels that no machine may give.</param>
/// <param name="AuditRate">Share of accepted predictions that people label as well, 0 to 1.</param>
/// <param name="ServiceLevel">How long a held decision may wait for people; 1 hour by default.</param>
/// <param name="Fallback">What happens then.</param>
/// <param name="VetoWindow">How long a person may stop an accepted decision; none by default.</param>
[GraphQLName("LoopPolicyInput")]
public sealed record LoopPolicyInput(
    IReadOnlyList<RoutingRuleInput>? Rules = null,
    string? Model = null,
    ShowPrediction Show = ShowPrediction.Never,
    IReadOnlyList<ExperimentArmInput>? Arms = null,
    ArmUnit ArmBy = ArmUnit.Worker,
    long Seed = 0,
    bool ModelVotes = false,
    IReadOnlyList<ErrorCostInput>? Costs = null,
    IReadOnlyList<string>? PersonRequired = null,
    double AuditRate = 0,
    TimeSpan? ServiceLevel = null,
    GateFallback Fallback = GateFallback.Refuse,
    TimeSpan? VetoWindow = null)
{
    internal LoopPolicy ToDomain() => new()
    {
        Model = Model,
        Show = Show,
        Arms = new((Arms ?? []).Select(a => new ExperimentArm(a.Name, a.Share, a.Show))),
        ArmBy = ArmBy,
        Seed = Seed,
        ModelVotes = ModelVotes,
        Rules = new((Rules ?? []).Select(r => new RoutingRule { Id = r.Id, When = r.When?.ToDomain(), Action = r.Action, Qualification = r.Qualification })),
        Costs = new((Costs ?? []).Select(c => new ErrorCost(c.Truth, c.Given, c.CostMicros))),
        PersonRequired = new(PersonRequired ?? []),
        AuditRate = AuditRate,
        Gate = new() { ServiceLevel = ServiceLevel ?? new GatePolicy().ServiceLevel, Fallback = Fallback, VetoWindow = VetoWindow ?? TimeSpan.Zero },
    };
}

/// <summary>An arm of an experiment.</summary>
/// <param name="Share">Its part of all shares, above 0.</param>
[GraphQLName("ExperimentArmInput")]
public sealed record ExperimentArmInput(string Name, double Share, ShowPrediction Show);

/// <summary>What it costs to give a label where another is true.</summary>
[GraphQLName("ErrorCostInput")]
public sealed record ErrorCostInput(string Truth, string Given, long CostMicros);

/// <summary>A rule.</summary>
/// <param name="Id">By which decisions name it.</param>
/// <param name="Action">What it does.</param>
/// <param name="When">When it matches; always by default.</param>
/// <param name="Qualification">With the action EXPERT: what a worker must have.</param>
[GraphQLName("RoutingRuleInput")]
public sealed record RoutingRuleInput(string Id, RouteAction Action, RoutingConditionInput? When = null, string? Qualification = null);

/// <summary>A condition. A signal that is not known makes it neither true nor false; a rule matches only what is true.</summary>
/// <param name="All">All of these hold; an empty list always does.</param>
/// <param name="Any">At least one holds.</param>
/// <param name="Not">It does not hold.</param>
/// <param name="Confidence">The stated confidence, 0 to 1.</param>
/// <param name="Margin">The first class's lead over the second, 0 to 1.</param>
/// <param name="Label">The predicted label is one of these.</param>
/// <param name="Cost">Expected cost of giving the predicted label, in micros.</param>
/// <param name="Field">Something in the input or the metadata.</param>
/// <param name="Disagreement">Share of other models that disagree, 0 to 1.</param>
/// <param name="Novelty">Share of the input's words that no labelled task of the job has, 0 to 1.</param>
/// <param name="Sample">A share of all tasks.</param>
[OneOf]
[GraphQLName("RoutingConditionInput")]
public sealed record RoutingConditionInput(
    IReadOnlyList<RoutingConditionInput>? All, IReadOnlyList<RoutingConditionInput>? Any, RoutingConditionInput? Not, BandInput? Confidence, BandInput? Margin,
    IReadOnlyList<string>? Label, BandInput? Cost, FieldTestInput? Field, BandInput? Disagreement, BandInput? Novelty, SampleInput? Sample)
{
    internal RoutingCondition ToDomain() => new()
    {
        All = All is null ? null : new(All.Select(c => c.ToDomain())),
        Any = Any is null ? null : new(Any.Select(c => c.ToDomain())),
        Not = Not?.ToDomain(),
        Confidence = Confidence?.ToDomain(),
        Margin = Margin?.ToDomain(),
        Label = Label is null ? null : new(Label),
        Cost = Cost?.ToDomain(),
        Field = Field is null
            ? null
            : new() { Path = Field.Path, OneOf = Field.OneOf is null ? null : new(Field.OneOf), Number = Field.Number?.ToDomain(), Exists = Field.Exists },
        Disagreement = Disagreement?.ToDomain(),
        Novelty = Novelty?.ToDomain(),
        Sample = Sample is null ? null : new(Sample.Rate, Sample.Seed),
    };
}

/// <summary>A range of numbers; at least one bound.</summary>
/// <param name="AtLeast">Lowest number in it.</param>
/// <param name="Below">Lowest number above it.</param>
[GraphQLName("BandInput")]
public sealed record BandInput(double? AtLeast, double? Below)
{
    internal Band ToDomain() => new(AtLeast, Below);
}

/// <summary>A test of something in the input or metadata: exactly one of its parts beside the path.</summary>
/// <param name="Path">As in input.applicant.incomes[0].</param>
/// <param name="OneOf">Its text is one of these; numbers and truth values as JSON writes them.</param>
/// <param name="Number">It is a number in the range.</param>
/// <param name="Exists">It is there and not null, or it is not.</param>
[GraphQLName("FieldTestInput")]
public sealed record FieldTestInput(string Path, IReadOnlyList<string>? OneOf, BandInput? Number, bool? Exists);

/// <summary>A share of tasks, drawn by a seeded hash of the id.</summary>
[GraphQLName("SampleInput")]
public sealed record SampleInput(double Rate, long Seed = 0);
