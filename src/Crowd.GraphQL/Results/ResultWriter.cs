using System.Text.Json;
using Crowd.GraphQL.Language;

namespace Crowd.GraphQL.Results;

/// <summary>Writes a response (section 7.1) as JSON. Errors come before data, where a reader sees them first.</summary>
internal static class ResultWriter
{
    private static readonly JsonEncodedText Data = JsonEncodedText.Encode("data");
    private static readonly JsonEncodedText Errors = JsonEncodedText.Encode("errors");
    private static readonly JsonEncodedText Message = JsonEncodedText.Encode("message");
    private static readonly JsonEncodedText Locations = JsonEncodedText.Encode("locations");
    private static readonly JsonEncodedText Line = JsonEncodedText.Encode("line");
    private static readonly JsonEncodedText Column = JsonEncodedText.Encode("column");
    private static readonly JsonEncodedText Path = JsonEncodedText.Encode("path");
    private static readonly JsonEncodedText Extensions = JsonEncodedText.Encode("extensions");
    private static readonly JsonEncodedText Code = JsonEncodedText.Encode("code");

    /// <summary>Writes the whole response object.</summary>
    public static void Write(Utf8JsonWriter writer, ExecutionResult result)
    {
        writer.WriteStartObject();
        if (result.Errors.Count > 0)
        {
            writer.WritePropertyName(Errors);
            WriteErrors(writer, result.Errors);
        }

        if (result.HasData)
        {
            writer.WritePropertyName(Data);
            if (result.Root is { IsReplaced: false } root)
            {
                WriteObject(writer, root);
            }
            else
            {
                writer.WriteNullValue();
            }
        }

        writer.WriteEndObject();
    }

    public static void WriteErrors(Utf8JsonWriter writer, IReadOnlyList<GraphQLError> errors)
    {
        writer.WriteStartArray();
        foreach (var error in errors)
        {
            writer.WriteStartObject();
            writer.WriteString(Message, error.Message);
            if (error.Locations.Count > 0)
            {
                WriteLocations(writer, error.Locations);
            }

            if (error.Path is not null)
            {
                WritePath(writer, error.Path);
            }

            writer.WriteStartObject(Extensions);
            writer.WriteString(Code, error.Code);
            foreach (var (key, value) in error.Extensions ?? new Dictionary<string, object?>())
            {
                if (key != "code")
                {
                    writer.WritePropertyName(key);
                    WriteAny(writer, value);
                }
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteObject(Utf8JsonWriter writer, ObjectResult result)
    {
        writer.WriteStartObject();
        var fields = result.Plan.Fields;
        var slots = result.Slots;
        for (var i = 0; i < slots.Length; i++)
        {
            writer.WritePropertyName(fields[i].EncodedName);
            WriteSlot(writer, ref slots[i]);
        }

        writer.WriteEndObject();
    }

    private static void WriteSlot(Utf8JsonWriter writer, ref ResultSlot slot)
    {
        switch (slot.Reference)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case ObjectResult value:
                WriteObject(writer, value);
                break;
            case ResultSlot.Tag tag:
                WriteTagged(writer, tag, slot.Bits);
                break;
            case ListResult list:
                writer.WriteStartArray();
                for (var i = 0; i < list.Slots.Length; i++)
                {
                    WriteSlot(writer, ref list.Slots[i]);
                }

                writer.WriteEndArray();
                break;
            case var value:
                WriteAny(writer, value);
                break;
        }
    }

    private static void WriteTagged(Utf8JsonWriter writer, ResultSlot.Tag tag, long bits)
    {
        if (ReferenceEquals(tag, ResultSlot.Tag.Integer))
        {
            writer.WriteNumberValue(bits);
        }
        else if (ReferenceEquals(tag, ResultSlot.Tag.Boolean))
        {
            writer.WriteBooleanValue(bits != 0);
        }
        else
        {
            writer.WriteNumberValue(BitConverter.Int64BitsToDouble(bits));
        }
    }

    private static void WriteAny(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case JsonElement json:
                json.WriteTo(writer);
                break;
            case decimal number:
                writer.WriteNumberValue(number);
                break;
            default:
                JsonSerializer.Serialize(writer, value, JsonSerializerOptions.Web);
                break;
        }
    }

    private static void WriteLocations(Utf8JsonWriter writer, IReadOnlyList<SourceLocation> locations)
    {
        writer.WriteStartArray(Locations);
        foreach (var location in locations)
        {
            writer.WriteStartObject();
            writer.WriteNumber(Line, location.Line);
            writer.WriteNumber(Column, location.Column);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WritePath(Utf8JsonWriter writer, IReadOnlyList<object> path)
    {
        writer.WriteStartArray(Path);
        foreach (var segment in path)
        {
            if (segment is int index)
            {
                writer.WriteNumberValue(index);
            }
            else
            {
                writer.WriteStringValue((string)segment);
            }
        }

        writer.WriteEndArray();
    }
}
