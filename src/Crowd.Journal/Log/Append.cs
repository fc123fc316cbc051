namespace Crowd.Journal;

/// <summary>An event that is to be appended: a short stable type name and its UTF-8 JSON. The caller gives up ownership of the bytes.</summary>
public readonly record struct NewEvent(string Type, ReadOnlyMemory<byte> Data);

/// <summary>What one writer wants appended to one stream, all or nothing.</summary>
public sealed record Append
{
    /// <summary>Name of the stream, for example <c>task_01j…</c>; ignored when there are no events.</summary>
    public required string Stream { get; init; }

    /// <summary>The version the stream has now, as the writer knows it; 0 for a stream without events.</summary>
    public required long ExpectedVersion { get; init; }

    /// <summary>When, UTC. Stored to the microsecond.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who: an id of a person, an API key or a part of the system. No personal data.</summary>
    public required string Actor { get; init; }

    /// <summary>The events, in order; at most <see cref="JournalLimits.EventsPerAppend"/>.</summary>
    public required IReadOnlyList<NewEvent> Events { get; init; }

    /// <summary>Changes of read models and tables beside the log, applied in order in the same transaction.</summary>
    public IReadOnlyList<RowChange> Changes { get; init; } = [];
}

/// <summary>An event as it stands in the log.</summary>
public sealed record StoredEvent(long Position, string Stream, long Version, string Type, DateTimeOffset At, string Actor, ReadOnlyMemory<byte> Data);

/// <summary>The state of a stream at a version, as UTF-8 JSON or any bytes the owner can read.</summary>
public sealed record Snapshot(string Stream, long Version, ReadOnlyMemory<byte> Data);

/// <summary>What became of an append.</summary>
public abstract record AppendResult
{
    private AppendResult() { }

    /// <summary>Durable. The last event has this position and version; both 0 when the append had no events.</summary>
    public sealed record Committed(long LastPosition, long LastVersion) : AppendResult;

    /// <summary>Nothing was written: the stream has <paramref name="ActualVersion"/>.</summary>
    public sealed record Conflict(long ActualVersion) : AppendResult;
}

/// <summary>The named limits of a journal.</summary>
public static class JournalLimits
{
    /// <summary>Most events in one append.</summary>
    public const int EventsPerAppend = 10_000;

    /// <summary>Most bytes of one event's data.</summary>
    public const int EventBytes = 4 * 1024 * 1024;

    /// <summary>Most appends that may wait for the writer; past it <see cref="IJournal.AppendAsync"/> waits for room.</summary>
    public const int WaitingAppends = 16_384;

    /// <summary>Most appends that are committed as one transaction.</summary>
    public const int AppendsPerCommit = 2_048;

    /// <summary>Most characters of a stream's name.</summary>
    public const int StreamNameLength = 200;
}

/// <summary>The store cannot be reached or written; nothing of the append was written.</summary>
public sealed class JournalUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The store was lost while committing: whether the append is durable is not known.</summary>
public sealed class JournalOutcomeUnknownException(string message, Exception? inner = null) : Exception(message, inner);
