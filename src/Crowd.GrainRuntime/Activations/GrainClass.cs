using System.Collections.Concurrent;

namespace Crowd.GrainRuntime;

/// <summary>A grain class in one runtime: what it is like, and the activations that live.</summary>
internal sealed class GrainClass(GrainShape shape)
{
    private readonly ConcurrentDictionary<string, CallTarget> _live = new(StringComparer.Ordinal);

    public Type Type => shape.Type;

    public GrainType GrainType => shape.GrainType;

    public string KindName { get; } = shape.GrainType.ToString();

    /// <summary>The grain interfaces that the class implements, those of the runtime left out.</summary>
    public IReadOnlyList<Type> Interfaces => shape.Interfaces;

    public bool Reentrant => shape.Reentrant;

    /// <summary>Most activations per key of a stateless worker; 0 for other grains.</summary>
    public int MaxWorkers => shape.MaxWorkers;

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

    public IStorage[] MakeStates(Activation activation) => shape.MakeStates(activation);

    public object Construct(IServiceProvider services, IStorage[] states) => shape.Construct(services, states);
}
