using System.Text.Json.Nodes;

namespace Crowd.Api.Tests.Servers;

/// <summary>Jobs as tests want them.</summary>
public static class Sketch
{
    /// <summary>What one answer costs in <see cref="Job"/>, fee included.</summary>
    public const long AnswerMicros = 120_000;

    /// <summary>Cats and dogs for 100,000 micros an answer and 20,000 of fee; one answer decides a task unless the policies say otherwise.</summary>
    public static JsonObject Job(Action<JsonObject>? policies = null, string title = "Cats and dogs")
    {
        var terms = new JsonObject { ["payMicros"] = 100_000, ["minAnswers"] = 1, ["maxAnswers"] = 1, ["targetConfidence"] = 0.5 };
        policies?.Invoke(terms);
        return new()
        {
            ["title"] = title,
            ["instructions"] = "Look at the animal.",
            ["schema"] = new JsonObject { ["singleChoice"] = new JsonObject { ["labels"] = new JsonArray("cat", "dog") } },
            ["policies"] = terms,
        };
    }

    /// <summary>JSON lines of so many tasks: item-1, item-2, …</summary>
    public static string Tasks(int count) =>
        string.Concat(Enumerable.Range(1, count).Select(i => $"{{\"externalId\":\"item-{i}\",\"input\":{{\"text\":\"animal {i}\"}}}}\n"));
}
