using static Crowd.Domain.Tests.Some;

namespace Crowd.Domain.Tests.Loop;

public class LoopPolicyCheckTests
{
    public static TheoryData<LoopPolicy, string> Wrong => new()
    {
        { new() { Rules = [Rule(new())] }, "rules[0].when" },
        { new() { Rules = [Rule(new() { Confidence = new(0, 1), Margin = new(0, 1) })] }, "rules[0].when" },
        { new() { Rules = [Rule(new() { All = [new() { Any = [new() { Confidence = new(2, null) }] }] })] }, "rules[0].when.all[0].any[0].confidence.atLeast" },
        { new() { Rules = [Rule(new() { Confidence = new(null, null) })] }, "rules[0].when.confidence" },
        { new() { Rules = [Rule(new() { Margin = new(0.5, 0.5) })] }, "rules[0].when.margin" },
        { new() { Rules = [Rule(new() { Not = new() { Label = ["cat", "yak"] } })] }, "rules[0].when.not.label[1]" },
        { new() { Rules = [Rule(new() { Any = [] })] }, "rules[0].when.any" },
        { new() { Rules = [Rule(new() { Sample = new(1.5, 0) })] }, "rules[0].when.sample.rate" },
        { new() { Rules = [Rule(new() { Cost = new(double.NaN, null) })] }, "rules[0].when.cost.atLeast" },
        { new() { Rules = [Rule(new() { Field = new() { Path = "output.x", Exists = true } })] }, "rules[0].when.field.path" },
        { new() { Rules = [Rule(new() { Field = new() { Path = "input.x" } })] }, "rules[0].when.field" },
        { new() { Rules = [Rule(Nested(RoutingCondition.DepthLimit + 1))] }, "rules[0].when" + string.Concat(Enumerable.Repeat(".not", RoutingCondition.DepthLimit)) },
        { new() { Rules = [new() { Id = "a", Action = RouteAction.Expert }] }, "rules[0].qualification" },
        { new() { Rules = [new() { Id = "a", Action = RouteAction.Crowd, Qualification = "vet" }] }, "rules[0].qualification" },
        { new() { Rules = [Rule(null), Rule(null)] }, "rules[0].id" },
        { new() { Costs = [new("cat", "yak", 1)] }, "costs[0].given" },
        { new() { Costs = [new("cat", "dog", -1)] }, "costs[0].costMicros" },
        { new() { PersonRequired = ["yak"] }, "personRequired[0]" },
        { new() { AuditRate = -0.1 }, "auditRate" },
        { new() { Arms = [new("a", 0, ShowPrediction.First)] }, "arms[0].share" },
        { new() { Gate = new() { ServiceLevel = TimeSpan.Zero } }, "gate.serviceLevel" },
        { new() { Gate = new() { VetoWindow = TimeSpan.FromDays(31) } }, "gate.vetoWindow" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_wrong_is_said_with_its_path(LoopPolicy policy, string path) => Assert.Contains(path, policy.Check(Animals).Select(v => v.Path));

    [Theory]
    [InlineData("input", true)]
    [InlineData("input.a.b[3][0].c", true)]
    [InlineData("metadata[0]", true)]
    [InlineData("input.", false)]
    [InlineData("input..a", false)]
    [InlineData("input[x]", false)]
    [InlineData("input[1", false)]
    [InlineData("inputs.a", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_path_has_its_form(string? path, bool fits) => Assert.Equal(fits, FieldPath.Parse(path) is not null);

    [Fact]
    public void Every_change_counts_up_and_the_same_policy_again_changes_nothing()
    {
        var state = new JobState().Apply(new JobEvent.Created { Job = Job, Requester = Requester, Spec = Spec(), ContentHash = "" });
        var policy = new LoopPolicy { AuditRate = 0.5 };
        var first = Only<JobEvent.LoopChanged, JobEvent>(JobDecider.ChangeLoop(state, policy));
        Assert.Equal(1, first.Loop.Version);
        state = state.Apply(first);
        Nothing(JobDecider.ChangeLoop(state, policy));
        Assert.Equal(2, Only<JobEvent.LoopChanged, JobEvent>(JobDecider.ChangeLoop(state, policy with { AuditRate = 0.6 })).Loop.Version);
        var changed = Only<JobEvent.Changed, JobEvent>(JobDecider.Change(state, Spec() with { Title = "Another title" }));
        Assert.Equal(first.Loop, changed.Spec.Loop);
    }

    private static RoutingRule Rule(RoutingCondition? when) => new() { Id = "a", When = when, Action = RouteAction.Accept };

    private static RoutingCondition Nested(int depth) => depth == 1 ? new() { Label = ["cat"] } : new() { Not = Nested(depth - 1) };
}
