using System.Text;
using System.Text.Json;
using Crowd.Domain;

namespace Crowd.Compatibility.Golden;

/// <summary>
/// Events as earlier versions wrote them, one file for each version that added some. The files are never changed: a new field or event goes into the
/// file of the next version.
/// </summary>
public class GoldenEventsTests
{
    public static TheoryData<string, int> Lines
    {
        get
        {
            var lines = new TheoryData<string, int>();
            foreach (var file in Files)
            {
                for (var i = 0; i < Read(file).Length; i++)
                    lines.Add(file, i + 1);
            }

            return lines;
        }
    }

    private static IEnumerable<string> Files =>
        typeof(GoldenEventsTests).Assembly.GetManifestResourceNames().Where(n => n.EndsWith(".jsonl", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    [Theory]
    [MemberData(nameof(Lines))]
    public void An_event_of_an_earlier_version_is_read_and_keeps_its_fields(string file, int line)
    {
        using var golden = JsonDocument.Parse(Read(file)[line - 1]);
        var type = golden.RootElement.GetProperty("type").GetString()!;
        var data = golden.RootElement.GetProperty("data");

        var read = EventTypes.Read(type, Encoding.UTF8.GetBytes(data.GetRawText()));

        Assert.Equal(type, EventTypes.NameOf(read));
        using var written = JsonDocument.Parse(EventTypes.Write(read));
        AssertHolds(data, written.RootElement, type);
    }

    [Fact]
    public void Every_type_of_event_has_a_golden_line()
    {
        var golden = Files.SelectMany(Read).Select(l =>
        {
            using var line = JsonDocument.Parse(l);
            return line.RootElement.GetProperty("type").GetString()!;
        }).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(EventTypes.All.Select(e => e.Name).Order(StringComparer.Ordinal), golden.Order(StringComparer.Ordinal));
    }

    /// <summary>All that was written then is written now, with the same values; there may be more.</summary>
    private static void AssertHolds(JsonElement then, JsonElement now, string path)
    {
        Assert.True(then.ValueKind == now.ValueKind, $"{path} was {then.ValueKind} and is {now.ValueKind}.");
        switch (then.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in then.EnumerateObject())
                {
                    Assert.True(now.TryGetProperty(property.Name, out var kept), $"{path}.{property.Name} is lost.");
                    AssertHolds(property.Value, kept, $"{path}.{property.Name}");
                }

                break;
            case JsonValueKind.Array:
                Assert.Equal(then.GetArrayLength(), now.GetArrayLength());
                for (var i = 0; i < then.GetArrayLength(); i++)
                    AssertHolds(then[i], now[i], $"{path}[{i}]");
                break;
            default:
                Assert.True(JsonElement.DeepEquals(then, now), $"{path} was {then} and is {now}.");
                break;
        }
    }

    private static string[] Read(string file)
    {
        using var stream = typeof(GoldenEventsTests).Assembly.GetManifestResourceStream(file)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
