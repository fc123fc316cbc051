using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Crowd.GrainRuntime.Tests;

/// <summary>A started runtime over the grains of this assembly, with a clock that only the test moves.</summary>
internal sealed class TestRuntime : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private TestRuntime(ServiceProvider services, FakeTimeProvider time)
    {
        _services = services;
        Time = time;
    }

    public FakeTimeProvider Time { get; }

    public GrainHost Host => _services.GetRequiredService<GrainHost>();

    public IGrainFactory Grains => _services.GetRequiredService<IGrainFactory>();

    public IServiceProvider Services => _services;

    public static async Task<TestRuntime> StartAsync(
        Action<GrainRuntimeOptions>? options = null, Action<IServiceCollection>? services = null, FakeTimeProvider? time = null)
    {
        time ??= new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var collection = new ServiceCollection();
        collection.AddSingleton<TimeProvider>(time);
        collection.AddSingleton<Probe>();
        services?.Invoke(collection);
        collection.AddGrainRuntime(configured =>
        {
            configured.Assemblies.Add(typeof(TestRuntime).Assembly);
            options?.Invoke(configured);
        });
        var runtime = new TestRuntime(collection.BuildServiceProvider(), time);
        await runtime.Host.StartAsync(CancellationToken.None);
        return runtime;
    }

    public T Grain<T>(string key = "a")
        where T : IGrainWithStringKey => Grains.GetGrain<T>(key);

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
