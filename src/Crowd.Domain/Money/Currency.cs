using System.Text.Json;
using System.Text.Json.Serialization;

namespace Crowd.Domain;

/// <summary>A currency by its ISO 4217 code. The exponent says how many decimals the provider's minor unit has.</summary>
[JsonConverter(typeof(CurrencyConverter))]
public readonly record struct Currency
{
    /// <summary>Micros in one unit of any currency.</summary>
    public const long MicrosPerUnit = 1_000_000;

    // ISO 4217 minor units that differ from two.
    private static readonly Dictionary<string, int> Exponents = new(StringComparer.Ordinal)
    {
        ["BIF"] = 0,
        ["CLP"] = 0,
        ["DJF"] = 0,
        ["GNF"] = 0,
        ["ISK"] = 0,
        ["JPY"] = 0,
        ["KMF"] = 0,
        ["KRW"] = 0,
        ["PYG"] = 0,
        ["RWF"] = 0,
        ["UGX"] = 0,
        ["UYI"] = 0,
        ["VND"] = 0,
        ["VUV"] = 0,
        ["XAF"] = 0,
        ["XOF"] = 0,
        ["XPF"] = 0,
        ["BHD"] = 3,
        ["IQD"] = 3,
        ["JOD"] = 3,
        ["KWD"] = 3,
        ["LYD"] = 3,
        ["OMR"] = 3,
        ["TND"] = 3,
    };

    // Units of account with four decimals; nobody is paid in them.
    private static readonly HashSet<string> NotOffered = new(StringComparer.Ordinal) { "CLF", "UYW" };

    private Currency(string code, int exponent) => (Code, Exponent) = (code, exponent);

    /// <summary>United States dollar.</summary>
    public static Currency Usd { get; } = new("USD", 2);

    /// <summary>Three capital letters.</summary>
    public string Code { get; }

    /// <summary>Decimals of the minor unit: 0, 2 or 3.</summary>
    public int Exponent { get; }

    /// <summary>Micros in one minor unit: 10,000 for a cent.</summary>
    public long MicrosPerMinorUnit => Exponent switch { 0 => 1_000_000, 3 => 1_000, _ => 10_000 };

    /// <summary>Reads a code of three letters in any case.</summary>
    public static bool TryParse(string? code, out Currency currency)
    {
        currency = default;
        if (code is not { Length: 3 } || !code.All(char.IsAsciiLetter))
            return false;
        var upper = code.ToUpperInvariant();
        if (NotOffered.Contains(upper))
            return false;
        currency = new(upper, Exponents.GetValueOrDefault(upper, 2));
        return true;
    }

    public override string ToString() => Code ?? "";
}

internal sealed class CurrencyConverter : JsonConverter<Currency>
{
    public override Currency Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Currency.TryParse(reader.GetString(), out var currency) ? currency : throw new JsonException($"Not a currency code: {reader.GetString()}");

    public override void Write(Utf8JsonWriter writer, Currency value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Code ?? throw new ArgumentException("A currency is missing."));
}
