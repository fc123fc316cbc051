using System.Collections.Concurrent;
using Crowd.Marketplace.Log;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Crowd.Simulation.Histories;

/// <summary>What grains are given in a history. A container would be made anew for every process that starts, and cost more than all that the process then does.</summary>
internal sealed class PlainServices : IServiceProvider, IServiceScopeFactory, IServiceScope
{
    private static readonly ConcurrentDictionary<Type, object> Loggers = new();

    private readonly Dictionary<Type, object> _made = [];

    private PlainServices(params ReadOnlySpan<(Type Type, object Made)> services)
    {
        foreach (var (type, made) in services)
            _made.Add(type, made);
        _made.Add(typeof(IServiceScopeFactory), this);
    }

    /// <summary>All that a grain is given is there once: no scope has anything of its own.</summary>
    public IServiceProvider ServiceProvider => this;

    public object? GetService(Type serviceType) =>
        _made.TryGetValue(serviceType, out var made) ? made
        : serviceType.IsConstructedGenericType && serviceType.GetGenericTypeDefinition() == typeof(ILogger<>)
            ? Loggers.GetOrAdd(serviceType, static type => Activator.CreateInstance(typeof(NullLogger<>).MakeGenericType(type.GetGenericArguments()))!)
        : null;

    public IServiceScope CreateScope() => this;

    public void Dispose() { }

    /// <summary>A process that has not started yet.</summary>
    public static GrainHost Host(TimeProvider time, IIdSource ids, Random random, IJournal journal, IPaymentProvider provider, DeterministicScheduler scheduler)
    {
        var services = new PlainServices(
            (typeof(TimeProvider), time), (typeof(IIdSource), ids), (typeof(Random), random), (typeof(IJournal), journal), (typeof(EventLog), new EventLog(journal, time)),
            (typeof(IPaymentProvider), provider));
        var options = new GrainRuntimeOptions { TurnScheduler = scheduler };
        options.Assemblies.Add(typeof(EventLog).Assembly);
        var host = new GrainHost(services, Options.Create(options), time);
        services._made.Add(typeof(IGrainFactory), host.Grains);
        return host;
    }
}
