using System.Runtime.InteropServices;

namespace Crowd.GrainRuntime;

/// <summary>Why an activation ends. The numbers are those of Orleans; this runtime gives only some of them.</summary>
public enum DeactivationReasonCode : byte
{
    /// <summary>Not said.</summary>
    None = 0,

    /// <summary>The process stops.</summary>
    ShuttingDown = 1,

    /// <summary>The constructor, the reading of state, or <see cref="Grain.OnActivateAsync"/> failed.</summary>
    ActivationFailed = 2,

    /// <summary>No call for longer than the collection age.</summary>
    ActivationIdle = 4,

    /// <summary>A call ended with <see cref="InconsistentStateException"/>, or the grain was dropped.</summary>
    ApplicationError = 8,

    /// <summary>The grain asked for it.</summary>
    ApplicationRequested = 9,

    /// <summary>The runtime decided it.</summary>
    RuntimeRequested = 11,
}

/// <summary>Why an activation ends, for <see cref="Grain.OnDeactivateAsync"/>.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly struct DeactivationReason(DeactivationReasonCode code, Exception? exception, string text) : IEquatable<DeactivationReason>
{
    public DeactivationReason(DeactivationReasonCode code, string text)
        : this(code, null, text)
    {
    }

    /// <summary>For people; never empty when the runtime gave the reason.</summary>
    public string Description { get; } = text;

    /// <summary>For programs.</summary>
    public DeactivationReasonCode ReasonCode { get; } = code;

    /// <summary>The exception behind it, if one is.</summary>
    public Exception? Exception { get; } = exception;

    public static bool operator ==(DeactivationReason left, DeactivationReason right) => left.Equals(right);

    public static bool operator !=(DeactivationReason left, DeactivationReason right) => !left.Equals(right);

    public bool Equals(DeactivationReason other) =>
        ReasonCode == other.ReasonCode && Description == other.Description && Equals(Exception, other.Exception);

    public override bool Equals(object? obj) => obj is DeactivationReason other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(ReasonCode, Description, Exception);

    public override string ToString() => $"{ReasonCode}: {Description}";
}
