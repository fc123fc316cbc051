using System.Text.Json;
using FsCheck.Fluent;
using static Crowd.Domain.Tests.Some;

namespace Crowd.Domain.Tests.Loop;

public class RouterTests
{
    private static readonly Prediction Said = new()
    {
        Model = "net",
        Version = "1",
        Label = Cat,
        Confidence = 0.7,
        Scores = [new("cat", 0.7), new("dog", 0.2), new("owl", 0.1)],
    };

    private static readonly RoutingCase Case = new()
    {
        Key = "task_1",
        Schema = Animals,
        Input = JsonSerializer.Deserialize<JsonElement>("""{"applicant":{"incomes":[1000,2500.5],"city":"Bonn","married":true,"note":null}}"""),
        Metadata = JsonSerializer.Deserialize<JsonElement>("""{"source":"web"}"""),
        Prediction = Said,
        Others = [Said with { Model = "b", Label = Dog }, Said with { Model = "c" }],
        Novelty = 0.25,
        Approved = true,
    };

    private static readonly LoopPolicy Costs = new() { Costs = [new("dog", "cat", 1_000_000), new("owl", "cat", 5_000_000), new("cat", "dog", 9_000_000)] };

    public static TheoryData<string, RoutingCondition, bool?> Conditions => new()
    {
        { "confidence in the band", new() { Confidence = new(0.7, 0.8) }, true },
        { "the lower end is in it, the upper is not", new() { Confidence = new(null, 0.7) }, false },
        { "margin from the scores", new() { Margin = new(0.49, 0.51) }, true },
        { "label", new() { Label = ["cat", "owl"] }, true },
        { "another label", new() { Label = ["dog"] }, false },
        { "expected cost is 0.2 and 0.1 of the two errors: 700,000", new() { Cost = new(699_999, 700_001) }, true },
        { "half of the other models disagree", new() { Disagreement = new(0.5, 0.51) }, true },
        { "novelty", new() { Novelty = new(0.3, null) }, false },
        { "a number in the input", new() { Field = new() { Path = "input.applicant.incomes[1]", Number = new(2500, 2501) } }, true },
        { "a text in the input", new() { Field = new() { Path = "input.applicant.city", OneOf = ["Köln", "Bonn"] } }, true },
        { "a truth value as JSON writes it", new() { Field = new() { Path = "input.applicant.married", OneOf = ["true"] } }, true },
        { "metadata", new() { Field = new() { Path = "metadata.source", OneOf = ["app"] } }, false },
        { "null does not exist", new() { Field = new() { Path = "input.applicant.note", Exists = true } }, false },
        { "what is missing does not", new() { Field = new() { Path = "input.applicant.incomes[2]", Exists = false } }, true },
        { "a text is no number", new() { Field = new() { Path = "input.applicant.city", Number = new(0, null) } }, null },
        { "what is missing is unknown", new() { Field = new() { Path = "input.applicant.age", Number = new(0, 18) } }, null },
        { "not unknown is unknown", new() { Not = new() { Field = new() { Path = "input.applicant.age", Number = new(0, 18) } } }, null },
        { "not", new() { Not = new() { Label = ["dog"] } }, true },
        { "nothing is all there is", new() { All = [] }, true },
        { "all with one unknown is unknown", new() { All = [new() { Label = ["cat"] }, new() { Field = new() { Path = "input.x", Number = new(0, 1) } }] }, null },
        { "all with one false is false", new() { All = [new() { Field = new() { Path = "input.x", Number = new(0, 1) } }, new() { Label = ["dog"] }] }, false },
        { "any with one true is true", new() { Any = [new() { Field = new() { Path = "input.x", Number = new(0, 1) } }, new() { Label = ["cat"] }] }, true },
        { "every task is in the whole", new() { Sample = new(1, 3) }, true },
        { "none is in nothing", new() { Sample = new(0, 3) }, false },
    };

    [Theory]
    [MemberData(nameof(Conditions))]
    public void A_condition_holds_does_not_or_cannot_be_told(string why, RoutingCondition condition, bool? expected)
    {
        Assert.Empty((Costs with { Rules = [new() { Id = "r", When = condition, Action = RouteAction.Hold }] }).Check(Animals));
        Assert.True(expected == Router.Holds(condition, Costs, Case, []), why);
    }

