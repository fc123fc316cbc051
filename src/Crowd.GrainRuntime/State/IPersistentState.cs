namespace Crowd.GrainRuntime;

/// <summary>A stored record and what is known of it.</summary>
public interface IStorage
{
    /// <summary>The version of the record as the store names it; null before the first write.</summary>
    string? Etag { get; }

    /// <summary>Whether the store holds the record, as of the last operation.</summary>
    bool RecordExists { get; }

    /// <summary>Removes the record and sets the state to a new one.</summary>
    /// <exception cref="InconsistentStateException">Somebody else wrote since; the grain is deactivated after the call.</exception>
    Task ClearStateAsync();

    /// <inheritdoc cref="ClearStateAsync()"/>
    Task ClearStateAsync(CancellationToken cancellationToken);

    /// <summary>Stores the state.</summary>
    /// <inheritdoc cref="ClearStateAsync()"/>
    Task WriteStateAsync();

    /// <inheritdoc cref="WriteStateAsync()"/>
    Task WriteStateAsync(CancellationToken cancellationToken);

    /// <summary>Replaces the state by what the store holds. Done by the runtime before <see cref="Grain.OnActivateAsync"/>.</summary>
    Task ReadStateAsync();

    /// <inheritdoc cref="ReadStateAsync()"/>
    Task ReadStateAsync(CancellationToken cancellationToken);
}

/// <summary>A stored record with its state in memory.</summary>
public interface IStorage<TState> : IStorage
{
    /// <summary>The state in memory; written only by <see cref="IStorage.WriteStateAsync()"/>.</summary>
    TState State { get; set; }
}

/// <summary>
/// A named piece of a grain's stored state, injected into its constructor by a parameter marked with
/// <see cref="PersistentStateAttribute"/>. Belongs to the activation: use it only there.
/// </summary>
public interface IPersistentState<TState> : IStorage<TState>;

/// <summary>Marks a constructor parameter of type <see cref="IPersistentState{TState}"/>.</summary>
/// <param name="stateName">Tells several states of one grain apart.</param>
/// <param name="storageName">The name under which the <see cref="IGrainStorage"/> is registered as a keyed service; null is "Default".</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class PersistentStateAttribute(string stateName, string? storageName = null) : Attribute
{
    public string StateName { get; } = stateName;

    public string? StorageName { get; } = storageName;
}
