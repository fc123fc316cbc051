using Crowd.Journal;
using Crowd.Marketplace.Reactors;
using Crowd.Silo.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Crowd.Silo.Cluster;

/// <summary>
/// Runs reactors and keeper at one silo of the cluster. A lock in the database says at which; it falls free when that silo stops or dies, and another goes on from
/// the checkpoint. One that has not heard yet that it lost the lock may handle an event beside the next: what reactors call bears repeating.
/// </summary>
internal sealed partial class ClusterReactors(
    JournalStore store, MarketReactor reactor, Rounds rounds, ServerState state, TimeProvider time, ILoggerFactory loggers) : BackgroundService
{
    /// <summary>The role's name.</summary>
    public const string Role = "reactors";

    private readonly ILogger _logger = loggers.CreateLogger<ClusterReactors>();

    /// <summary>Whether they run here.</summary>
    public bool Leads { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await state.WhenActive.WaitAsync(stoppingToken);
            while (true)
            {
                await using var lease = await store.RoleOf(Role).AcquireAsync(stoppingToken);
                using var ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lease.Lost);
                Leads = true;
                LogHere();
                var following = new LogFollower(store.Journal, MarketReactor.Name, reactor.HandleAsync, new(), time, loggers).RunAsync(ending.Token);
                await rounds.RunAsync(ending.Token);
                await following;
                Leads = false;
                LogElsewhere();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The silo stops; another goes on.
        }
        finally
        {
            Leads = false;
        }
    }

    [LoggerMessage(3012, LogLevel.Information, "Reactors run at this silo.")]
    private partial void LogHere();

    [LoggerMessage(3013, LogLevel.Warning, "Reactors do not run at this silo any more.")]
    private partial void LogElsewhere();
}
