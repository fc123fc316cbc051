using System.Runtime.InteropServices;

namespace Crowd.Marketplace.Jobs;

/// <summary>A task as its job keeps it in memory: about 60 bytes.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct OpenTask
{
    /// <summary>The task's id as a number.</summary>
    public UInt128 Id;

    /// <summary>Paid and reserved for it, in micros.</summary>
    public long CommittedMicros;

    /// <summary>Where it stands in its lane; negative when it waits in none.</summary>
    public long Place;

    /// <summary>Workers who have or had it, by their number in the job; null while nobody has.</summary>
    public int[]? Workers;

    /// <summary>The version of the task's stream that this is of.</summary>
    public int Version;

    /// <summary>Answers wanted in all; 0 means as many as the job's policy says at least.</summary>
    public ushort Wanted;

    public ushort Answers;

    public ushort Leases;

    public ushort Unsettled;

    /// <summary>Leases that are being given out at this moment.</summary>
    public ushort Reserved;

    public short Priority;

    /// <summary>Which qualification a worker must have, by its number in the job; 0 for none.</summary>
    public byte Wants;

    /// <summary>Whether it was ever given out, or is being given out.</summary>
    public bool Begun;

    /// <summary>The lane that its place is in.</summary>
    public LaneKind In;

    public bool Escalated;

    /// <summary>Whether the slot is used; free ones wait to be used again.</summary>
    public bool Used;

    /// <summary>Whether the worker has or had the task.</summary>
    public readonly bool WasWith(int worker) => Workers is not null && Array.IndexOf(Workers, worker) >= 0;
}

/// <summary>The lanes of one priority.</summary>
internal enum LaneKind : byte
{
    /// <summary>Tasks not begun, as they were added.</summary>
    Fresh,

    /// <summary>Tasks that were begun.</summary>
    Again,

    /// <summary>Tasks not begun whose labels are wanted first.</summary>
    Preferred,
}