    [Fact]
    public void The_first_rule_that_matches_is_taken_and_says_why()
    {
        var policy = new LoopPolicy
        {
            Version = 4,
            Rules =
            [
                new() { Id = "none", When = new() { Label = ["owl"] }, Action = RouteAction.Hold },
                new() { Id = "both", When = new() { All = [new() { Confidence = new(0.5, null) }, new() { Label = ["cat"] }] }, Action = RouteAction.Expert, Qualification = "vet" },
                new() { Id = "rest", Action = RouteAction.Accept },
            ],
        };
        var routing = Router.Route(policy, Case);
        Assert.Equal((RouteAction.Expert, "both", 4, "vet"), (routing.Action, routing.Rule, routing.Version, routing.Qualification));
        Assert.Equal([new("confidence", "0.7"), new("label", "cat")], routing.Why);
    }

    [Fact]
    public void Without_a_match_the_crowd_labels() =>
        Assert.Equal((RouteAction.Crowd, null), Of(Router.Route(new() { Rules = [new() { Id = "a", When = new() { Label = ["owl"] }, Action = RouteAction.Accept }] }, Case)));

    [Fact]
    public void A_version_that_is_not_approved_is_passed_over_by_rules_that_accept()
    {
        var policy = new LoopPolicy { Rules = [new() { Id = "a", Action = RouteAction.Accept }, new() { Id = "b", Action = RouteAction.Hold }] };
        Assert.Equal((RouteAction.Accept, "a"), Of(Router.Route(policy, Case)));
        var routing = Router.Route(policy, Case with { Approved = false });
        Assert.Equal((RouteAction.Hold, "b"), Of(routing));
        Assert.Equal([new("notApproved", "a")], routing.Why);
    }

    [Fact]
    public void No_policy_accepts_a_label_that_wants_a_person_whatever_the_confidence() => Property.Holds(Gen.Choose(0, int.MaxValue - 1), seed =>
    {
        var random = new Random(seed);
        var labels = new[] { "cat", "dog", "owl" };
        var policy = new LoopPolicy
        {
            PersonRequired = new(labels.Where(_ => random.Next(2) == 0)),
            Rules = new(Enumerable.Range(0, random.Next(1, 4)).Select(i => new RoutingRule
            {
                Id = $"r{i}",
                Action = random.Next(2) == 0 ? RouteAction.Accept : RouteAction.Crowd,
                When = random.Next(2) == 0 ? null : new() { Confidence = new(random.NextDouble(), null) },
            })),
        };
        var said = labels[random.Next(3)];
        var routing = Router.Route(policy, Case with { Prediction = Said with { Label = new Answer.Choice(said), Confidence = random.NextDouble() } });
        Assert.False(routing.Action == RouteAction.Accept && policy.PersonRequired.Contains(said));
    });

    [Fact]
    public void Samples_and_arms_are_drawn_at_their_shares_and_always_alike()
    {
        var policy = new LoopPolicy { Seed = 9, AuditRate = 0.2, Arms = [new("a", 1, ShowPrediction.First), new("b", 3, ShowPrediction.Never)] };
        var tasks = Enumerable.Range(0, 4_000).Select(Id<TaskId>).ToArray();
        Assert.InRange(tasks.Count(t => policy.Audits(t.Value)), 700, 900);
        var arms = Enumerable.Range(0, 4_000).Select(i => policy.ArmOf(Worker(i), TheTask)).ToArray();
        Assert.InRange(arms.Count(a => a == ("a", ShowPrediction.First)), 900, 1_100);
        Assert.Equal(arms, Enumerable.Range(0, 4_000).Select(i => policy.ArmOf(Worker(i), Id<TaskId>(i))));
        Assert.NotEqual(arms.Take(50), Enumerable.Range(0, 50).Select(i => (policy with { Seed = 10 }).ArmOf(Worker(i), TheTask)));
    }

    private static (RouteAction, string?) Of(Routing routing) => (routing.Action, routing.Rule);
}
