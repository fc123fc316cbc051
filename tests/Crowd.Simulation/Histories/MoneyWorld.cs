using Crowd.Marketplace.Jobs;
using Crowd.Marketplace.Ledger;
using Crowd.Marketplace.Payments;
using Crowd.Marketplace.Payouts;
using Crowd.Marketplace.Reactors;
using Crowd.Marketplace.Requesters;
using Crowd.Marketplace.Tables;
using Crowd.Marketplace.Workers;
using Crowd.Payments;
using Crowd.StandIn;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Crowd.Simulation.Histories;

/// <summary>
/// The marketplace with Stripe's client in front of a Stripe without a network, on one thread, from one seed: an organisation, two workers and a job without pay that both
/// have answered on, so that bonuses can be paid.
/// </summary>
internal sealed class MoneyWorld : IDisposable
{
    public const string Actor = "somebody";

    public static readonly Uri Home = new("https://crowd.example/");

    private const int LogPage = 500;

    /// <summary>Tens of seconds that a call may take until it counts as stuck.</summary>
    private const int Patience = 60;

    private static readonly HashSet<string> LookedAt = new(StringComparer.Ordinal)
    {
        "worker.payouts-scheduled", "worker.payouts-unscheduled", "worker.payout-requested", "worker.debt-recovered", "payout.found-paid", "requester.debt-repaid", "requester.dispute-opened",
        "job.paused",
    };

    private static readonly Lazy<Scene> Prepared = new(Scene.Prepare);

    public MoneyWorld(int seed, Func<IJournal, IJournal> journal, Func<StripeStandIn, HttpMessageHandler>? handler = null, int feeBasisPoints = 290)
    {
        Scheduler = new(seed);
        Random = new(seed);
        Ids = new IdSource(Time, new Random(seed));
        Options = new() { FeeBasisPoints = feeBasisPoints };
        Stripe = new(Options, Time, new Random(seed));
        Provider = StripeServices.Create(
            new() { ApiKey = Options.ApiKey, WebhookSecrets = [Options.WebhookSecret, Options.ConnectWebhookSecret], MaxAttempts = 1 },
            handler?.Invoke(Stripe) ?? new StandInHandler(Stripe), Time, new Random(seed), NullLoggerFactory.Instance);
        Kept = new VolatileJournal(commitInline: true);
        Journal = journal(Kept);
        Scheduler.RunUntil(Scheduler.Run(() => Prepared.Value.PlayAsync(Kept)));
        Start();
    }

    public DeterministicScheduler Scheduler { get; }

