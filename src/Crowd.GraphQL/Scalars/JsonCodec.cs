using System.Buffers;
using System.Text.Json;
using Crowd.GraphQL.Inputs;
using Crowd.GraphQL.Language;

namespace Crowd.GraphQL.Scalars;

/// <summary>Any JSON value; a literal is turned into the JSON it looks like, enum values into strings.</summary>
internal sealed class JsonCodec : LeafCodec
{
    public static readonly JsonCodec Instance = new();

    public override object ReadJson(JsonElement value) => value.Clone();

    public override object ReadLiteral(ValueNode value, LiteralVariables? variables)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, value, variables);
        }

        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return document.RootElement.Clone();
    }

    private static void Write(Utf8JsonWriter writer, ValueNode value, LiteralVariables? variables)
    {
        switch (value)
        {
            case IntValueNode number:
                writer.WriteRawValue(number.Text);
                break;
            case FloatValueNode number:
                writer.WriteRawValue(number.Text);
                break;
            case StringValueNode text:
                writer.WriteStringValue(text.Value);
                break;
            case EnumValueNode name:
                writer.WriteStringValue(name.Name);
                break;
            case BooleanValueNode boolean:
                writer.WriteBooleanValue(boolean.Value);
                break;
            case ListValueNode list:
                writer.WriteStartArray();
                foreach (var item in list.Values)
                {
                    Write(writer, item, variables);
                }

                writer.WriteEndArray();
                break;
            case ObjectValueNode map:
                writer.WriteStartObject();
                foreach (var field in map.Fields)
                {
                    // A variable without a value leaves its entry out, as in input objects.
                    if (field.Value is not VariableNode variable || variables?.Raw(variable) is not null)
                    {
                        writer.WritePropertyName(field.Name.Value);
                        Write(writer, field.Value, variables);
                    }
                }

                writer.WriteEndObject();
                break;
            case VariableNode variable when variables?.Raw(variable) is { } sent:
                sent.WriteTo(writer);
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }
}
