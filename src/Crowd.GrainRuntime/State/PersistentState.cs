using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace Crowd.GrainRuntime;

/// <summary>A grain's state over a store.</summary>
internal sealed class PersistentState<TState>(string stateName, GrainId grainId, IGrainStorage storage) : IPersistentState<TState>
{
    private GrainState<TState> _record = new();

    public TState State
    {
        get => _record.State;
        set => _record.State = value;
    }

    public string? Etag => _record.ETag;

    public bool RecordExists => _record.RecordExists;

    public Task ClearStateAsync() => ClearStateAsync(CancellationToken.None);

    public async Task ClearStateAsync(CancellationToken cancellationToken)
    {
        await storage.ClearStateAsync(stateName, grainId, _record, cancellationToken);
        _record = new GrainState<TState> { ETag = _record.ETag };
    }

    public Task WriteStateAsync() => WriteStateAsync(CancellationToken.None);

    public Task WriteStateAsync(CancellationToken cancellationToken) => storage.WriteStateAsync(stateName, grainId, _record, cancellationToken);

    public Task ReadStateAsync() => ReadStateAsync(CancellationToken.None);

    public async Task ReadStateAsync(CancellationToken cancellationToken)
    {
        // A new record, so that a failed reading leaves the state as it was and a missing one leaves nothing of it.
        var read = new GrainState<TState>();
        await storage.ReadStateAsync(stateName, grainId, read, cancellationToken);
        _record = read;
    }
}

/// <summary>A constructor parameter that takes a grain's state.</summary>
internal sealed class StateParameter
{
    public const string DefaultStorage = "Default";

    private static readonly MethodInfo MakeTyped =
        typeof(StateParameter).GetMethod(nameof(MakeState), BindingFlags.NonPublic | BindingFlags.Static)!;

    private readonly PersistentStateAttribute _attribute;
    private readonly Func<string, GrainId, IGrainStorage, IStorage> _make;

    /// <summary>Reads what the parameter asks for.</summary>
    /// <exception cref="GrainDefinitionException">The parameter is not an <see cref="IPersistentState{TState}"/>.</exception>
    public StateParameter(ParameterInfo parameter, PersistentStateAttribute attribute)
    {
        if (!parameter.ParameterType.IsConstructedGenericType || parameter.ParameterType.GetGenericTypeDefinition() != typeof(IPersistentState<>))
        {
            throw new GrainDefinitionException(
                $"{parameter.Member.DeclaringType}: parameter {parameter.Name} is marked as persistent state but is not an IPersistentState<T>.");
        }

        _attribute = attribute;
        Type = parameter.ParameterType;
        _make = MakeTyped.MakeGenericMethod(Type.GetGenericArguments()).CreateDelegate<Func<string, GrainId, IGrainStorage, IStorage>>();
    }

    public Type Type { get; }

    public string StorageName => _attribute.StorageName ?? DefaultStorage;

    public IStorage Make(Activation activation) =>
        _make(_attribute.StateName, activation.GrainId, activation.ActivationServices.GetRequiredKeyedService<IGrainStorage>(StorageName));

    private static PersistentState<TState> MakeState<TState>(string name, GrainId id, IGrainStorage storage) => new(name, id, storage);
}