    public Random Random { get; }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));

    public IdSource Ids { get; }

    public StandInOptions Options { get; }

    public StripeStandIn Stripe { get; }

    public IPaymentProvider Provider { get; }

    /// <summary>What outlives the process.</summary>
    public VolatileJournal Kept { get; }

    /// <summary>What the grains see of it.</summary>
    public IJournal Journal { get; }

    public GrainHost Host { get; private set; } = null!;

    public static RequesterId RequesterId => Prepared.Value.Requester;

    public static JobId JobId => Prepared.Value.Job;

    public static IReadOnlyList<WorkerId> WorkerIds => Prepared.Value.Workers;

    public IRequesterGrain Requester => Host.Grains.GetGrain<IRequesterGrain>(RequesterId.Value);

    public IWorkerGrain Worker(WorkerId id) => Host.Grains.GetGrain<IWorkerGrain>(id.Value);

    public ITopUpGrain TopUp(TopUpId id) => Host.Grains.GetGrain<ITopUpGrain>(id.Value);

    public IPayoutGrain Payout(PayoutId id) => Host.Grains.GetGrain<IPayoutGrain>(id.Value);

    public IJobGrain Job => Host.Grains.GetGrain<IJobGrain>(JobId.Value);

    public void Do(Func<Task> work)
    {
        var task = Scheduler.Run(work);
        End(task);
        Scheduler.RunUntil(task);
    }

    public T Do<T>(Func<Task<T>> work)
    {
        var task = Scheduler.Run(work);
        End(task);
        return Scheduler.RunUntil(task);
    }

    /// <summary>Runs until nobody has anything to do. A call to a grain that was dropped meanwhile ends by its time limit.</summary>
    private void End(Task task)
    {
        Scheduler.RunUntilIdle();
        for (var i = 0; i < Patience && !task.IsCompleted; i++)
        {
            Time.Advance(TimeSpan.FromSeconds(10));
            Scheduler.RunUntilIdle();
        }
    }

    /// <summary>The process dies: grains and all calls are lost.</summary>
    public void Crash() => Sleep(TimeSpan.Zero);

    /// <summary>The process is down for some time. Hours pass so, for running timers would go off for each second of them.</summary>
    public void Sleep(TimeSpan time)
    {
        Stop();
        Time.Advance(time);
        Start();
    }

    /// <summary>The reactor goes on from its checkpoint, so many events at a time; false when there were none.</summary>
    public async Task<bool> ReactAsync(int limit = LogPage)
    {
        var from = await Kept.ReadCheckpointAsync(MarketReactor.Name, CancellationToken.None);
        var events = await Kept.ReadLogAsync(from, limit, CancellationToken.None);
        if (events.Count == 0)
            return false;
        await new MarketReactor(Host.Grains, Journal).HandleAsync(events, CancellationToken.None);
        await Kept.WriteCheckpointAsync(MarketReactor.Name, events[^1].Position, CancellationToken.None);
        return true;
    }

    public Task KeepAsync() => new Keeper(Host.Grains, Journal).RunAsync(CancellationToken.None);

    public Task<IReadOnlyList<Difference>> ReconcileAsync() =>
        new Reconciler(Host.Grains, Journal, Provider, Time, NullLogger<Reconciler>.Instance).RunAsync(CancellationToken.None);

    /// <summary>The round of every hour: pays out by schedule, then reconciles.</summary>
    public Task EveryHourAsync() =>
        new Reconciler(Host.Grains, Journal, Provider, Time, NullLogger<Reconciler>.Instance).RunIfDueAsync(CancellationToken.None);

    /// <summary>What somebody does at the provider without this program, under a key of their own or none.</summary>
    public StandInReply ByHand(string path, string form, string? key = null) =>
        Stripe.Handle(new("POST", path, form, key, null, $"Bearer {Options.ApiKey}"));

    /// <summary>Takes the next message, if one waits, as the endpoint does.</summary>
    public async Task<bool> HearAsync()
    {
        if (Stripe.Webhooks.Next() is not { } delivery)
            return false;
        await HearAsync(delivery);
        return true;
    }

    /// <summary>Takes a message as the endpoint does.</summary>
    public async Task HearAsync(StandInDelivery delivery)
    {
        var read = Assert.IsType<EventReading.Verified>(Provider.ReadEvent(delivery.Body, delivery.Signature, Time.GetUtcNow()));
        await Host.Grains.GetGrain<IInboxGrain>(ProviderKeys.Event(Provider.Name, read.Event.Id)).ReceiveAsync(new(read.Event, delivery.Body), fetched: false);
    }

    public long Balance(string account) => Do(() => Kept.BalanceAsync(account, Currency.Usd, CancellationToken.None)).Micros;

    public List<Row> Rows(Table table) => Do(async () =>
    {
        var rows = new List<Row>();
        await foreach (var row in Kept.ScanAsync(table, CancellationToken.None))
            rows.Add(row);
        return rows;
    });

    /// <summary>What has happened of the kinds that are counted and audited, in order.</summary>
    public IEnumerable<(string Stream, DomainEvent Event)> Log() =>
        Do(() => Kept.ReadLogAsync(0, int.MaxValue, CancellationToken.None)).Where(e => LookedAt.Contains(e.Type)).Select(e => (e.Stream, EventTypes.Read(e.Type, e.Data.Span)));

    public void Dispose()
    {
        Stop();
        (Provider as IDisposable)?.Dispose();
    }

    private void Stop() => Scheduler.RunUntil(Scheduler.Run(() => Host.DisposeAsync().AsTask()));

    private void Start()
    {
        Host = PlainServices.Host(Time, Ids, Random, Journal, Provider, Scheduler);
        Scheduler.RunUntil(Scheduler.Run(() => Host.StartAsync(CancellationToken.None)));
    }
}
