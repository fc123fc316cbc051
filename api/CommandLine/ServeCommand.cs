using System.CommandLine;
using Crowd.Api.Hosting;
using Crowd.Silo.Hosting;

namespace Crowd.Api.CommandLine;

/// <summary><c>serve</c>: runs the server until it is told to stop.</summary>
internal static class ServeCommand
{
    public static Option<string?> Database { get; } = new("--database") { Description = "Connection string: 'Data Source=file' for SQLite, 'Host=…' for PostgreSQL. Default: the configuration's, else data/crowd.db." };

    public static Option<string?> Urls { get; } = new("--urls") { Description = $"Addresses to listen on, separated by semicolons. Default: {Server.DefaultUrl}." };

    public static Command Create()
    {
        var command = new Command("serve", "Run the server.") { Database, Urls };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((parsed, cancellationToken) => RunAsync([.. parsed.UnmatchedTokens], parsed.GetValue(Database), parsed.GetValue(Urls), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string[] args, string? database, string? urls, CancellationToken cancellationToken)
    {
        await using var app = Server.Create(args, database, urls, payments: true);
        var stopping = app.Lifetime.ApplicationStopping;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopping);
        await app.StartAsync(cancellationToken);
        Console.Error.WriteLine($"Listening on {string.Join(", ", app.Urls)} ({app.Environment.EnvironmentName}); GraphQL at /graphql.");
        try
        {
            await app.Services.GetRequiredService<ServerState>().WhenActive.WaitAsync(ending.Token);
            await Accounts.FirstAdministrator.MakeAsync(app.Services, app.Services.GetRequiredService<ApiOptions>());
        }
        catch (OperationCanceledException)
        {
            // Stopped before it became the active one.
        }

        await app.WaitForShutdownAsync(cancellationToken);
        return Environment.ExitCode;
    }
}
