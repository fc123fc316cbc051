using Crowd.Journal;
using Crowd.Marketplace.Log;
using Crowd.Marketplace.Tables;
using Crowd.Silo.Hosting;
using Microsoft.Extensions.Logging;

namespace Crowd.Silo.Cluster;

/// <summary>Prepares the tables before the silo takes calls, and tells the process what it is.</summary>
internal sealed partial class ClusterMember(IJournal journal, ServerState state, TimeProvider time, ILogger<ClusterMember> logger) : ILifecycleParticipant<ISiloLifecycle>
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    public void Participate(ISiloLifecycle observer)
    {
        observer.Subscribe(nameof(ClusterMember), ServiceLifecycleStage.RuntimeInitialize, PrepareAsync);
        observer.Subscribe(nameof(ClusterMember), ServiceLifecycleStage.Active, _ => Become(ServerRole.Active), _ => Become(ServerRole.Stopping));
    }

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
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
