using System.Text.Json;

namespace Crowd.Domain.Tests.Jobs;

public class JobSpecTests
{
    public static TheoryData<JobSpec, string> Specs => new()
    {
        { Some.Spec(), "" },
        { Some.Spec() with { Title = "abc" }, "" },
        { Some.Spec() with { Title = " ab " }, "title:length" },
        { Some.Spec() with { Title = "" }, "title:length" },
        { Some.Spec() with { Title = new('x', JobSpec.TitleLength) }, "" },
        { Some.Spec() with { Title = new('x', JobSpec.TitleLength + 1) }, "title:length" },
        { Some.Spec() with { Instructions = new('x', JobSpec.InstructionsLength) }, "" },
        { Some.Spec() with { Instructions = new('x', JobSpec.InstructionsLength + 1) }, "instructions:length" },
        { Some.Spec() with { Currency = default }, "currency:required" },
        { Some.Spec() with { Examples = [Example()] }, "" },
        { Some.Spec() with { Examples = [Example(), Example(answer: "no such label"), Example(text: "", why: new('x', JobExample.WhyLength + 1))] }, "examples[1].choice:label examples[2].why:length" },
        { Some.Spec() with { Examples = new(Enumerable.Repeat(Example(), JobExample.Limit + 1)) }, "examples:count" },
        { Some.Spec() with { Examples = [Example(text: new('x', JobExample.InputCharacters))] }, "examples:size" },
        { Some.Spec(schema: new LabelSchema.SingleChoice { Labels = [] }) with { Examples = [Example()] }, "schema.labels:count" },
        { Some.Spec(Some.Policies() with { PayMicros = -1 }, new LabelSchema.SingleChoice { Labels = [] }) with { Title = "" }, "title:length schema.labels:count policies.payMicros:range" },
    };

    [Theory]
    [MemberData(nameof(Specs))]
    public void A_specification_breaks_exactly_these_rules(JobSpec spec, string broken) =>
        Assert.Equal(broken, string.Join(' ', spec.Check().Select(v => $"{v.Path}:{v.Rule}")));

    [Fact]
    public void An_answer_costs_its_pay_and_its_fee() => Assert.Equal(60_000, Some.Spec().CostOfAnswerMicros);

    [Fact]
    public void Tasks_cost_their_greatest_number_of_answers() => Assert.Equal(7 * 5 * 60_000, Some.Spec().CostOfTasksMicros(7));

    [Fact]
    public void A_cost_that_overflows_is_refused() => Assert.Throws<OverflowException>(() => Some.Spec().CostOfTasksMicros(long.MaxValue / 2));

    [Fact]
    public void Specifications_are_equal_by_content() =>
        Assert.Equal(Some.Spec(schema: new LabelSchema.SingleChoice { Labels = ["a", "b"] }), Some.Spec(schema: new LabelSchema.SingleChoice { Labels = new(["a", "b"]) }));

    [Fact]
    public void Examples_are_equal_by_content_and_none_are_not_written()
    {
        var spec = Some.Spec() with { Examples = [Example()] };
        var read = JsonSerializer.Deserialize(JsonSerializer.Serialize(spec, DomainJson.Default.JobSpec), DomainJson.Default.JobSpec);
        Assert.Equal(spec, read);
        Assert.NotEqual(spec, Some.Spec() with { Examples = [Example(text: "another")] });
        Assert.DoesNotContain("examples", JsonSerializer.Serialize(Some.Spec(), DomainJson.Default.JobSpec), StringComparison.Ordinal);
    }

    [Fact]
    public void Json_holds_what_was_given_and_nothing_derived()
    {
        var spec = Some.Spec(Some.Policies() with { Qualifications = ["de"] });
        var json = JsonSerializer.Serialize(spec, DomainJson.Default.JobSpec);
        Assert.Equal(spec, JsonSerializer.Deserialize(json, DomainJson.Default.JobSpec));
        Assert.DoesNotContain("cost", json, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("feeMicros", json, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void What_an_older_version_did_not_write_has_its_default()
    {
        var spec = JsonSerializer.Deserialize("""{"title":"abc","schema":{"kind":"pairwise"},"policies":{"payMicros":5}}""", DomainJson.Default.JobSpec);
        Assert.Equal(new JobSpec { Title = "abc", Schema = new LabelSchema.Pairwise(), Policies = new() { PayMicros = 5 } }, spec);
    }

    private static JobExample Example(string text = "a text", string answer = "cat", string why = "") =>
        new() { Input = JsonSerializer.SerializeToElement(new { text }), Answer = new Answer.Choice(answer), Why = why };
}
