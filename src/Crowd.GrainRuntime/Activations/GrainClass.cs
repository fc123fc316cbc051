using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace Crowd.GrainRuntime;

/// <summary>A grain class, how to make its instances, and the activations that live.</summary>
internal sealed class GrainClass
{
    private const string Suffix = "Grain";

    private readonly ConcurrentDictionary<string, CallTarget> _live = new(StringComparer.Ordinal);
    private readonly Lazy<ObjectFactory> _factory;
    private readonly List<StateParameter> _states = [];

    public GrainClass(Type type, IReadOnlyList<Type> interfaces)
    {
        Type = type;
        Interfaces = interfaces;
        var name = type.Name;
        if (name.Length > Suffix.Length && name.EndsWith(Suffix, StringComparison.Ordinal)) name = name[..^Suffix.Length];
        // Kinds are lower case, as in Orleans; they become part of stored identities.
#pragma warning disable CA1308
        GrainType = GrainType.Create(name.ToLowerInvariant());
#pragma warning restore CA1308
        Reentrant = type.IsDefined(typeof(ReentrantAttribute), inherit: false);
        MaxWorkers = type.GetCustomAttribute<StatelessWorkerAttribute>(inherit: false)?.MaxLocalWorkers ?? 0;
        foreach (var parameter in type.GetConstructors().SelectMany(constructor => constructor.GetParameters()))
        {
            if (parameter.GetCustomAttribute<PersistentStateAttribute>() is { } attribute) _states.Add(new StateParameter(parameter, attribute));
        }

        _factory = new Lazy<ObjectFactory>(() => ActivatorUtilities.CreateFactory(Type, [.. _states.Select(state => state.Type)]));
    }

    public Type Type { get; }

    public GrainType GrainType { get; }

    public string KindName => GrainType.ToString();

    /// <summary>The grain interfaces that the class implements, those of the runtime left out.</summary>
    public IReadOnlyList<Type> Interfaces { get; }

    public bool Reentrant { get; }

    /// <summary>Most activations per key of a stateless worker; 0 for other grains.</summary>
    public int MaxWorkers { get; }

    /// <summary>What lives now.</summary>
    public IEnumerable<Activation> Activations => _live.Values.SelectMany(static target =>
        target is StatelessPool pool ? pool.Workers : [(Activation)target]);

    public CallTarget Find(GrainHost host, string key) =>
        _live.TryGetValue(key, out var target)
            ? target
            : _live.GetOrAdd(key, static (key, made) => made.Class.MaxWorkers > 0
                ? new StatelessPool(made.Host, made.Class, key)
                : new Activation(made.Host, made.Class, key), (Host: host, Class: this));

    public void Remove(Activation activation)
    {
        if (_live.TryGetValue(activation.Key, out var target) && target is StatelessPool pool) pool.Remove(activation);
        else _live.TryRemove(new KeyValuePair<string, CallTarget>(activation.Key, activation));
    }

    public void Remove(StatelessPool pool) => _live.TryRemove(new KeyValuePair<string, CallTarget>(pool.Key, pool));

    public GrainReference Reference(GrainHost host, string key) => host.Reference(Interfaces[0], this, key);

    public IStorage[] MakeStates(Activation activation) =>
        _states.Count == 0 ? [] : [.. _states.Select(state => state.Make(activation))];

    public object Construct(IServiceProvider services, IStorage[] states) => _factory.Value(services, states);
}
