using Crowd.Marketplace.Consensus;
using Crowd.Marketplace.Jobs;
using Crowd.Marketplace.Log;
using Crowd.Marketplace.Loop;
using Crowd.Marketplace.Payments;
using Crowd.Marketplace.Reactors;
using Crowd.Marketplace.Requesters;
using Crowd.Marketplace.Tables;
using Crowd.Marketplace.Tasks;
using Crowd.Marketplace.Workers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Crowd.Marketplace.Tests;

/// <summary>
/// The whole marketplace on one thread: a journal in memory, a clock that only the test moves, one seed for every random choice. What a test asks for
/// is done to its end, with everything that follows from it, before the next line of the test runs.
/// </summary>
internal sealed class Market : IDisposable
{
    private const int LogPage = 500;

    private ServiceProvider _services = null!;

    public Market(int seed = 1, IJournal? journal = null)
    {
        Seed = seed;
        Scheduler = new(seed);
        Ids = new IdSource(Time, new Random(seed));
        Journal = journal ?? new VolatileJournal(commitInline: true);
        Do(() => Journal.InitialiseAsync(AllTables.List, CancellationToken.None));
        Start();
    }

    public int Seed { get; }

    public DeterministicScheduler Scheduler { get; }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public IdSource Ids { get; }

    public IJournal Journal { get; }

    public ScriptedPayments Payments { get; } = new();

    public GrainHost Host { get; private set; } = null!;

    /// <summary>False when a test gives the reactor its events itself.</summary>
    public bool Reacts { get; set; } = true;

    public IGrainFactory Grains => Host.Grains;

    /// <summary>Drops every grain and all state in memory; what the journal holds is all that is left.</summary>
    public void Crash()
    {
        Stop();
        Start();
    }

    public void Do(Func<Task> work)
    {
        Scheduler.RunUntil(Scheduler.Run(work));
        Settle();
    }

    public T Do<T>(Func<Task<T>> work)
    {
        var result = Scheduler.RunUntil(Scheduler.Run(work));
        Settle();
        return result;
    }

    /// <summary>Does what must be accepted.</summary>
    public T Must<T>(Func<Task<Outcome<T>>> work)
    {
        var outcome = Call(work);
        Assert.True(outcome.Accepted, outcome.Rejection?.Message);
        return outcome.Value;
    }

    /// <summary>Does what must be refused.</summary>
    public RejectionCode Refused<T>(Func<Task<Outcome<T>>> work)
    {
        var outcome = Call(work);
        Assert.False(outcome.Accepted, "It was accepted.");
        return outcome.Rejection.Code;
    }

    /// <summary>Moves the clock. The last two seconds pass one by one, so that a job's tick and what follows from it come to their end.</summary>
    public void Pass(TimeSpan time)
    {
        var second = TimeSpan.FromSeconds(1);
        for (var left = time; left > TimeSpan.Zero;)
        {
            var step = left > 2 * second ? left - (2 * second) : left > second ? second : left;
            Time.Advance(step);
            left -= step;
            Settle();
        }
    }

    /// <summary>Runs until nothing is left to do, the reactor included.</summary>
    public void Settle()
    {
        Scheduler.RunUntilIdle();
        if (!Reacts || Host is null)
            return;
        while (Scheduler.RunUntil(Scheduler.Run(ReactAsync)))
            Scheduler.RunUntilIdle();
    }

    /// <summary>Gives the reactor what it has not seen.</summary>
    public async Task<bool> ReactAsync()
    {
        var from = await Journal.ReadCheckpointAsync(MarketReactor.Name, CancellationToken.None);
        var events = await Journal.ReadLogAsync(from, LogPage, CancellationToken.None);
        if (events.Count == 0)
            return false;
        await new MarketReactor(Grains, Journal).HandleAsync(events, CancellationToken.None);
        await Journal.WriteCheckpointAsync(MarketReactor.Name, events[^1].Position, CancellationToken.None);
        return true;
    }

    public void Keep() => Do(() => new Keeper(Grains, Journal).RunAsync(CancellationToken.None));

    public IJobGrain Job(JobId id) => Grains.GetGrain<IJobGrain>(id.Value);

    public ITaskGrain Task(TaskId id) => Grains.GetGrain<ITaskGrain>(id.Value);

    public IWorkerGrain Worker(WorkerId id) => Grains.GetGrain<IWorkerGrain>(id.Value);

    public IRequesterGrain Requester(RequesterId id) => Grains.GetGrain<IRequesterGrain>(id.Value);

    public ITopUpGrain TopUp(TopUpId id) => Grains.GetGrain<ITopUpGrain>(id.Value);

    public IConsensusGrain Consensus(JobId id) => Grains.GetGrain<IConsensusGrain>(id.Value);

    public IGateGrain Gate(JobId id) => Grains.GetGrain<IGateGrain>(id.Value);

    public IDecisionGrain Decision(DecisionId id) => Grains.GetGrain<IDecisionGrain>(id.Value);

    public IPredictionsGrain Predictions(JobId id) => Grains.GetGrain<IPredictionsGrain>(id.Value);

    public IModelsGrain Models(JobId id) => Grains.GetGrain<IModelsGrain>(ModelEvent.StreamOf(id));

    public void Dispose() => Stop();

    private void Stop() => Scheduler.RunUntil(Scheduler.Run(() => _services.DisposeAsync().AsTask()));

    /// <summary>Calls one grain from outside, so that what the call is made with may be made by the market, too.</summary>
    public T Call<T>(Func<Task<T>> work)
    {
        var result = Scheduler.RunUntil(work());
        Settle();
        return result;
    }

    private void Start()
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton<IIdSource>(Ids);
        services.AddSingleton(new Random(Seed));
        services.AddSingleton(Journal);
        services.AddSingleton<EventLog>();
        services.AddSingleton<IPaymentProvider>(Payments);
        services.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        services.AddGrainRuntime(options =>
        {
            options.Assemblies.Add(typeof(EventLog).Assembly);
            options.TurnScheduler = Scheduler;
        });
        _services = services.BuildServiceProvider();
        Host = _services.GetRequiredService<GrainHost>();
        Scheduler.RunUntil(Scheduler.Run(() => Host.StartAsync(CancellationToken.None)));
    }
}
