using System.CommandLine;
using System.Text.Json;
using Crowd.Api.Demo;
using Crowd.Api.Examples;
using Crowd.Api.Hosting;
using Spectre.Console;

namespace Crowd.Api.CommandLine;

/// <summary><c>example</c>: plays one of the worked examples over HTTP with simulated people and models, prints what came of it, and keeps serving.</summary>
internal static class ExampleCommand
{
    private static readonly (string Name, string Description)[] Examples =
    [
        ("moderation", "Content moderation with audit sampling."),
        ("preferences", "Preference ranking for a language model."),
        ("reading", "Medical double reading with adjudication."),
        ("loans", "Loan approval with hold, edge-case rule and parity report."),
    ];

    public static Command Create()
    {
        var exit = new Option<bool>("--exit") { Description = "End afterwards instead of serving on." };
        var json = new Option<FileInfo?>("--json") { Description = "Write what came of it to this file as JSON." };
        var seed = new Option<int>("--seed") { Description = "The simulated world follows from it. Default 1.", DefaultValueFactory = _ => 1 };
        var command = new Command("example", "Play a worked example (docs/examples), then keep serving.");
        foreach (var (name, description) in Examples)
        {
            var one = new Command(name, description) { exit, json, seed, ServeCommand.Database, ServeCommand.Urls };
            one.SetAction((parsed, cancellationToken) => RunAsync(
                name, parsed.GetValue(seed), parsed.GetValue(json)?.FullName, parsed.GetValue(exit),
                parsed.GetValue(ServeCommand.Database), parsed.GetValue(ServeCommand.Urls), cancellationToken));
            command.Add(one);
        }

        return command;
    }

    /// <summary>The example of that name in the world of a seed.</summary>
    internal static ExampleRun Make(string name, HttpClient http, int seed) => name switch
    {
        "moderation" => new ModerationRun(http, new(seed)),
        "preferences" => new PreferenceRun(http, new(seed)),
        "reading" => new ReadingRun(http, new(seed)),
        _ => new LoanRun(http, new(seed)),
    };

    private static async Task<int> RunAsync(string name, int seed, string? json, bool exit, string? database, string? urls, CancellationToken cancellationToken)
    {
        await using var app = Server.Create(Backstage.Configuration, database, urls, seed);
        await app.StartActiveAsync(cancellationToken);
        using var http = Backstage.Connect(app.Urls.First());
        var run = Make(name, http, seed);
        var report = await AnsiConsole.Progress().AutoRefresh(!Console.IsOutputRedirected).AutoClear(false)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask($"Playing {name}", maxValue: run.Steps);
                var played = await run.RunAsync(steps => bar.Value = Math.Min(bar.MaxValue, steps), cancellationToken);
                bar.Value = bar.MaxValue;
                return played;
            });
        report.Print();
        if (json is not null)
            await File.WriteAllBytesAsync(json, JsonSerializer.SerializeToUtf8Bytes(report, ApiJson.Default.ExampleReport), cancellationToken);
        if (exit)
        {
            await app.StopAsync(cancellationToken);
            return 0;
        }

        AnsiConsole.MarkupLineInterpolated($"Serving at {string.Join(", ", app.Urls)}. Sign in as requester@{name}.crowd.example or judge@{name}.crowd.example with the password {Backstage.Password}. Ctrl+C ends it.");
        await app.WaitForShutdownAsync(cancellationToken);
        return Environment.ExitCode;
    }
}
