using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Crowd.Domain.Tests.Labels;

public class AllKindsTests
{
    private static readonly Type[] SchemaKinds = CasesOf(typeof(LabelSchema));
    private static readonly Type[] AnswerKinds = CasesOf(typeof(Answer));

    [Fact]
    public void There_is_a_sample_of_every_schema_and_every_answer()
    {
        Assert.Equal(SchemaKinds, Schemas.All.Select(s => s.Schema.GetType()).OrderBy(t => t.Name, StringComparer.Ordinal));
        Assert.Equal(AnswerKinds, Schemas.All.Select(s => s.One.GetType()).OrderBy(t => t.Name, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(typeof(LabelSchema))]
    [InlineData(typeof(Answer))]
    public void Every_case_has_a_json_name_of_its_own(Type root)
    {
        var named = root.GetCustomAttributes<JsonDerivedTypeAttribute>().ToArray();
        Assert.Equal(CasesOf(root), named.Select(n => n.DerivedType).OrderBy(t => t.Name, StringComparer.Ordinal));
        Assert.Equal(named.Length, named.Select(n => n.TypeDiscriminator).Distinct().Count());
        Assert.Equal("kind", root.GetCustomAttribute<JsonPolymorphicAttribute>()!.TypeDiscriminatorPropertyName);
    }

    [Theory]
    [InlineData(typeof(LabelSchema))]
    [InlineData(typeof(Answer))]
    [InlineData(typeof(PaymentOutcome))]
    [InlineData(typeof(JobEvent))]
    [InlineData(typeof(TaskEvent))]
    [InlineData(typeof(WorkerEvent))]
    [InlineData(typeof(RequesterEvent))]
    [InlineData(typeof(ExamEvent))]
    [InlineData(typeof(PayoutEvent))]
    [InlineData(typeof(AccountEvent))]
    public void The_hierarchy_is_closed(Type root)
    {
        Assert.True(root.IsAbstract);
        Assert.All(CasesOf(root), c => Assert.True(c.IsSealed, c.Name));
        Assert.DoesNotContain(root.GetConstructors(BindingFlags.Instance | BindingFlags.NonPublic), c => c.IsFamily && c.GetParameters().Length == 0);
    }

    [Theory]
    [MemberData(nameof(Schemas.Numbers), MemberType = typeof(Schemas))]
    public void The_sample_is_sound(int number)
    {
        var sample = Schemas.All[number];
        Assert.Empty(sample.Schema.Check());
        Assert.Empty(sample.Schema.CheckInput(sample.Input));
        Assert.Empty(sample.Schema.Fit(sample.One, sample.Input));
        Assert.Empty(sample.Schema.Fit(sample.Other, sample.Input));
        Assert.NotEqual(sample.One, sample.Other);
    }

    [Theory]
    [MemberData(nameof(Schemas.Numbers), MemberType = typeof(Schemas))]
    public void Answers_of_all_other_kinds_do_not_fit(int number)
    {
        var sample = Schemas.All[number];
        foreach (var other in Schemas.All.Where(s => s != sample))
        {
            var violation = Assert.Single(sample.Schema.Fit(other.One, sample.Input));
            Assert.Equal(("", "kind"), (violation.Path, violation.Rule));
        }
    }

    [Fact]
    public void Each_kind_says_in_its_own_words_what_it_wants()
    {
        var wants = Schemas.All.Select(s => s.Schema.Fit(Schemas.All.First(o => o != s).One, s.Input)[0].Message).ToArray();
        Assert.Equal(wants.Length, wants.Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [MemberData(nameof(Schemas.Numbers), MemberType = typeof(Schemas))]
    public void A_schema_is_read_back_from_its_json(int number)
    {
        var sample = Schemas.All[number];
        var json = JsonSerializer.Serialize(sample.Schema, DomainJson.Default.LabelSchema);
        Assert.StartsWith($$"""{"kind":"{{sample.Kind}}" """.TrimEnd(), json, StringComparison.Ordinal);
        Assert.DoesNotContain("readsInput", json, StringComparison.Ordinal);
        Assert.Equal(sample.Schema, JsonSerializer.Deserialize(json, DomainJson.Default.LabelSchema));
    }

    [Theory]
    [MemberData(nameof(Schemas.Numbers), MemberType = typeof(Schemas))]
    public void An_answer_agrees_with_itself_and_not_with_another(int number)
    {
        var sample = Schemas.All[number];
        Assert.Equal(1, Agreement.Between(sample.Schema, sample.One, sample.One), 12);
        Assert.True(Agreement.Agrees(sample.Schema, sample.One, sample.One));
        Assert.False(Agreement.Agrees(sample.Schema, sample.One, sample.Other));
        Assert.InRange(Agreement.Between(sample.Schema, sample.One, sample.Other), 0, 0.999);
        Assert.Equal(Agreement.Between(sample.Schema, sample.One, sample.Other), Agreement.Between(sample.Schema, sample.Other, sample.One), 12);
    }

    internal static Type[] CasesOf(Type root) =>
        [.. root.Assembly.GetTypes().Where(t => t != root && t.IsSubclassOf(root) && !t.IsAbstract).OrderBy(t => t.Name, StringComparer.Ordinal)];
}
