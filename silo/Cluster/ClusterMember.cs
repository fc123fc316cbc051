using Crowd.Journal;
using Crowd.Marketplace.Log;
using Crowd.Marketplace.Tables;
using Crowd.Silo.Hosting;
using Microsoft.Extensions.Logging;

namespace Crowd.Silo.Cluster;

/// <summary>Prepares the tables before the silo takes calls, and tells the process what it is.</summary>
internal sealed partial class ClusterMember(
    IJournal journal, IActiveRole together, ServerState state, TimeProvider time, ILogger<ClusterMember> logger) : ILifecycleParticipant<ISiloLifecycle>, IAsyncDisposable
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _ending = new();
    private readonly TaskCompletionSource _together = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task? _holding;

    public void Participate(ISiloLifecycle observer)
    {
        observer.Subscribe(nameof(ClusterMember), ServiceLifecycleStage.RuntimeInitialize, PrepareAsync);
        observer.Subscribe(nameof(ClusterMember), ServiceLifecycleStage.Active, _ => Become(ServerRole.Active), _ => Become(ServerRole.Stopping));
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        if (_holding is not null)
            await _holding;
        _ending.Dispose();
    }

    /// <summary>
    /// Holds, with the other silos, the role that a server without Orleans wants alone: neither can run grains over the database while the other does. Lost with its
    /// connection, it is taken again.
    /// </summary>
    private async Task HoldAsync()
    {
        try
        {
            while (true)
            {
                await using var lease = await together.AcquireAsync(_ending.Token);
                _together.TrySetResult();
                using var over = CancellationTokenSource.CreateLinkedTokenSource(_ending.Token, lease.Lost);
                await Task.Delay(Timeout.InfiniteTimeSpan, time, over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                _ending.Token.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException)
        {
            // The silo stops.
        }
    }

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        _holding = Task.Run(HoldAsync, CancellationToken.None);
        await _together.Task.WaitAsync(cancellationToken);
        while (true)
        {
            try
            {
                await journal.InitialiseAsync(AllTables.List, cancellationToken);
                if (journal.RebuildNeeded)
                {
                    LogRebuild();
                    await journal.RebuildAsync(ReadModels.Project, cancellationToken);
                }

                return;
            }
            catch (JournalUnavailableException e)
            {
                LogWaiting(e);
                await Task.Delay(Retry, time, cancellationToken);
            }
        }
    }

    private Task Become(ServerRole role)
    {
        state.Become(role);
        return Task.CompletedTask;
    }

    [LoggerMessage(3010, LogLevel.Warning, "The database does not answer; it is tried again.")]
    private partial void LogWaiting(Exception exception);

    [LoggerMessage(3011, LogLevel.Information, "The tables have changed with this version: they are built again from the log.")]
    private partial void LogRebuild();
}
