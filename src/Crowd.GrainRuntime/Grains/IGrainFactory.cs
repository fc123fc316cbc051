namespace Crowd.GrainRuntime;

/// <summary>
/// Makes references to grains. Costs no activation: the grain comes to life with its first call. Usable inside and outside grains,
/// by any number of threads.
/// </summary>
public interface IGrainFactory
{
    /// <summary>A reference to the grain of that interface and key.</summary>
    /// <param name="primaryKey">Any text that is not blank.</param>
    /// <param name="grainClassNamePrefix">Must be null: an interface has one class here.</param>
    /// <exception cref="ArgumentException">The key is blank, a prefix is given, or no grain class implements the interface.</exception>
    TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey;

    /// <inheritdoc cref="GetGrain{TGrainInterface}(string, string?)"/>
    IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey);

    /// <summary>A reference to the grain of that identity.</summary>
    /// <exception cref="ArgumentException">The kind is unknown, or its class does not implement the interface.</exception>
    TGrainInterface GetGrain<TGrainInterface>(GrainId grainId)
        where TGrainInterface : IAddressable;
}
