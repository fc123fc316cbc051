namespace Crowd.Domain;

/// <summary>What can happen to a job.</summary>
public abstract record JobEvent : DomainEvent
{
    private JobEvent() { }

    /// <summary>The job was made, as a draft.</summary>
    public sealed record Created : JobEvent
    {
        public required JobId Job { get; init; }

        public required RequesterId Requester { get; init; }

        public required JobSpec Spec { get; init; }

        /// <summary>Hash of the command, to tell a repetition from a conflict.</summary>
        public required string ContentHash { get; init; }
    }

    /// <summary>The specification was replaced.</summary>
    public sealed record Changed : JobEvent
    {
        public required JobSpec Spec { get; init; }
    }

    /// <summary>How machines take part was replaced.</summary>
    public sealed record LoopChanged : JobEvent
    {
        public required LoopPolicy Loop { get; init; }
    }

    /// <summary>Tasks were added by one import.</summary>
    public sealed record Imported : JobEvent
    {
        public required string Import { get; init; }

        public required int Tasks { get; init; }

        public required int Gold { get; init; }
    }

    /// <summary>Money of the requester came into the job's escrow.</summary>
    public sealed record Funded : JobEvent
    {
        public required HoldId Hold { get; init; }

        public required long AmountMicros { get; init; }
    }

    /// <summary>Workers may take tasks.</summary>
    public sealed record Opened : JobEvent;

    /// <summary>No new tasks are given out; leases go on.</summary>
    public sealed record Paused : JobEvent
    {
        public string? Reason { get; init; }
    }

    /// <summary>The job ends: no new tasks; leases may be submitted, then what is unsettled is settled.</summary>
    public sealed record Closing : JobEvent
    {
        /// <summary>True when the requester gave the job up: what was submitted is paid, nothing more is decided.</summary>
        public required bool Cancelled { get; init; }
    }

    /// <summary>The job has ended and what was left of its escrow went back.</summary>
    public sealed record Closed : JobEvent
    {
        public required JobId Job { get; init; }

        public required RequesterId Requester { get; init; }

        public required Currency Currency { get; init; }

        public required long ReturnedMicros { get; init; }
    }

    /// <summary>Money that reached the job after its end went back.</summary>
    public sealed record HoldReturned : JobEvent
    {
        public required JobId Job { get; init; }

        public required RequesterId Requester { get; init; }

        public required HoldId Hold { get; init; }

        public required Currency Currency { get; init; }

        public required long AmountMicros { get; init; }
    }

    /// <summary>A worker gets no more work of this job.</summary>
    public sealed record WorkerExcluded : JobEvent
    {
        public required WorkerId Worker { get; init; }

        public required string Reason { get; init; }
    }

    /// <summary>An excluded worker may work again.</summary>
    public sealed record WorkerReadmitted : JobEvent
    {
        public required WorkerId Worker { get; init; }

        public required string Reason { get; init; }
    }
}
