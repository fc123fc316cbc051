using System.Collections;
using System.Globalization;
using System.Text;

namespace Crowd.Payments;

/// <summary>
/// Parameters of a call, written as Stripe's own libraries write them: nested names in brackets (<c>a[b][c]=1</c>), lists with indexes
/// (<c>a[0]=x</c>), booleans as <c>true</c> and <c>false</c>, times in whole seconds since 1970, brackets unescaped. A null is left out; an empty text is
/// sent, and clears a field. Order is that of adding.
/// </summary>
internal sealed class StripeForm : IEnumerable<KeyValuePair<string, object>>
{
    private readonly List<KeyValuePair<string, object>> _fields = [];

    public void Add(string name, string? value) => AddValue(name, value);

    public void Add(string name, long? value) => AddValue(name, value?.ToString(CultureInfo.InvariantCulture));

    public void Add(string name, bool? value) => AddValue(name, value switch { null => null, true => "true", false => "false" });

    public void Add(string name, DateTimeOffset? value) => Add(name, value?.ToUnixTimeSeconds());

    public void Add(string name, StripeForm? value) => AddValue(name, value);

    public void Add(string name, IReadOnlyList<string>? values) => AddList(name, values);

    public void Add(string name, IReadOnlyList<StripeForm>? values) => AddList(name, values);

    /// <summary>The body of a POST or the query of a GET; empty without fields.</summary>
    public string Encode()
    {
        var text = new StringBuilder();
        Write(text, null);
        return text.ToString();
    }

    public IEnumerator<KeyValuePair<string, object>> GetEnumerator() => _fields.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private void AddValue(string name, object? value)
    {
        if (value is not null)
            _fields.Add(new(name, value));
    }

    private void AddList<T>(string name, IReadOnlyList<T>? values)
        where T : class
    {
        if (values is null)
            return;
        var list = new StripeForm();
        for (var i = 0; i < values.Count; i++)
            list.AddValue(i.ToString(CultureInfo.InvariantCulture), values[i]);
        AddValue(name, list);
    }

    private void Write(StringBuilder text, string? outer)
    {
        foreach (var (name, value) in _fields)
        {
            var full = outer is null ? name : $"{outer}[{name}]";
            if (value is StripeForm nested)
                nested.Write(text, full);
            else
                text.Append(text.Length == 0 ? "" : "&").Append(Escape(full)).Append('=').Append(Escape((string)value));
        }
    }

    /// <summary>Everything but the unreserved characters of RFC 3986 and brackets is escaped.</summary>
    private static string Escape(string text) =>
        Uri.EscapeDataString(text).Replace("%5B", "[", StringComparison.Ordinal).Replace("%5D", "]", StringComparison.Ordinal);
}
