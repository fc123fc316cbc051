using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Crowd.GrainRuntime.Tests;

/// <summary>
/// A started runtime over the grains of this assembly, with a clock that only the test moves: on the thread pool, or on a deterministic
/// scheduler where the test can see that nothing more happens.
/// </summary>
internal sealed class TestRuntime : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly DeterministicScheduler? _scheduler;

    private TestRuntime(ServiceProvider services, FakeTimeProvider time, DeterministicScheduler? scheduler)
    {
        _services = services;
        _scheduler = scheduler;
        Time = time;
        Host = services.GetRequiredService<GrainHost>();
        Probe = services.GetRequiredService<Probe>();
    }

    public FakeTimeProvider Time { get; }

    public GrainHost Host { get; }

    public Probe Probe { get; }

    public DeterministicScheduler Scheduler => _scheduler ?? throw new InvalidOperationException("This runtime is on the thread pool.");

    public static async Task<TestRuntime> OnPoolAsync(Action<GrainRuntimeOptions>? options = null, Action<IServiceCollection>? services = null)
    {
        var runtime = Make(options, services, null, null);
        await runtime.Host.StartAsync(CancellationToken.None);
        return runtime;
    }

    public static TestRuntime Simulated(
        Action<GrainRuntimeOptions>? options = null, Action<IServiceCollection>? services = null, int seed = 1, FakeTimeProvider? time = null)
    {
        var runtime = Make(options, services, time, new DeterministicScheduler(seed));
        runtime.Finish(() => runtime.Host.StartAsync(CancellationToken.None));
        return runtime;
    }

    public static TestRuntime NotStarted() => Make(null, null, null, null);

    public T Grain<T>(string key = "a")
        where T : IGrainWithStringKey => Host.Grains.GetGrain<T>(key);

    /// <summary>Starts a client and runs until nothing more happens.</summary>
    public Task Begin(Func<Task> client)
    {
        var begun = Scheduler.Run(client);
        Scheduler.RunUntilIdle();
        return begun;
    }

    public Task<T> Begin<T>(Func<Task<T>> client)
    {
        var begun = Scheduler.Run(client);
        Scheduler.RunUntilIdle();
        return begun;
    }

    /// <summary>Runs a client to its end.</summary>
    public void Finish(Func<Task> client) => Scheduler.RunUntil(Scheduler.Run(client));

    public T Finish<T>(Func<Task<T>> client) => Scheduler.RunUntil(Scheduler.Run(client));

    /// <summary>Opens a gate and runs until nothing more happens.</summary>
    public void Open(string gate)
    {
        Probe.Open(gate);
        Scheduler.RunUntilIdle();
    }

    /// <summary>Moves the clock, in steps so that what follows from one tick happens before the next, and runs until nothing more happens.</summary>
    public void Advance(TimeSpan time, int steps = 1)
    {
        for (var i = 0; i < steps; i++)
        {
            Time.Advance(time / steps);
            Scheduler.RunUntilIdle();
        }
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private static TestRuntime Make(
        Action<GrainRuntimeOptions>? options, Action<IServiceCollection>? services, FakeTimeProvider? time, DeterministicScheduler? scheduler)
    {
        time ??= new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var collection = new ServiceCollection();
        collection.AddSingleton<TimeProvider>(time);
        collection.AddSingleton<Probe>();
        collection.AddKeyedSingleton<IGrainStorage>("Default", new MemoryGrainStorage());
        services?.Invoke(collection);
        collection.AddGrainRuntime(configured =>
        {
            configured.Assemblies.Add(typeof(TestRuntime).Assembly);
            configured.TurnScheduler = scheduler;
            options?.Invoke(configured);
        });
        return new TestRuntime(collection.BuildServiceProvider(), time, scheduler);
    }
}
