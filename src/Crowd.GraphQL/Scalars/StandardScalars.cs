using System.Globalization;
using System.Text.Json;
using System.Xml;
using Crowd.GraphQL.Types;

namespace Crowd.GraphQL.Scalars;

/// <summary>The C# types that need no registration.</summary>
internal static class StandardScalars
{
    private const string DateTimeUrl = "https://scalars.graphql.org/andimarek/date-time.html";
    private const string DateUrl = "https://scalars.graphql.org/andimarek/local-date.html";

    private static readonly ScalarType Long = new("Long") { Description = "A whole number of 64 bits.", Codec = new NumberCodec<long>("whole number of 64 bits", allowFraction: false) };

    private static readonly ScalarType Decimal = new("Decimal") { Description = "An exact decimal number.", Codec = new NumberCodec<decimal>("decimal number", allowFraction: true) };

    public static IEnumerable<ScalarBinding> All =>
    [
        ScalarBinding.Of<string>(ScalarType.String, ScalarType.String.Codec, static (value, ref slot) => slot.SetString(value)),
        ScalarBinding.Of<bool>(ScalarType.Boolean, ScalarType.Boolean.Codec, static (value, ref slot) => slot.SetBoolean(value)),
        ScalarBinding.Of<int>(ScalarType.Int, ScalarType.Int.Codec, static (value, ref slot) => slot.SetInteger(value)),
        ScalarBinding.Of<short>(ScalarType.Int, new NumberCodec<short>("whole number of 16 bits", allowFraction: false), static (value, ref slot) => slot.SetInteger(value)),
        ScalarBinding.Of<byte>(ScalarType.Int, new NumberCodec<byte>("whole number of 8 bits", allowFraction: false), static (value, ref slot) => slot.SetInteger(value)),
        ScalarBinding.Of<double>(ScalarType.Float, ScalarType.Float.Codec, static (value, ref slot) => slot.SetFloat(value)),
        ScalarBinding.Of<float>(ScalarType.Float, new NumberCodec<float>("number", allowFraction: true), static (value, ref slot) => slot.SetFloat(value)),
        ScalarBinding.Of<long>(Long, Long.Codec, static (value, ref slot) => slot.SetInteger(value)),
        ScalarBinding.Of<uint>(Long, new NumberCodec<uint>("whole number", allowFraction: false), static (value, ref slot) => slot.SetInteger(value)),
        ScalarBinding.Of<decimal>(Decimal, Decimal.Codec, static (value, ref slot) => slot.SetJson(value)),
        ScalarBinding.Of<JsonElement>(
            new ScalarType("JSON") { Description = "Any JSON value.", SpecifiedByUrl = "https://www.rfc-editor.org/rfc/rfc8259", Codec = JsonCodec.Instance },
            JsonCodec.Instance,
            static (value, ref slot) => WriteJson(value, ref slot)),
        Text<DateTimeOffset>("DateTime", "A moment, as RFC 3339 writes it.", DateTimeUrl, ParseDateTime, FormatDateTime),
        Text<DateOnly>("Date", "A day, as in 2026-01-31.", DateUrl, text => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture), day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        Text<TimeSpan>("Duration", "A length of time as ISO 8601 writes it, such as PT1H30M.", null, text => XmlConvert.ToTimeSpan(text), XmlConvert.ToString),
        Text<Uri>("URL", "An absolute address.", "https://url.spec.whatwg.org/", text => new Uri(text, UriKind.Absolute), uri => uri.OriginalString),
        Text<Guid>("UUID", "An identifier of 128 bits.", "https://www.rfc-editor.org/rfc/rfc9562", text => Guid.ParseExact(text, "D"), id => id.ToString("D")),
    ];

    public static ScalarBinding Text<T>(string name, string? description, string? url, Func<string, T> parse, Func<T, string> format)
        where T : notnull
    {
        var codec = TextCodec.Strings(name, text => parse(text));
        var type = new ScalarType(name) { Description = description, SpecifiedByUrl = url, Codec = codec };
        return ScalarBinding.Of<T>(type, codec, (value, ref slot) => slot.SetString(format(value)));
    }

    private static void WriteJson(JsonElement value, ref Results.ResultSlot slot)
    {
        if (value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined))
        {
            slot.SetJson(value);
        }
    }

    // An offset is required: without it the moment is not known.
    private static DateTimeOffset ParseDateTime(string text)
    {
        var time = text.IndexOf('T', StringComparison.OrdinalIgnoreCase);
        return time > 0 && text.AsSpan(time).IndexOfAny("Zz+-") > 0
            ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.None)
            : throw new FormatException();
    }

    private static string FormatDateTime(DateTimeOffset value) =>
        value.Offset == TimeSpan.Zero
            ? value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture)
            : value.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);
}
