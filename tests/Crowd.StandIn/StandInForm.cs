using System.Globalization;
using System.Text.Json.Nodes;

namespace Crowd.StandIn;

/// <summary>The parameters of a request, flat as they were sent: <c>a[b][0]</c> and its value. What no one asked for is refused, as Stripe does.</summary>
internal sealed class StandInForm
{
    private readonly Dictionary<string, string> _fields = new(StringComparer.Ordinal);
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    public StandInForm(string encoded)
    {
        foreach (var pair in encoded.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var name = Decode(equals < 0 ? pair : pair[..equals]);
            if (!_fields.TryAdd(name, equals < 0 ? "" : Decode(pair[(equals + 1)..])))
                throw StandInError.Invalid(null, $"Received {name} twice.", name);
        }

        Text("expand[0]");
        Text("expand[1]");
    }

    /// <summary>The value, or null when it was not sent.</summary>
    public string? Text(string name)
    {
        _asked.Add(name);
        return _fields.GetValueOrDefault(name);
    }

    public string Required(string name) =>
        Text(name) is { Length: > 0 } value ? value : throw StandInError.Invalid("parameter_missing", $"Missing required param: {name}.", name);

    /// <summary>A whole number.</summary>
    public long? Number(string name) => Text(name) switch
    {
        null => null,
        { } text when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw StandInError.Invalid("parameter_invalid_integer", $"Invalid integer: {name}.", name),
    };

    /// <summary>An amount above 0.</summary>
    public long Amount(string name)
    {
        Required(name);
        return Number(name) is { } amount and > 0 ? amount : throw StandInError.Invalid("parameter_invalid_integer", "This value must be greater than or equal to 1.", name);
    }

    public bool? Flag(string name) => Text(name) switch
    {
        null => null,
        "true" => true,
        "false" => false,
        _ => throw StandInError.Invalid(null, $"Invalid boolean: {name}.", name),
    };

    public string OneOf(string name, params string[] values)
    {
        var value = Required(name);
        return values.Contains(value, StringComparer.Ordinal) ? value : throw StandInError.Invalid(null, $"Invalid {name}: must be one of {string.Join(", ", values)}.", name);
    }

    /// <summary>The map under the name, for example <c>metadata</c>.</summary>
    public JsonObject Map(string name)
    {
        var map = new JsonObject();
        foreach (var (field, value) in _fields)
        {
            if (field.Length > name.Length + 2 && field.StartsWith(name, StringComparison.Ordinal) && field[name.Length] == '[' && field[^1] == ']')
            {
                _asked.Add(field);
                map[field[(name.Length + 1)..^1]] = value;
            }
        }

        return map;
    }

    /// <summary>The list under the name.</summary>
    public List<string> List(string name)
    {
        var list = new List<string>();
        for (var i = 0; Text($"{name}[{i}]") is { } value; i++)
            list.Add(value);
        return list;
    }

    /// <summary>Call when all that is known has been asked for.</summary>
    public void RefuseRest()
    {
        foreach (var name in _fields.Keys)
        {
            if (!_asked.Contains(name))
                throw StandInError.Invalid("parameter_unknown", $"Received unknown parameter: {name}", name);
        }
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
