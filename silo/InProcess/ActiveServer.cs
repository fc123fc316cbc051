using Crowd.Journal;
using Crowd.Marketplace.Log;
using Crowd.Marketplace.Reactors;
using Crowd.Marketplace.Tables;
using Crowd.Silo.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Crowd.Silo.InProcess;

/// <summary>
/// Waits to become the active process over the database, then prepares the tables and runs reactors and keeper. When the role is lost the process
/// stops: whoever supervises it starts it again as a standby.
/// </summary>
internal sealed partial class ActiveServer(
    IJournal journal, IActiveRole role, MarketReactor reactor, Rounds rounds, ServerState state, TimeProvider time, IHostApplicationLifetime lifetime,
    ILoggerFactory loggers) : BackgroundService
{
    private readonly ILogger _logger = loggers.CreateLogger<ActiveServer>();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            state.Become(ServerRole.Standby);
            await using var lease = await role.AcquireAsync(stoppingToken);
            await journal.InitialiseAsync(AllTables.List, stoppingToken);
            if (journal.RebuildNeeded)
            {
                LogRebuild();
                await journal.RebuildAsync(ReadModels.Project, stoppingToken);
            }

            using var ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lease.Lost);
            var following = new LogFollower(journal, MarketReactor.Name, reactor.HandleAsync, new(), time, loggers).RunAsync(ending.Token);
            state.Become(ServerRole.Active);
            LogActive();
            await rounds.RunAsync(ending.Token);
            await following;
            if (lease.Lost.IsCancellationRequested)
            {
                LogLost();
                lifetime.StopApplication();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops; nothing is left to do.
        }
        catch (Exception e)
        {
            LogFailed(e);
            state.Fail(e);
            Environment.ExitCode = 1;
            lifetime.StopApplication();
        }
        finally
        {
            state.Become(ServerRole.Stopping);
        }
    }

    [LoggerMessage(3001, LogLevel.Information, "Active: grains run in this process.")]
    private partial void LogActive();

    [LoggerMessage(3005, LogLevel.Information, "The tables have changed with this version: they are built again from the log.")]
    private partial void LogRebuild();

    [LoggerMessage(3002, LogLevel.Critical, "The active role was lost; the process stops so that another can go on.")]
    private partial void LogLost();

    [LoggerMessage(3003, LogLevel.Critical, "The server could not start or go on.")]
    private partial void LogFailed(Exception exception);
}
