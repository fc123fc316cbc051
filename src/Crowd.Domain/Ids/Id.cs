using System.Text.Json;
using System.Text.Json.Serialization;

namespace Crowd.Domain;

/// <summary>An id: a prefix that says of what, an underscore and 26 characters that are ordered by time (Crockford base 32 in lower case).</summary>
/// <typeparam name="TSelf">The id's own type.</typeparam>
public interface IId<TSelf>
    where TSelf : struct, IId<TSelf>
{
    /// <summary>What stands before the underscore.</summary>
    static abstract string Prefix { get; }

    /// <summary>Wraps a text that has been checked.</summary>
    static abstract TSelf From(string value);

    /// <summary>The text; null only in a default id, which every boundary refuses.</summary>
    string Value { get; }
}

/// <summary>Parsing and checking of ids.</summary>
public static class Id
{
    /// <summary>Characters of an id behind the underscore.</summary>
    public const int BodyLength = 26;

    internal const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>The greatest first character: 26 characters of 5 bits are 2 more than an id has.</summary>
    internal const char GreatestFirst = '7';

    private static readonly System.Buffers.SearchValues<char> Letters = System.Buffers.SearchValues.Create(Alphabet);

    /// <summary>Reads an id of the wanted kind. Refuses another prefix, length or alphabet.</summary>
    public static bool TryParse<T>(string? text, out T id)
        where T : struct, IId<T>
    {
        if (text is not null && text.Length == T.Prefix.Length + 1 + BodyLength && text.StartsWith(T.Prefix, StringComparison.Ordinal)
            && text[T.Prefix.Length] == '_' && text[T.Prefix.Length + 1] <= GreatestFirst && !text.AsSpan(T.Prefix.Length + 1).ContainsAnyExcept(Letters))
        {
            id = T.From(text);
            return true;
        }

        id = default;
        return false;
    }

    /// <summary>Reads an id that must be well formed.</summary>
    /// <exception cref="FormatException">It is not.</exception>
    public static T Parse<T>(string? text)
        where T : struct, IId<T> =>
        TryParse<T>(text, out var id) ? id : throw new FormatException($"'{text}' is not an id of the form {T.Prefix}_ and {BodyLength} characters of {Alphabet}.");

    /// <summary>The part behind the underscore, shared by ids that stand for the same person or thing.</summary>
    public static string Body<T>(this T id)
        where T : struct, IId<T> => id.Required().Value[(T.Prefix.Length + 1)..];

    /// <summary>The id itself when it is set.</summary>
    /// <exception cref="ArgumentException">It is the default id.</exception>
    public static T Required<T>(this T id)
        where T : struct, IId<T> =>
        id.Value is null ? throw new ArgumentException($"A {T.Prefix}_ id is missing.") : id;
}

/// <summary>Ids are JSON strings.</summary>
public sealed class IdConverter<T> : JsonConverter<T>
    where T : struct, IId<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Id.TryParse<T>(reader.GetString(), out var id) ? id : throw new JsonException($"Not a {T.Prefix}_ id: {reader.GetString()}");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.Required().Value);

    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Read(ref reader, typeToConvert, options);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WritePropertyName(value.Required().Value);
}
