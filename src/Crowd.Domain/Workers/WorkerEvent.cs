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

    /// <summary>A try of an exam began.</summary>
    public sealed record ExamBegun : WorkerEvent
    {
        public required ExamId Exam { get; init; }

        /// <summary>The how many-eth try, from 1.</summary>
        public required int Attempt { get; init; }

        /// <summary>To be handed in before then.</summary>
        public required DateTimeOffset Until { get; init; }

        /// <summary>When the next try may begin.</summary>
        public required DateTimeOffset RetryFrom { get; init; }
    }

    /// <summary>A try of an exam was handed in.</summary>
    public sealed record ExamGraded : WorkerEvent
    {
        public required ExamId Exam { get; init; }

        public required int Attempt { get; init; }

        /// <summary>Answers that agree with the known ones; which ones, nobody is told.</summary>
        public required int Right { get; init; }

        public required int Questions { get; init; }

        public required bool Passed { get; init; }
    }

    /// <summary>Earned money was put aside to be paid out.</summary>
    public sealed record PayoutRequested : WorkerEvent
    {
        public required WorkerId Worker { get; init; }

        public required PayoutId Payout { get; init; }

        public required long AmountMicros { get; init; }

        public required Currency Currency { get; init; }

        /// <summary>The worker's account at the provider; null with one that needs none.</summary>
        public string? Payee { get; init; }

        /// <summary>The day (UTC) of the schedule that it was made by; null when the worker asked for it.</summary>
        public DateOnly? ScheduledFor { get; init; }
    }

    /// <summary>The worker has an account at the provider.</summary>
    public sealed record PayeeOpened : WorkerEvent
    {
        /// <summary>The provider's id of the account.</summary>
        public required string Payee { get; init; }

        /// <summary>ISO 3166-1 alpha-2.</summary>
        public required string Country { get; init; }
    }

    /// <summary>What the provider says of the account has changed.</summary>
    public sealed record PayeeChanged : WorkerEvent
    {
        /// <summary>Payouts can be made.</summary>
        public required bool Ready { get; init; }

        /// <summary>The worker has told the provider all that it asked for.</summary>
        public required bool Submitted { get; init; }

        /// <summary>What is missing or wrong; null when nothing is.</summary>
        public string? Reason { get; init; }
    }

    /// <summary>Earned money is paid out by itself from now on.</summary>
    public sealed record PayoutsScheduled : WorkerEvent
    {
        public required PayoutSchedule Schedule { get; init; }
    }

    /// <summary>Earned money is paid out only when asked for.</summary>
    public sealed record PayoutsUnscheduled : WorkerEvent;

    /// <summary>Earned money went to what the worker owed.</summary>
    public sealed record DebtRecovered : WorkerEvent
    {
        public required WorkerId Worker { get; init; }

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
