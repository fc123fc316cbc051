namespace Crowd.GrainRuntime;

/// <summary>A state on its way between a grain and a store. The store fills it when reading and updates it when writing.</summary>
public interface IGrainState<T>
{
    T State { get; set; }

    /// <summary>The store's version of the record; null when there is none.</summary>
    string? ETag { get; set; }

    bool RecordExists { get; set; }
}

/// <summary>A state on its way between a grain and a store.</summary>
public sealed class GrainState<T> : IGrainState<T>
{
    public GrainState() => State = Activator.CreateInstance<T>();

    public GrainState(T state) => State = state;

    public GrainState(T state, string? eTag)
        : this(state) => ETag = eTag;

    public T State { get; set; }

    public string? ETag { get; set; }

    public bool RecordExists { get; set; }
}

/// <summary>
/// Where grain state is kept. The host supplies it as a keyed service under the storage's name. Many grains call it at once.
/// </summary>
public interface IGrainStorage
{
    /// <summary>Fills <paramref name="grainState"/>: the stored state, or <c>RecordExists</c> false and a null tag with the state untouched.</summary>
    Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken);

    /// <summary>Stores the state if the stored tag is the one given, and sets the new tag.</summary>
    /// <exception cref="InconsistentStateException">The stored tag is another.</exception>
    Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken);

    /// <summary>Removes the record if the stored tag is the one given; afterwards the tag is null. Nothing stored is no error.</summary>
    /// <exception cref="InconsistentStateException">The stored tag is another.</exception>
    Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken);
}
