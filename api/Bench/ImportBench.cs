using System.CommandLine;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Crowd.Domain;
using Spectre.Console;

namespace Crowd.Api.Bench;

/// <summary><c>bench import</c>: a file of tasks over HTTP, the rate and the memory.</summary>
internal static class ImportBench
{
    public static Command Create()
    {
        var tasks = new Option<int>("--tasks") { Description = "Tasks to import. Default 500,000.", DefaultValueFactory = _ => 500_000 };
        var database = new Option<string>("--database") { Description = "Connection string. Default: a new SQLite file in a temporary folder.", DefaultValueFactory = _ => BenchFolder.NewSqlite() };
        var command = new Command("import", "Measure bulk import.") { tasks, database };
        command.SetAction((parsed, token) => RunAsync(parsed.GetValue(database)!, parsed.GetValue(tasks), token));
        return command;
    }

    private static async Task<int> RunAsync(string database, int tasks, CancellationToken cancellationToken)
    {
        var file = Path.Combine(BenchFolder.New(), "tasks.jsonl");
        await using (var writer = new StreamWriter(file))
        {
            for (var i = 0; i < tasks; i++)
                await writer.WriteLineAsync($"{{\"externalId\":\"t{i}\",\"input\":{{\"text\":\"The parcel with the number {i} has not arrived, although it was promised for Monday.\"}}}}");
        }

        await using var world = await BenchWorld.StartAsync(database, cancellationToken);
        var (requester, key) = await world.RequesterAsync(Currency.MicrosPerUnit);
        var warm = await world.JobAsync(requester, 10_000);
        using var http = new HttpClient { BaseAddress = world.Address, Timeout = TimeSpan.FromMinutes(30) };
        http.DefaultRequestHeaders.Authorization = new("Bearer", key);
        await PostAsync(http, warm, new MemoryStream(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 5_000).Select(i => $"{{\"input\":{{\"text\":\"warm {i}\"}}}}\n")))), cancellationToken);

        var job = await world.JobAsync(requester, 10_000);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var watch = Stopwatch.StartNew();
        var report = await PostAsync(http, job, File.OpenRead(file), cancellationToken);
        watch.Stop();
        var after = GC.GetTotalMemory(forceFullCollection: true);
        var table = new Table().Border(TableBorder.Simple).AddColumn("Tasks").AddColumn("Seconds").AddColumn("Tasks/s").AddColumn("Bytes kept per task").AddColumn("Peak working set MB");
        table.AddRow($"{report.GetProperty("added").GetInt64():N0}", $"{watch.Elapsed.TotalSeconds:N2}", $"{tasks / watch.Elapsed.TotalSeconds:N0}", $"{(after - before) / (double)tasks:N0}", $"{Process.GetCurrentProcess().PeakWorkingSet64 >> 20:N0}");
        AnsiConsole.Write(table);
        return 0;
    }

    private static async Task<JsonElement> PostAsync(HttpClient http, JobId job, Stream body, CancellationToken cancellationToken)
    {
        using var content = new StreamContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        using var response = await http.PostAsync($"/jobs/{job}/tasks", content, cancellationToken);
        var text = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        return response.IsSuccessStatusCode ? JsonSerializer.Deserialize(text, ApiJson.Default.JsonElement) : throw new InvalidOperationException(Encoding.UTF8.GetString(text));
    }
}
