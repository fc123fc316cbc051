using System.CommandLine;
using Crowd.Journal;
using Crowd.Marketplace.Tables;
using Crowd.Silo.Hosting;
using Crowd.Silo.Verification;
using Microsoft.Extensions.Logging.Abstractions;
using Spectre.Console;
using Table = Spectre.Console.Table;

namespace Crowd.Api.CommandLine;

/// <summary><c>verify</c>: checks a database that no server is writing to; 0 when all is well, 1 on any difference, 2 when it cannot be checked.</summary>
internal static class VerifyCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static Command Create()
    {
        var database = new Option<string>("--database") { Description = "Connection string. Default: the environment's ConnectionStrings__crowd, else data/crowd.db." };
        var command = new Command("verify", "Check a database: log, replay, read models, ledger, payments.") { database };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(database) ?? Environment.GetEnvironmentVariable("ConnectionStrings__crowd") ?? CrowdOptions.DefaultDatabase, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string database, CancellationToken cancellationToken)
    {
        await using var store = JournalFactory.Open(database, TimeProvider.System, NullLoggerFactory.Instance);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        ActiveLease lease;
        try
        {
            lease = await store.ActiveRole.AcquireAsync(patience.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Console.Error.WriteLine("A server is active on this database, or it cannot be reached: stop the server, or verify a copy.");
            return 2;
        }

        await using (lease)
        {
            await store.Journal.InitialiseAsync(AllTables.List, cancellationToken);
            var checks = await AnsiConsole.Progress().AutoClear(true).StartAsync(async context =>
            {
                var task = context.AddTask("Reading the log", autoStart: true, maxValue: 1);
                return await new Verifier(store.Journal).RunAsync((done, all) => task.Value = all == 0 ? 1 : (double)done / all, cancellationToken);
            });
            return Print(checks);
        }
    }

    private static int Print(IReadOnlyList<Check> checks)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("Check").AddColumn(new TableColumn("Examined").RightAligned()).AddColumn(new TableColumn("Wrong").RightAligned());
        foreach (var check in checks)
            table.AddRow(Markup.Escape(check.Name), check.Examined.ToString("N0"), check.Faults == 0 ? "0" : $"[red]{check.Faults:N0}[/]");
        AnsiConsole.Write(table);
        foreach (var check in checks.Where(c => c.Faults > 0))
        {
            foreach (var example in check.Examples)
                AnsiConsole.MarkupLine($"[red]{Markup.Escape(check.Name)}:[/] {Markup.Escape(example)}");
        }

        var faults = checks.Sum(c => c.Faults);
        AnsiConsole.WriteLine(faults == 0 ? "All is well." : $"{faults:N0} faults.");
        return faults == 0 ? 0 : 1;
    }
}
