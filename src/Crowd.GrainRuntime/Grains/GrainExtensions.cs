namespace Crowd.GrainRuntime;

/// <summary>What can be asked of a grain or a reference alike.</summary>
public static class GrainExtensions
{
    /// <summary>The identity.</summary>
    /// <exception cref="ArgumentException">The object is neither a grain of this runtime nor a reference.</exception>
    public static GrainId GetGrainId(this IAddressable grain) => Reference(grain).GrainId;

    /// <summary>The key.</summary>
    /// <inheritdoc cref="GetGrainId"/>
    public static string GetPrimaryKeyString(this IAddressable grain) => Reference(grain).Key;

    /// <summary>A reference with which the grain can be called through the given interface.</summary>
    /// <exception cref="ArgumentException">Not a grain of this runtime, or its class does not implement the interface.</exception>
    public static TGrainInterface AsReference<TGrainInterface>(this IAddressable grain)
    {
        var reference = Reference(grain);
        if (reference is TGrainInterface same) return same;
        return (TGrainInterface)(object)reference.Host.Reference(typeof(TGrainInterface), reference.Class, reference.Key);
    }

    /// <inheritdoc cref="AsReference{TGrainInterface}"/>
    public static TGrainInterface Cast<TGrainInterface>(this IAddressable grain) => grain.AsReference<TGrainInterface>();

    private static GrainReference Reference(IAddressable grain) => grain switch
    {
        GrainReference reference => reference,
        Grain instance => instance.GrainReference,
        _ => throw new ArgumentException($"{grain?.GetType().Name ?? "null"} is neither a grain nor a reference to one.", nameof(grain)),
    };
}
