namespace Crowd.Domain;

/// <summary>What can happen to a worker. No personal data: that stands in the table of people.</summary>
public abstract record WorkerEvent : DomainEvent
{
    private WorkerEvent() { }

    /// <summary>A person began to work.</summary>
    public sealed record Registered : WorkerEvent
    {
        public required WorkerId Worker { get; init; }

        public required PersonId Person { get; init; }
    }

    public sealed record QualificationGranted : WorkerEvent
    {
        public required string Qualification { get; init; }

        public required string Reason { get; init; }
    }

    public sealed record QualificationRevoked : WorkerEvent
    {
        public required string Qualification { get; init; }

        public required string Reason { get; init; }
    }

    /// <summary>No new work until the instant.</summary>
    public sealed record Suspended : WorkerEvent
    {
        public required DateTimeOffset Until { get; init; }

        public required string Reason { get; init; }
    }

    public sealed record SuspensionLifted : WorkerEvent
    {
        public required string Reason { get; init; }
    }

    /// <summary>A quality manager's reliability takes the place of the measured one, which is kept beside it.</summary>
    public sealed record ReliabilityOverridden : WorkerEvent
    {
        /// <summary>The job it holds for; null for all jobs.</summary>
        public JobId? Job { get; init; }

        /// <summary>Probability of a right answer, 0 to 1.</summary>
        public required double Value { get; init; }

        public required string Reason { get; init; }
    }

    /// <summary>The measured reliability counts again.</summary>
    public sealed record ReliabilityOverrideCleared : WorkerEvent
    {
        public JobId? Job { get; init; }

        public required string Reason { get; init; }
    }

    /// <summary>Earned money was put aside to be paid out.</summary>
    public sealed record PayoutRequested : WorkerEvent
    {
        public required WorkerId Worker { get; init; }

        public required PayoutId Payout { get; init; }

        public required long AmountMicros { get; init; }

        public required Currency Currency { get; init; }
    }

    /// <summary>The payout ended; money that did not leave is the worker's again.</summary>
    public sealed record PayoutEnded : WorkerEvent
    {
        public required PayoutId Payout { get; init; }

        public required bool Paid { get; init; }
    }
}
