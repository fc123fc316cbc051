using System.Text.Json;
using System.Text.Json.Serialization;

namespace Crowd.Domain;

/// <summary>
/// An assignment: <c>asg_</c>, the 26 characters of its task and 4 characters of its number within the task, so that the task is found
/// from the assignment without a look-up.
/// </summary>
[JsonConverter(typeof(AssignmentIdConverter))]
public readonly record struct AssignmentId
{
    /// <summary>Most assignments of one task over its life.</summary>
    public const int MaxOrdinal = (1 << 20) - 1;

    private const string Prefix = "asg_";
    private const int OrdinalLength = 4;

    private AssignmentId(string value, int ordinal) => (Value, Ordinal) = (value, ordinal);

    /// <summary>The text; null only in a default id.</summary>
    public string Value { get; }

    /// <summary>Number of the assignment within its task, from 0.</summary>
    public int Ordinal { get; }

    /// <summary>The task that is leased.</summary>
    public TaskId Task => TaskId.From(string.Concat(TaskId.Prefix, "_", Value.AsSpan(Prefix.Length, Id.BodyLength)));

    /// <summary>The assignment of the task with the number.</summary>
    public static AssignmentId Of(TaskId task, int ordinal)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ordinal, MaxOrdinal);
        ArgumentOutOfRangeException.ThrowIfNegative(ordinal);
        return new(string.Create(Prefix.Length + Id.BodyLength + OrdinalLength, (task, ordinal), static (span, made) =>
        {
            Prefix.CopyTo(span);
            made.task.Required().Value.AsSpan(TaskId.Prefix.Length + 1).CopyTo(span[Prefix.Length..]);
            var rest = made.ordinal;
            for (var i = span.Length - 1; i >= span.Length - OrdinalLength; i--)
            {
                span[i] = Id.Alphabet[rest & 31];
                rest >>= 5;
            }
        }), ordinal);
    }

    /// <summary>Reads an assignment's id.</summary>
    public static bool TryParse(string? text, out AssignmentId id)
    {
        id = default;
        if (text is null || text.Length != Prefix.Length + Id.BodyLength + OrdinalLength || !text.StartsWith(Prefix, StringComparison.Ordinal)
            || text[Prefix.Length] > Id.GreatestFirst)
        {
            return false;
        }

        var ordinal = 0;
        for (var i = Prefix.Length; i < text.Length; i++)
        {
            var digit = Id.Alphabet.IndexOf(text[i], StringComparison.Ordinal);
            if (digit < 0)
                return false;
            if (i >= Prefix.Length + Id.BodyLength)
                ordinal = (ordinal << 5) | digit;
        }

        id = new(text, ordinal);
        return true;
    }

    public override string ToString() => Value ?? "";
}

internal sealed class AssignmentIdConverter : JsonConverter<AssignmentId>
{
    public override AssignmentId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        AssignmentId.TryParse(reader.GetString(), out var id) ? id : throw new JsonException($"Not an asg_ id: {reader.GetString()}");

    public override void Write(Utf8JsonWriter writer, AssignmentId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value ?? throw new ArgumentException("An asg_ id is missing."));
}
