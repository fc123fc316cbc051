using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Crowd.Domain.Tests.Labels;

namespace Crowd.Domain.Tests.Events;

public class EventTypesTests
{
    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, SampleEvents.All.Count)];

    [Fact]
    public void Every_event_has_a_name_of_its_own()
    {
        var events = AllKindsTests.CasesOf(typeof(DomainEvent));
        Assert.Equal(events.ToHashSet(), EventTypes.All.Select(e => e.Type).ToHashSet());
        Assert.Equal(events.Length, EventTypes.All.Count());
        Assert.Equal(events.Length, EventTypes.All.Select(e => e.Name).Distinct(StringComparer.Ordinal).Count());
        Assert.All(EventTypes.All, e => Assert.Matches("^(job|task|worker|requester|exam|payout|account|prediction|model|learning|decision|alert|top-up|refund|inbox|movement)\\.[a-z]+(-[a-z]+)*$", e.Name));
    }

    [Fact]
    public void There_is_a_sample_of_every_event() =>
        Assert.Equal(AllKindsTests.CasesOf(typeof(DomainEvent)).ToHashSet(), SampleEvents.All.Select(e => e.GetType()).ToHashSet());

    /// <summary>Tests that start from samples would miss a field that they leave out.</summary>
    [Fact]
    public void Samples_leave_no_field_out() => Assert.All(SampleEvents.All, e => Assert.All(
        e.GetType().GetProperties().Where(p => p.Name != "EqualityContract"),
        p => Assert.True(p.GetValue(e) is not null, $"{e.GetType().Name}.{p.Name}")));

    [Theory]
    [MemberData(nameof(Numbers))]
    public void An_event_is_read_back_as_it_was_written(int number)
    {
        var e = SampleEvents.All[number];
        var written = EventTypes.Write(e);
        var read = EventTypes.Read(EventTypes.NameOf(e), written);
        Assert.IsType(e.GetType(), read);
        Assert.Equal(Encoding.UTF8.GetString(written), Encoding.UTF8.GetString(EventTypes.Write(read)));
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Every_field_is_written_under_its_name(int number)
    {
        var e = SampleEvents.All[number];
        using var json = JsonDocument.Parse(EventTypes.Write(e));
        var written = json.RootElement.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal);
        var fields = e.GetType().GetProperties().Where(p => p.Name != "EqualityContract").Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name)).Order(StringComparer.Ordinal);
        Assert.Equal(fields, written);
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_field_of_a_newer_version_is_passed_over(int number)
    {
        var e = SampleEvents.All[number];
        var json = Encoding.UTF8.GetString(EventTypes.Write(e));
        var newer = Encoding.UTF8.GetBytes("{\"fromTheFuture\":{\"a\":[1]}" + (json == "{}" ? "}" : "," + json[1..]));
        Assert.Equal(json, Encoding.UTF8.GetString(EventTypes.Write(EventTypes.Read(EventTypes.NameOf(e), newer))));
    }

    [Fact]
    public void An_event_of_an_unknown_type_stops_the_reader() =>
        Assert.Contains("job.exploded", Assert.Throws<InvalidOperationException>(() => EventTypes.Read("job.exploded", "{}"u8)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_required_field_that_is_missing_stops_the_reader() =>
        Assert.Throws<JsonException>(() => EventTypes.Read("job.funded", """{"amountMicros":5}"""u8));

    /// <summary>The serializer gives an init property that the JSON leaves out its type's default, so a default of its own would be lost.</summary>
    [Fact]
    public void No_field_that_older_json_may_lack_has_a_default_that_reading_would_lose()
    {
        var lost = from type in Kept()
                   from property in type.GetProperties()
                   where IsInit(property) && property.GetCustomAttribute<RequiredMemberAttribute>() is null
                   let made = Activator.CreateInstance(type)
                   let own = property.GetValue(made)
                   where own is not null && !own.Equals(property.PropertyType.IsValueType ? Activator.CreateInstance(property.PropertyType) : null)
                   select $"{type.Name}.{property.Name}";
        Assert.Empty(lost);
    }

    /// <summary>The types of the domain that stand in events, and the specification.</summary>
    private static HashSet<Type> Kept()
    {
        var found = new HashSet<Type>();
        var open = new Stack<Type>([.. AllKindsTests.CasesOf(typeof(DomainEvent)), typeof(JobSpec), .. AllKindsTests.CasesOf(typeof(LabelSchema))]);
        while (open.TryPop(out var type))
        {
            if (type.Assembly != typeof(DomainEvent).Assembly || type.IsAbstract || type.IsEnum || type.IsValueType || type.IsGenericType || !found.Add(type))
                continue;
            foreach (var property in type.GetProperties())
            {
                open.Push(property.PropertyType);
                foreach (var argument in property.PropertyType.GetGenericArguments())
                    open.Push(argument);
            }
        }

        found.RemoveWhere(t => t.GetConstructor(Type.EmptyTypes) is null);
        Assert.Contains(typeof(JobPolicies), found);
        Assert.Contains(typeof(GoldPolicy), found);
        Assert.Contains(typeof(Settlement), found);
        return found;
    }

    private static bool IsInit(PropertyInfo property) =>
        property.SetMethod?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) == true;
}
