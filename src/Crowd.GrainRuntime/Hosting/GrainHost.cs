using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Crowd.GrainRuntime;

/// <summary>
/// The runtime: takes calls from its start to its stop. One per service provider; several in one process know nothing of each other.
/// </summary>
public sealed partial class GrainHost : IHostedService, IAsyncDisposable
{
    private const int TurnsPerSliceOnThreadPool = 64;
    private const int DeadlineShardsOnThreadPool = 16;

    private readonly ILogger<GrainHost> _logger;
    private readonly ConcurrentDictionary<Type, ReferenceEmitter.Factory> _references = new();
    private readonly List<ITimer> _clocks = [];
    private long _lastActivation;
    private volatile Phase _phase = Phase.NotStarted;

    /// <summary>Made by the service container; see <c>AddGrainRuntime</c>.</summary>
    /// <exception cref="GrainDefinitionException">Some grain class or interface cannot be used.</exception>
    public GrainHost(
        IServiceProvider services,
        IOptions<GrainRuntimeOptions> options,
        TimeProvider time,
        IReminderTable? reminders = null,
        ILoggerFactory? loggers = null)
    {
        Services = services;
        Options = options.Value;
        Time = time;
        _logger = (loggers ?? NullLoggerFactory.Instance).CreateLogger<GrainHost>();
        Manifest = new GrainManifest(Options.Assemblies);
        MayRunInlineAtAll = Options.TurnScheduler is null;
        TurnsPerSlice = MayRunInlineAtAll ? TurnsPerSliceOnThreadPool : 1;
        // On a scheduler of its own, nothing may stray to the thread pool: what waits for a call says itself where it goes on.
        CompletionOptions = MayRunInlineAtAll ? TaskCreationOptions.RunContinuationsAsynchronously : TaskCreationOptions.None;
        Deadlines = new CallDeadlines(Options.CallTimeout, MayRunInlineAtAll ? DeadlineShardsOnThreadPool : 1, Expire);
        Grains = new GrainFactory(this);
        Reminders = new ReminderClock(this, reminders ?? new MemoryReminderTable());
        Metrics = new GrainMetrics(this);
    }

    private enum Phase
    {
        NotStarted,
        Running,
        Draining,
        Stopped,
    }

    /// <summary>Makes references for callers outside grains.</summary>
    public IGrainFactory Grains { get; }

    internal IServiceProvider Services { get; }

    internal GrainRuntimeOptions Options { get; }

    internal TimeProvider Time { get; }

    internal GrainManifest Manifest { get; }

    internal CallDeadlines Deadlines { get; }

    internal GrainMetrics Metrics { get; }

    internal ReminderClock Reminders { get; }

    internal bool HasStopped => _phase == Phase.Stopped;

    internal int TurnsPerSlice { get; }

    internal TaskCreationOptions CompletionOptions { get; }

    /// <summary>
    /// Whether a call may run its first piece on the caller's thread: only for callers outside grains, so that a call from a grain never runs
    /// before the caller's own turn waits, and the stack never grows by more than one grain.
    /// </summary>
    internal bool MayRunInline => MayRunInlineAtAll && !TurnScheduler.IsInTurn;

    private bool MayRunInlineAtAll { get; }

