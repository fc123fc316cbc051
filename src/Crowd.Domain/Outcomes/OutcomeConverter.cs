using System.Text.Json;
using System.Text.Json.Serialization;

namespace Crowd.Domain;

/// <summary>JSON of outcomes: <c>{"value":…}</c> or <c>{"rejection":…}</c>.</summary>
internal sealed class OutcomeConverter : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Outcome<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;

    private sealed class Converter<T> : JsonConverter<Outcome<T>>
    {
        public override Outcome<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.StartObject || !reader.Read() || reader.TokenType != JsonTokenType.PropertyName)
                throw new JsonException("An outcome is an object of one property.");
            var accepted = reader.ValueTextEquals("value"u8);
            if (!accepted && !reader.ValueTextEquals("rejection"u8))
                throw new JsonException("An outcome has a value or a rejection.");
            reader.Read();
            Outcome<T> outcome = accepted
                ? JsonSerializer.Deserialize<T>(ref reader, options)!
                : JsonSerializer.Deserialize<Rejection>(ref reader, options) ?? throw new JsonException("A rejection is missing.");
            return reader.Read() && reader.TokenType == JsonTokenType.EndObject ? outcome : throw new JsonException("An outcome is an object of one property.");
        }

        public override void Write(Utf8JsonWriter writer, Outcome<T> value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            if (value.Rejection is { } rejection)
            {
                writer.WritePropertyName("rejection"u8);
                JsonSerializer.Serialize(writer, rejection, options);
            }
            else
            {
                writer.WritePropertyName("value"u8);
                JsonSerializer.Serialize(writer, value.Value, options);
            }

            writer.WriteEndObject();
        }
    }
}
