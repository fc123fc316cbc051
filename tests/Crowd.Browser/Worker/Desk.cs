using System.Text.Json;
using Crowd.Browser.Stage;
using Microsoft.Playwright;

namespace Crowd.Browser.Worker;

/// <summary>What stories about work have in common.</summary>
internal static class Desk
{
    /// <summary>A picture of 400 by 300 pixels, within its own address.</summary>
    public static readonly string Picture = "data:image/svg+xml;base64," + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(
        """
        <svg xmlns="http://www.w3.org/2000/svg" width="400" height="300"><rect width="400" height="300" fill="#cfe3ef"/><rect y="200" width="400" height="100" fill="#7d9c6a"/>
        <circle cx="110" cy="180" r="40" fill="#b5563c"/><rect x="240" y="120" width="90" height="110" fill="#6b4f8a"/></svg>
        """));

    /// <summary>A tenth of a second of silence, within its own address.</summary>
    public static readonly string Sound = "data:audio/wav;base64," + Convert.ToBase64String(Silence(800));

    public static readonly object Animals = new { singleChoice = new { labels = new[] { "cat", "dog", "owl" } } };

    /// <summary>Inputs that are texts.</summary>
    public static string[] Texts(int count) => [.. Enumerable.Range(1, count).Select(i => JsonSerializer.Serialize(new { text = $"Animal number {i}: it says something at night." }))];

    public static ILocator Button(this Visitor visitor, string name) => visitor.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public static ILocator Submit(this Visitor visitor) => visitor.Page.Locator(".task-actions button.primary");

    /// <summary>Goes to the job's tasks and waits for the first.</summary>
    public static async Task BeginAsync(this Visitor worker, string job)
    {
        await worker.GoAsync($"/work/jobs/{job}");
        await Assertions.Expect(worker.Page.GetByRole(AriaRole.Region, new() { Name = "Task" })).ToBeVisibleAsync();
    }

    /// <summary>Waits until the server has all that was submitted.</summary>
    public static Task SavedAsync(this Visitor worker) => Assertions.Expect(worker.Page.Locator(".work-bar-end [role=status]")).ToHaveTextAsync("All saved");

    /// <summary>Waits until there is nothing more to do.</summary>
    public static Task DoneAsync(this Visitor worker) => Assertions.Expect(worker.Page.GetByRole(AriaRole.Heading, new() { Name = "All done for now" })).ToBeVisibleAsync();

    /// <summary>The answers that the server has of a job, in the order of its tasks.</summary>
    public static async Task<JsonElement[]> AnswersAsync(this Visitor requester, string job)
    {
        var read = await requester.SendAsync(
            """
            query($job: ID!) { job(id: $job) { tasks(first: 100) { nodes { assignments { status answer {
              choice choices rating number text preferred ranking boxes { class x y width height } spans { class start end } } } } } } }
            """, new { job });
        return [.. read.GetProperty("tasks").GetProperty("nodes").EnumerateArray().SelectMany(t => t.GetProperty("assignments").EnumerateArray())
            .Where(a => a.GetProperty("answer").ValueKind == JsonValueKind.Object).Select(a => a.GetProperty("answer"))];
    }

    /// <summary>Presses the tab key until what is focused has the name.</summary>
    public static async Task TabToAsync(this Visitor visitor, string name)
    {
        for (var i = 0; i < 60; i++)
        {
            var focused = await visitor.Page.EvaluateAsync<string>("(document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '').trim()");
            if (focused.StartsWith(name, StringComparison.Ordinal))
                return;
            await visitor.Page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"'{name}' cannot be reached with the tab key.");
    }

    /// <summary>A WAV file of 8,000 samples of 8 bits a second.</summary>
    private static byte[] Silence(int samples)
    {
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        writer.Write("RIFF"u8);
        writer.Write(36 + samples);
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)1); // PCM
        writer.Write((short)1); // channel
        writer.Write(8_000);
        writer.Write(8_000);
        writer.Write((short)1);
        writer.Write((short)8);
        writer.Write("data"u8);
        writer.Write(samples);
        writer.Write(Enumerable.Repeat((byte)128, samples).ToArray());
        writer.Flush();
        return file.ToArray();
    }
}
