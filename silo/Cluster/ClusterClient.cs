using Crowd.Journal;
using Crowd.Marketplace.Tables;
using Crowd.Silo.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Crowd.Silo.Cluster;

/// <summary>Makes a process a client that serves: it reads the tables itself, as soon as they are there, and calls the silos for everything else.</summary>
internal sealed partial class ClusterClient(IJournal journal, ServerState state, TimeProvider time, ILogger<ClusterClient> logger) : BackgroundService
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!await IsReadyAsync(stoppingToken))
                await Task.Delay(Retry, time, stoppingToken);
            state.Become(ServerRole.Active);
            await Task.Delay(Timeout.InfiniteTimeSpan, time, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process stops.
        }
        finally
        {
            state.Become(ServerRole.Stopping);
        }
    }

    private async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            await journal.InitialiseAsync(AllTables.List, cancellationToken);
            return !journal.RebuildNeeded; // a silo does that
        }
        catch (JournalUnavailableException e)
        {
            LogWaiting(e);
            return false;
        }
    }

    [LoggerMessage(3014, LogLevel.Warning, "The database does not answer; it is tried again.")]
    private partial void LogWaiting(Exception exception);
}

/// <summary>A client that finds no silo waits for one.</summary>
internal sealed partial class KeepConnecting(TimeProvider time, ILogger<KeepConnecting> logger) : IClientConnectionRetryFilter
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        LogWaiting(exception.Message);
        await Task.Delay(Retry, time, cancellationToken);
        return true;
    }

    [LoggerMessage(3015, LogLevel.Warning, "No silo can be reached yet: {Reason}")]
    private partial void LogWaiting(string reason);
}