    /// <summary>Begins to take calls, and to send reminders.</summary>
    /// <exception cref="InvalidOperationException">It has been started already.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_phase != Phase.NotStarted) throw new InvalidOperationException("The grain runtime has been started already.");
        await Reminders.StartAsync(cancellationToken);
        _clocks.Add(StartClock(Deadlines.Tick, Deadlines.TickPeriod));
        _clocks.Add(StartClock(CollectIdle, Options.CollectionQuantum));
        _phase = Phase.Running;
    }

    /// <summary>
    /// Loses the activations of the grain as a crash would: callers get a <see cref="SiloUnavailableException"/>, code that waits never goes
    /// on, <see cref="Grain.OnDeactivateAsync"/> is not called; the next call activates the grain anew. For tests of what a crash does.
    /// </summary>
    /// <param name="grainType">A grain interface or class.</param>
    /// <param name="key">The grain's key.</param>
    /// <returns>Whether there was an activation.</returns>
    public bool Drop(Type grainType, string key)
    {
        var grainClass = Manifest.Of(grainType);
        var dropped = false;
        foreach (var activation in grainClass.Activations.Where(activation => activation.Key == key)) dropped |= activation.Drop();
        return dropped;
    }

    /// <inheritdoc cref="Drop(Type, string)"/>
    public bool Drop<TGrain>(string key) => Drop(typeof(TGrain), key);

    internal GrainReference Reference(Type grainInterface, GrainClass grainClass, string key)
    {
        if (!_references.TryGetValue(grainInterface, out var make))
        {
            if (!grainInterface.IsInterface || !grainInterface.IsAssignableFrom(grainClass.Type))
            {
                throw new ArgumentException($"{grainClass.Type} does not implement {grainInterface} as an interface.", nameof(grainInterface));
            }

            make = _references.GetOrAdd(grainInterface, ReferenceEmitter.For);
        }

        return make(this, grainClass, key);
    }

    /// <summary>Why no call is taken from the calling code now, or null.</summary>
    internal SiloUnavailableException? Refusal() => _phase switch
    {
        Phase.Running => null,
        Phase.Draining when TurnScheduler.IsInTurn => null,
        Phase.NotStarted => new SiloUnavailableException("The grain runtime has not been started."),
        Phase.Draining => new SiloUnavailableException("The grain runtime is stopping and takes no new calls."),
        _ => new SiloUnavailableException("The grain runtime has stopped."),
    };

    /// <summary>Hands the call to the grain's activation, a new one if need be.</summary>
    internal void Deliver(Call call, GrainClass grainClass, string key)
    {
        if (_phase == Phase.Stopped)
        {
            call.TryFail(new SiloUnavailableException("The grain runtime has stopped."));
            return;
        }

        while (!grainClass.Find(this, key).TryAccept(call))
        {
            // Ended since it was found: the next look-up makes another.
        }
    }

    /// <summary>Counts the call, and traces it if somebody listens.</summary>
    internal void Observe(Call call, GrainClass grainClass, string key)
    {
        Metrics.Called(grainClass);
        if (!GrainRuntimeTelemetry.Source.HasListeners()) return;
        var outer = Activity.Current;
        call.Activity = GrainRuntimeTelemetry.Source.StartActivity(call.Method.Name);
        call.Activity?.SetTag(GrainRuntimeTelemetry.GrainTag, $"{grainClass.KindName}/{key}");
        // It surrounds the grain's code, not what the caller does meanwhile.
        Activity.Current = outer;
    }

    internal ITimer CreateTimer(Action tick)
    {
        var flows = !ExecutionContext.IsFlowSuppressed();
        using var suppressed = flows ? ExecutionContext.SuppressFlow() : (IDisposable?)null;
        return Time.CreateTimer(static tick => ((Action)tick!)(), tick, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    internal long NextActivationNumber() => Interlocked.Increment(ref _lastActivation);

    /// <summary>All activations; on a scheduler of its own in the order of their making, so that a run can be repeated.</summary>
    private IEnumerable<Activation> Living()
    {
        var living = Manifest.Classes.SelectMany(static grainClass => grainClass.Activations);
        return MayRunInlineAtAll ? living : living.OrderBy(static activation => activation.Number);
    }

    private ITimer StartClock(Action tick, TimeSpan period)
    {
        var clock = CreateTimer(tick);
        clock.Change(period, period);
        return clock;
    }

    private void Expire(Call call)
    {
        if (!call.TryFail(new TimeoutException($"{call.Method.Name} of {call.Target} did not end within {Options.CallTimeout}."))) return;
        Metrics.TimedOut();
    }

    private void CollectIdle()
    {
        var now = Time.GetUtcNow();
        foreach (var activation in Living()) activation.CollectIfIdle(now, Options.CollectionAge);
    }
}
