using System.Text;
using System.Text.Json;

namespace Crowd.Marketplace.Loop;

/// <summary>The text of an input: all its strings, in order.</summary>
internal static class InputText
{
    public static string Of(string json)
    {
        using var document = JsonDocument.Parse(json);
        var text = new StringBuilder();
        Walk(document.RootElement, text);
        return text.ToString();
    }

    private static void Walk(JsonElement json, StringBuilder text)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.String:
                text.Append(json.GetString()).Append('\n');
                break;
            case JsonValueKind.Array:
                foreach (var item in json.EnumerateArray())
                    Walk(item, text);
                break;
            case JsonValueKind.Object:
                foreach (var property in json.EnumerateObject())
                    Walk(property.Value, text);
                break;
        }
    }
}
