using Crowd.Marketplace.Jobs;
using Crowd.Marketplace.Log;
using Crowd.Marketplace.Payments;
using Crowd.Marketplace.Reactors;
using Crowd.Marketplace.Requesters;
using Crowd.Marketplace.Tables;
using Crowd.Marketplace.Tasks;
using Crowd.Marketplace.Workers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Crowd.Simulation;

/// <summary>
/// The real marketplace over a journal in memory, on one thread, with everything that can fail behind a seam that fails by the seed. Clients are started
/// and not waited for, so that they overlap as they do in life.
/// </summary>
internal sealed class World : IDisposable
{
    private readonly List<Task> _clients = [];
    private ServiceProvider _services = null!;
    private bool _reacting;

    public World(int seed)
    {
        Chance = new(seed);
        Scheduler = new(seed);
        Ids = new IdSource(Clock, new Random(seed));
        Kept = new VolatileJournal(commitInline: true);
        Journal = new(Kept, Chance);
        Payments = new(Chance);
        Finish(() => Kept.InitialiseAsync(AllTables.List, CancellationToken.None));
        Start();
    }

    public Chance Chance { get; }

    public DeterministicScheduler Scheduler { get; }

    public WallClock Clock { get; } = new();

    public IdSource Ids { get; }

    /// <summary>The journal behind the faults: what it holds is what was committed.</summary>
    public VolatileJournal Kept { get; }

    public FaultyJournal Journal { get; }

    public FaultyPayments Payments { get; }

    public GrainHost Host { get; private set; } = null!;

    /// <summary>Whether a client may meet a failure: while anything fails, and until calls from then have ended.</summary>
    public bool Forgives { get; set; }

    /// <summary>Whether anything fails.</summary>
    public bool Fails
    {
        get => Journal.Fails;
        set => Journal.Fails = Payments.Fails = value;
    }

    public IJobGrain Job(JobId id) => Host.Grains.GetGrain<IJobGrain>(id.Value);

    public ITaskGrain Task(TaskId id) => Host.Grains.GetGrain<ITaskGrain>(id.Value);

    public IWorkerGrain Worker(WorkerId id) => Host.Grains.GetGrain<IWorkerGrain>(id.Value);

    public ITopUpGrain TopUp(TopUpId id) => Host.Grains.GetGrain<ITopUpGrain>(id.Value);

    public IRequesterGrain Requester(RequesterId id) => Host.Grains.GetGrain<IRequesterGrain>(id.Value);

    /// <summary>Starts a client. What it gets for exceptions is what a client gets when the server fails; it must know what to do.</summary>
    public void Begin(Func<Task> client) => _clients.Add(Scheduler.Run(client));

    /// <summary>Runs so many pieces of whatever is ready.</summary>
    public void Step(int pieces)
    {
        for (var i = 0; i < pieces && Scheduler.RunOne(); i++)
        {
            // Each piece is drawn by the scheduler.
        }
    }

    /// <summary>Runs until nobody has anything to do, and throws what a client failed with.</summary>
    public void Rest()
    {
        Scheduler.RunUntilIdle();
        var ended = _clients.Where(c => c.IsCompleted).ToList();
        _clients.RemoveAll(c => c.IsCompleted);
        foreach (var failed in ended.Where(c => c.IsFaulted))
            Scheduler.RunUntil(failed);
    }

    public void Finish(Func<Task> client) => Scheduler.RunUntil(Scheduler.Run(client));

    public T Finish<T>(Func<Task<T>> client) => Scheduler.RunUntil(Scheduler.Run(client));

    /// <summary>The process dies: every grain and all that clients wait for are lost; the journal stays.</summary>
    public void Crash()
    {
        Stop();
        _reacting = false;
        Start();
    }

    /// <summary>Timers run; time of day moves with them.</summary>
    public void Pass(TimeSpan time) => Clock.Steady.Advance(time);

    /// <summary>Time goes on second by second at its end, with all that follows; reactor and keeper do their rounds.</summary>
    public void PassAndRest(TimeSpan time, int seconds = 3)
    {
        Pass(time);
        for (var i = 0; i < seconds; i++)
        {
            Begin(ReactAsync);
            Begin(KeepAsync);
            Rest();
            Pass(TimeSpan.FromSeconds(1));
        }

        Rest();
    }

    /// <summary>
    /// The reactor reads on from its checkpoint. Sometimes it stops before it has written how far it came, so that the same events come again.
    /// </summary>
    public async Task ReactAsync()
    {
        if (_reacting)
            return;
        _reacting = true;
        var host = Host;
        try
        {
            var from = await Kept.ReadCheckpointAsync(MarketReactor.Name, CancellationToken.None);
            var events = await Kept.ReadLogAsync(from, Fails ? 1 + Chance.Random.Next(40) : 1_000, CancellationToken.None);
            if (events.Count == 0)
                return;
            await new MarketReactor(host.Grains, Journal).HandleAsync(events, CancellationToken.None);
            if (host == Host && !(Fails && Chance.Of(0.1, Fault.ReactorTwice)))
                await Kept.WriteCheckpointAsync(MarketReactor.Name, events[^1].Position, CancellationToken.None);
        }
        catch (Exception e) when (Forgives)
        {
            // It is given the same events again.
            Ignored(e);
        }
        finally
        {
            if (host == Host)
                _reacting = false;
        }
    }

    public async Task KeepAsync()
    {
        try
        {
            await new Keeper(Host.Grains, Journal).RunAsync(CancellationToken.None);
        }
        catch (Exception e) when (Forgives)
        {
            Ignored(e);
        }
    }

    /// <summary>What went wrong behind a call that may fail; kept for whoever looks with a debugger.</summary>
    public Exception? LastIgnored { get; private set; }

    public void Ignored(Exception e) => LastIgnored = e;

    public void Dispose() => Stop();

    private void Stop() => Finish(() => _services.DisposeAsync().AsTask());

    private void Start()
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton<IIdSource>(Ids);
        services.AddSingleton(Chance.Random);
        services.AddSingleton<IJournal>(Journal);
        services.AddSingleton<EventLog>();
        services.AddSingleton<IPaymentProvider>(Payments);
        services.AddSingleton(typeof(ILogger<>), typeof(PrintedLog<>));
        services.AddGrainRuntime(options =>
        {
            options.Assemblies.Add(typeof(EventLog).Assembly);
            options.TurnScheduler = Scheduler;
        });
        _services = services.BuildServiceProvider();
        Host = _services.GetRequiredService<GrainHost>();
        Finish(() => Host.StartAsync(CancellationToken.None));
    }
}
