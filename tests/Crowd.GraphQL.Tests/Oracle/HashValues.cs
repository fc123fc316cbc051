using System.Globalization;
using System.Text;
using System.Text.Json;
using Crowd.GraphQL.Execution;
using Crowd.GraphQL.Results;
using Crowd.GraphQL.Types;

namespace Crowd.GraphQL.Tests.Oracle;

/// <summary>An object: its type, and the key that all below it is made of.</summary>
internal sealed record HashObject(ObjectType Type, string Key);

/// <summary>Values that depend on nothing but where they stand. The script oracle.mjs makes the same ones.</summary>
internal static class HashValues
{
    private const int MaxListLength = 4;

    /// <summary>The value of a field: a leaf, an object, a list, null, or an exception in the place of any of these.</summary>
    public static object? Resolve(GraphQLType type, string key)
    {
        var value = Value(type, key);
        return value is Exception failure ? throw failure : value;
    }

    /// <summary>A source stream of up to three events; some do not open, some fail after their last event.</summary>
    public static IAsyncEnumerable<object?> Stream(GraphQLType type, string key, bool isAsync)
    {
        return Hash(key + "?") % 11 == 0 ? throw MadeUp() : Events();

        async IAsyncEnumerable<object?> Events()
        {
            for (var i = 0; i < Hash(key + "#") % MaxListLength; i++)
            {
                if (isAsync)
                {
                    await Task.Yield();
                }

                yield return Value(type, $"{key}@{i}");
            }

            if (Hash(key + "!") % 7 == 0)
            {
                throw MadeUp();
            }
        }
    }

    public static string Key(string parent, string field, IReadOnlyList<InputValue> definitions, object?[] values)
    {
        var text = new StringBuilder(parent).Append('/').Append(field);
        var given = definitions
            .Where(definition => !ReferenceEquals(values[definition.Index], Inputs.ObjectInputShape.Missing))
            .ToDictionary(definition => definition.Name, definition => values[definition.Index], StringComparer.Ordinal);
        if (given.Count > 0)
        {
            Canonical(text, given);
        }

        return text.ToString();
    }

    // 32-bit FNV-1a over UTF-16 code units, mixed once more, since the last character alone would decide the low bits.
    public static uint Hash(string key)
    {
        var hash = 2166136261u;
        foreach (var unit in key)
        {
            hash = unchecked((hash ^ unit) * 16777619u);
        }

        return unchecked((hash ^ (hash >> 15)) * 2654435761u) >> 4;
    }

    private static object? Value(GraphQLType type, string key)
    {
        var hash = Hash(key);
        if (hash % 61 == 0)
        {
            return MadeUp();
        }

        if (hash % (type is NonNullType ? 97u : 11u) == 1)
        {
            return null;
        }

        switch (type.Nullable())
        {
            case ListType list:
                return Enumerable.Range(0, (int)(Hash(key + "#") % MaxListLength)).Select(i => Value(list.OfType, $"{key}[{i}]")).ToArray();
            case CompositeType composite:
                var possible = composite.PossibleTypes.OrderBy(each => each.Name, StringComparer.Ordinal).ToArray();
                return new HashObject(possible[hash % possible.Length], key);
            case EnumType named:
                return named.Values[(int)(hash % named.Values.Count)].Name;
            case var leaf:
                return Leaf(leaf.Named().Name, hash);
        }
    }

    private static GraphQLException MadeUp() => new("made up", "MADE_UP");

    private static object Leaf(string type, uint hash) => type switch
    {
        "Int" => (int)(hash % 2001) - 1000,
        "Float" => hash % 41 == 0 ? double.NaN : ((int)(hash % 4001) - 2000) / 8.0,
        "Boolean" => hash % 2 == 0,
        "ID" => $"id{hash}",
        _ => $"s\u00e9\n\"{hash}\u2028\ud83d\ude00",
    };

    private static void Canonical(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case string quoted:
                text.Append('\'').Append(quoted).Append('\'');
                break;
            case bool boolean:
                text.Append(boolean ? "true" : "false");
                break;
            case JsonElement json:
                Canonical(text, Plain(json));
                break;
            case IDictionary<string, object?> map:
                text.Append('{');
                foreach (var (name, each) in map.OrderBy(entry => entry.Key, StringComparer.Ordinal))
                {
                    text.Append(name).Append(':');
                    Canonical(text, each);
                    text.Append(';');
                }

                text.Append('}');
                break;
            case IEnumerable<object?> list:
                text.Append('[');
                foreach (var each in list)
                {
                    Canonical(text, each);
                    text.Append(';');
                }

                text.Append(']');
                break;
            default:
                text.Append(Convert.ToDouble(value, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture));
                break;
        }
    }

    private static object? Plain(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().GroupBy(each => each.Name).ToDictionary(group => group.Key, group => Plain(group.Last().Value), StringComparer.Ordinal),
        JsonValueKind.Array => json.EnumerateArray().Select(Plain).ToArray(),
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Number => json.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };
}

/// <summary>Completes made-up values with the library's own completers.</summary>
internal sealed class HashCompleter(GraphQLType type) : Completer<object?>
{
    private static readonly LeafCompleter<object?> Leaf = new(static (value, ref slot) => Write(value, ref slot));

    private readonly ListCompleter<object?[]?, object?>? _list = type.Nullable() is ListType list
        ? new ListCompleter<object?[]?, object?>(new HashCompleter(list.OfType), list.OfType is NonNullType)
        : null;

    public override void Complete(OperationExecution execution, FieldPlan plan, ResultContainer container, int slot, bool isNonNull, object? value)
    {
        switch (value)
        {
            case Exception failure:
                throw failure;
            case HashObject each:
                new ObjectCompleter<HashObject>(each.Type).Complete(execution, plan, container, slot, isNonNull, each);
                break;
            case object?[] items:
                _list!.Complete(execution, plan, container, slot, isNonNull, items);
                break;
            default:
                Leaf.Complete(execution, plan, container, slot, isNonNull, value);
                break;
        }
    }

    private static void Write(object? value, ref ResultSlot slot)
    {
        switch (value)
        {
            case int number:
                slot.SetInteger(number);
                break;
            case double number:
                slot.SetFloat(number);
                break;
            case bool boolean:
                slot.SetBoolean(boolean);
                break;
            default:
                slot.SetString((string?)value);
                break;
        }
    }
}
