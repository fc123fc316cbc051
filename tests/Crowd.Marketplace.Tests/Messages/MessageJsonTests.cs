using System.Collections;
using System.Reflection;
using System.Text.Json;
using Crowd.Marketplace.Log;
using Crowd.Marketplace.Messages;

namespace Crowd.Marketplace.Tests.Messages;

/// <summary>Whatever grains are told or answer, and the states that snapshots hold, come out of JSON as they went in.</summary>
public sealed class MessageJsonTests
{
    private static readonly Type[] Ours = typeof(EventLog).Assembly.GetTypes();

    /// <summary>Every parameter and every result of every grain's method, by name.</summary>
    public static TheoryData<string> Messages() => [.. MessageTypes().Select(Name).Order(StringComparer.Ordinal)];

    /// <summary>Every state of which a grain keeps snapshots.</summary>
    public static TheoryData<string> States() => [.. StateTypes().Select(Name).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_message_comes_out_as_it_went_in(string name)
    {
        var type = MessageTypes().Single(t => Name(t) == name);
        foreach (var sample in SamplesOf(type))
        {
            Check(sample, type, MessageJson.Options);
            // A codec of messages names the type that the value has, not the one that was declared.
            if (MessageJson.Carries(sample.GetType()))
                Check(sample, sample.GetType(), MessageJson.Options);
        }
    }

    [Theory]
    [MemberData(nameof(States))]
    public void A_snapshot_comes_out_as_it_went_in(string name)
    {
        var type = StateTypes().Single(t => Name(t) == name);
        Check(new Samples().Make(type), type, DomainJson.Default.Options);
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_message_is_of_values_that_travel(string name)
    {
        var type = MessageTypes().Single(t => Name(t) == name);
        Assert.False(typeof(Delegate).IsAssignableFrom(type) || typeof(Stream).IsAssignableFrom(type) || type == typeof(object), $"{name} cannot leave the process.");
        if (!type.IsEnum && (type.Assembly == typeof(EventLog).Assembly || type.Assembly == typeof(DomainEvent).Assembly))
            Assert.True(MessageJson.Carries(type), $"{name} is not carried.");
    }

    [Fact]
    public void Outcomes_refuse_what_is_neither_value_nor_rejection()
    {
        foreach (var json in (string[])["""{}""", """{"other":1}""", """{"rejection":null}""", """{"value":1,"rejection":null}""", "1"])
            Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Outcome<int>>(json, MessageJson.Options));
    }

    [Fact]
    public void There_are_messages_and_states()
    {
        Assert.True(MessageTypes().Count() > 40);
        Assert.True(StateTypes().Count() > 10);
    }

    private static IEnumerable<object> SamplesOf(Type type)
    {
        foreach (var one in Samples.CasesOf(type))
            yield return new Samples().Make(one);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Outcome<>))
            yield return type.GetMethod("op_Implicit", [typeof(Rejection)])!.Invoke(null, [new Samples().Make(typeof(Rejection))])!;
    }

    private static void Check(object sample, Type type, JsonSerializerOptions options)
    {
        var json = JsonSerializer.Serialize(sample, type, options);
        var back = JsonSerializer.Deserialize(json, type, options);
        Same(sample, back, type.Name);
        Assert.Equal(json, JsonSerializer.Serialize(back, type, options));
    }

    /// <summary>Asserts that two values have the same type and content, whatever their equality says. Lists may be of another class.</summary>
    private static void Same(object? expected, object? actual, string path)
    {
        if (expected is null || actual is null)
        {
            Assert.True(expected is null && actual is null, $"{path}: {expected ?? "null"} became {actual ?? "null"}.");
            return;
        }

        var type = expected.GetType();
        if (type.IsPrimitive || type.IsEnum || expected is string or DateTimeOffset or TimeSpan or Uri or DateOnly or decimal)
        {
            Assert.True(expected.Equals(actual), $"{path}: {expected} became {actual}.");
        }
        else if (expected is JsonElement element)
        {
            Assert.True(JsonElement.DeepEquals(element, (JsonElement)actual), path);
        }
        else if (expected is ReadOnlyMemory<byte> bytes)
        {
            Assert.True(bytes.Span.SequenceEqual(((ReadOnlyMemory<byte>)actual).Span), path);
        }
        else if (expected is IEnumerable items)
        {
            var (left, right) = (items.Cast<object?>().ToArray(), ((IEnumerable)actual).Cast<object?>().ToArray());
            Assert.True(left.Length == right.Length, $"{path}: {left.Length} items became {right.Length}.");
            for (var i = 0; i < left.Length; i++)
                Same(left[i], right[i], $"{path}[{i}]");
        }
        else
        {
            Assert.True(type == actual.GetType(), $"{path}: {type} became {actual.GetType()}.");
            for (var t = type; t is not null && t != typeof(object) && t != typeof(ValueType); t = t.BaseType)
            {
                foreach (var field in t.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                    Same(field.GetValue(expected), field.GetValue(actual), $"{path}.{field.Name}");
            }
        }
    }

    private static IEnumerable<Type> MessageTypes() => Ours.Where(t => t.IsInterface && typeof(IGrainWithStringKey).IsAssignableFrom(t))
        .SelectMany(t => t.GetMethods())
        .SelectMany(m => m.GetParameters().Select(p => p.ParameterType).Append(m.ReturnType))
        .Select(t => t.IsGenericType && t.GetGenericTypeDefinition() == typeof(Task<>) ? t.GetGenericArguments()[0] : t)
        .Where(t => t != typeof(Task) && t != typeof(CancellationToken))
        .Distinct();

    private static IEnumerable<Type> StateTypes() => Ours.Where(t => !t.IsAbstract && Base(t) is not null).Select(t => Base(t)!.GetGenericArguments()[0]).Distinct();

    private static Type? Base(Type? type)
    {
        while (type is not null && !(type.IsGenericType && type.GetGenericTypeDefinition() == typeof(EventSourcedGrain<,>)))
            type = type.BaseType;
        return type;
    }

    private static string Name(Type type) => type.IsGenericType ? $"{type.Name}[{string.Join(",", type.GetGenericArguments().Select(Name))}]" : type.DeclaringType is null ? type.Name : $"{type.DeclaringType.Name}.{type.Name}";
}
