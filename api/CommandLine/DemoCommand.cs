using System.CommandLine;
using System.Text.Json;
using Crowd.Api.Demo;
using Crowd.Api.Hosting;
using Spectre.Console;

namespace Crowd.Api.CommandLine;

/// <summary><c>demo</c>: posts a job, has 25 simulated workers do it over HTTP, prints what came of it, and keeps serving.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var exit = new Option<bool>("--exit") { Description = "End after the demo instead of serving on." };
        var json = new Option<FileInfo?>("--json") { Description = "Write the result to this file as JSON." };
        var tasks = new Option<FileInfo?>("--tasks") { Description = "Tasks of your own: JSON lines or CSV with a 'truth' for each." };
        var seed = new Option<int>("--seed") { Description = "What the simulated workers answer follows from it. Default 1.", DefaultValueFactory = _ => 1 };
        var command = new Command("demo", "Run the demo, then keep serving.") { exit, json, tasks, seed, ServeCommand.Database, ServeCommand.Urls };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(tasks)?.FullName, parsed.GetValue(seed), parsed.GetValue(json)?.FullName, parsed.GetValue(exit),
            parsed.GetValue(ServeCommand.Database), parsed.GetValue(ServeCommand.Urls), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string? file, int seed, string? json, bool exit, string? database, string? urls, CancellationToken cancellationToken)
    {
        DemoTasks tasks;
        try
        {
            tasks = await DemoTasks.ReadAsync(file, cancellationToken);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(e.Message);
            return 2;
        }

        await using var app = Server.Create(Backstage.Configuration, database, urls, seed);
        await app.StartActiveAsync(cancellationToken);
        var report = await PlayAsync(app, tasks, seed, cancellationToken);
        report.Print();
        if (json is not null)
            await File.WriteAllBytesAsync(json, JsonSerializer.SerializeToUtf8Bytes(report, ApiJson.Default.DemoReport), cancellationToken);
        var accounts = new Table().Border(TableBorder.Simple).AddColumn("Role").AddColumn("E-mail").AddColumn("Password");
        foreach (var (role, email) in DemoRun.Accounts)
            accounts.AddRow(role, email, Backstage.Password);
        AnsiConsole.Write(accounts);
        if (exit)
        {
            await app.StopAsync(cancellationToken);
            return report.LedgerBalanced ? 0 : 1;
        }

        AnsiConsole.MarkupLineInterpolated($"Serving at {string.Join(", ", app.Urls)}; GraphQL at /graphql. Ctrl+C ends it.");
        await app.WaitForShutdownAsync(cancellationToken);
        return Environment.ExitCode;
    }

    private static async Task<DemoReport> PlayAsync(WebApplication app, DemoTasks tasks, int seed, CancellationToken cancellationToken)
    {
        using var http = Backstage.Connect(app.Urls.First());
        var run = new DemoRun(http, tasks, seed, app.Services.GetRequiredService<Reads>());
        return await AnsiConsole.Progress().AutoRefresh(!Console.IsOutputRedirected).AutoClear(false)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask("Preparing 28 accounts, a job and its funds");
                return await run.RunAsync(
                    (job, count) =>
                    {
                        bar.Description = $"25 workers answer {count} tasks";
                        bar.MaxValue = count;
                    },
                    (decided, answers) =>
                    {
                        bar.Value = decided >= 0 ? decided : Math.Min(bar.MaxValue, answers / 4.0);
                    },
                    cancellationToken);
            });
    }
}
