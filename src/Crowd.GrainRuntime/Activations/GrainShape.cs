using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace Crowd.GrainRuntime;

/// <summary>What a grain class is like and how to make its instances: the same for every runtime of the process.</summary>
internal sealed class GrainShape
{
    private const string Suffix = "Grain";

    private readonly Lazy<ObjectFactory> _factory;
    private readonly List<StateParameter> _states = [];

    public GrainShape(Type type, IReadOnlyList<Type> interfaces)
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

    /// <summary>The grain interfaces that the class implements, those of the runtime left out.</summary>
    public IReadOnlyList<Type> Interfaces { get; }

    public bool Reentrant { get; }

    /// <summary>Most activations per key of a stateless worker; 0 for other grains.</summary>
    public int MaxWorkers { get; }

    public IStorage[] MakeStates(Activation activation) =>
        _states.Count == 0 ? [] : [.. _states.Select(state => state.Make(activation))];

    public object Construct(IServiceProvider services, IStorage[] states) => _factory.Value(services, states);
}
