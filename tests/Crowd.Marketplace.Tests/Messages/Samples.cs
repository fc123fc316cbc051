using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Crowd.Marketplace.Tests.Messages;

/// <summary>Makes values of a type with every property set, so that nothing can be lost without being missed. A type of several cases gives one for each.</summary>
internal sealed class Samples
{
    private const int Deepest = 12;

    private readonly IdSource _ids = new(new Microsoft.Extensions.Time.Testing.FakeTimeProvider(new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero)), new Random(1));
    private readonly Stack<Type> _making = new();
    private int _number;

    /// <summary>The sealed types that a value of the type may have; the type itself when it is no closed set.</summary>
    public static IEnumerable<Type> CasesOf(Type type) =>
        type is { IsAbstract: true, IsInterface: false } ? type.Assembly.GetTypes().Where(t => !t.IsAbstract && t.IsSubclassOf(type)) : [type];

    /// <summary>A value; of a closed set its first case.</summary>
    public object Make(Type type, int depth = 0)
    {
        Assert.True(depth < Deepest, $"{type} goes on for ever.");
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return Make(inner, depth);
        if (type == typeof(string))
            return $"text {++_number} ä\"\\";
        if (type == typeof(bool))
            return true;
        if (type == typeof(int) || type == typeof(long) || type == typeof(double) || type == typeof(byte) || type == typeof(short) || type == typeof(float) || type == typeof(decimal))
            return Convert.ChangeType(++_number, type, System.Globalization.CultureInfo.InvariantCulture);
        if (type.IsEnum)
            return Enum.GetValues(type).Cast<object>().Last();
        if (type == typeof(DateTimeOffset))
            return new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero).AddSeconds(++_number);
        if (type == typeof(TimeSpan))
            return TimeSpan.FromSeconds(++_number);
        if (type == typeof(DateOnly))
            return new DateOnly(2026, 3, 1).AddDays(++_number);
        if (type == typeof(Uri))
            return new Uri($"https://crowd.example/{++_number}");
        if (type == typeof(JsonElement))
            return JsonSerializer.Deserialize<JsonElement>($$"""{"n":{{++_number}}}""");
        if (type == typeof(ReadOnlyMemory<byte>))
            return new ReadOnlyMemory<byte>([1, 2, (byte)++_number]);
        if (type == typeof(Currency))
            return Currency.Usd;
        if (type == typeof(AssignmentId))
            return AssignmentId.Of(_ids.Next<TaskId>(), ++_number);
        if (type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IId<>)))
            return typeof(IIdSource).GetMethod(nameof(IIdSource.Next))!.MakeGenericMethod(type).Invoke(_ids, [])!;
        if (type.IsArray)
            return ArrayOf(type.GetElementType()!, depth);
        if (type.IsGenericType)
            return Generic(type, depth);
        return type.IsAbstract ? Make(CasesOf(type).First(), depth) : Record(type, depth);
    }

    /// <summary>Two items, or one of each case; none of what is being made, which would not end.</summary>
    private Array ArrayOf(Type item, int depth)
    {
        if (_making.Contains(item))
            return Array.CreateInstance(item, 0);
        var cases = CasesOf(item).ToArray();
        var all = Array.CreateInstance(item, Math.Max(2, cases.Length));
        for (var i = 0; i < all.Length; i++)
            all.SetValue(Make(cases[i % cases.Length], depth + 1), i);
        return all;
    }

    private object Generic(Type type, int depth)
    {
        var (definition, arguments) = (type.GetGenericTypeDefinition(), type.GetGenericArguments());
        if (definition == typeof(Outcome<>))
            return type.GetMethod("op_Implicit", [arguments[0]])!.Invoke(null, [Make(arguments[0], depth + 1)])!;
        if (definition == typeof(ImmutableArray<>))
            return typeof(ImmutableArray).GetMethods().Single(m => m.Name == "Create" && m.GetParameters() is [{ ParameterType.IsArray: true }] p && p[0].IsDefined(typeof(ParamArrayAttribute)))
                .MakeGenericMethod(arguments).Invoke(null, [ArrayOf(arguments[0], depth)])!;
        if (definition == typeof(ImmutableDictionary<,>))
        {
            var empty = type.GetField("Empty")!.GetValue(null)!;
            return type.GetMethod("Add")!.Invoke(empty, [Make(arguments[0], depth + 1), Make(arguments[1], depth + 1)])!;
        }

        if (definition == typeof(ImmutableHashSet<>))
            return type.GetMethod("Add")!.Invoke(type.GetField("Empty")!.GetValue(null), [Make(arguments[0], depth + 1)])!;
        if (definition == typeof(EquatableList<>))
            return Activator.CreateInstance(type, ArrayOf(arguments[0], depth))!;
        if (definition.Name.StartsWith("ValueTuple", StringComparison.Ordinal))
            return Activator.CreateInstance(type, [.. arguments.Select(a => Make(a, depth + 1))])!;
        if (arguments.Length == 1 && type.IsAssignableFrom(arguments[0].MakeArrayType()))
            return ArrayOf(arguments[0], depth);
        if (definition == typeof(IReadOnlyDictionary<,>) || definition == typeof(Dictionary<,>))
        {
            var dictionary = (System.Collections.IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(arguments))!;
            dictionary.Add(Make(arguments[0], depth + 1), Make(arguments[1], depth + 1));
            return dictionary;
        }

        return Record(type, depth);
    }

    private object Record(Type type, int depth)
    {
        _making.Push(type);
        try
        {
            return Fill(type, depth);
        }
        finally
        {
            _making.Pop();
        }
    }

    /// <summary>Takes the constructor that JSON would use, and sets every property that can be set.</summary>
    private object Fill(Type type, int depth)
    {
        var constructors = type.GetConstructors(BindingFlags.Public | BindingFlags.Instance);
        var constructor = constructors.FirstOrDefault(c => c.IsDefined(typeof(JsonConstructorAttribute)))
            ?? constructors.FirstOrDefault(c => c.GetParameters().Length == 0) ?? constructors.MaxBy(c => c.GetParameters().Length);
        var made = constructor is null ? Activator.CreateInstance(type)! : constructor.Invoke([.. constructor.GetParameters().Select(p => Make(p.ParameterType, depth + 1))]);
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.SetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0 && !property.IsDefined(typeof(JsonIgnoreAttribute)) && !_making.Contains(property.PropertyType))
                property.SetValue(made, Make(property.PropertyType, depth + 1));
        }

        return made;
    }
}
