namespace Crowd.GrainRuntime;

/// <summary>Makes references by the manifest.</summary>
internal sealed class GrainFactory(GrainHost host) : IGrainFactory
{
    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey
    {
        if (grainClassNamePrefix is not null) throw new ArgumentException("An interface has one class here.", nameof(grainClassNamePrefix));
        return (TGrainInterface)GetGrain(typeof(TGrainInterface), primaryKey);
    }

    public IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(grainPrimaryKey);
        return (IGrain)(object)host.Reference(grainInterfaceType, host.Manifest.Of(grainInterfaceType), grainPrimaryKey);
    }

    public TGrainInterface GetGrain<TGrainInterface>(GrainId grainId)
        where TGrainInterface : IAddressable
    {
        var grainClass = host.Manifest.Of(grainId.Type) ?? throw new ArgumentException($"No grain class has the kind '{grainId.Type}'.", nameof(grainId));
        var shown = typeof(TGrainInterface).IsAssignableFrom(typeof(GrainReference)) ? grainClass.Interfaces[0] : typeof(TGrainInterface);
        return (TGrainInterface)(IAddressable)host.Reference(shown, grainClass, grainId.Key.ToString());
    }
}
