using System.Text.Json.Serialization;

namespace Crowd.Domain;

/// <summary>What can happen to an organisation that posts jobs.</summary>
public abstract record RequesterEvent : DomainEvent
{
    private RequesterEvent() { }

    public sealed record Registered : RequesterEvent
    {
        public required RequesterId Requester { get; init; }

        public required string Name { get; init; }

        /// <summary>The first member, an owner.</summary>
        public required PersonId Owner { get; init; }
    }

    /// <summary>A person became a member, or got another role.</summary>
    public sealed record MemberSet : RequesterEvent
    {
        public required PersonId Person { get; init; }

        public required MemberRole Role { get; init; }
    }

    public sealed record MemberRemoved : RequesterEvent
    {
        public required PersonId Person { get; init; }
    }

    /// <summary>Money came in through the payment provider.</summary>
    public sealed record ToppedUp : RequesterEvent
    {
        public required RequesterId Requester { get; init; }

        public required TopUpId TopUp { get; init; }

        public required long AmountMicros { get; init; }

        public required Currency Currency { get; init; }

        /// <summary>The provider's id of the payment; null in events of earlier versions.</summary>
        public string? Payment { get; init; }
    }

    /// <summary>Unused money was put aside to go back to whom it came from.</summary>
    public sealed record RefundRequested : RequesterEvent
    {
        public required RequesterId Requester { get; init; }

        public required RefundId Refund { get; init; }

        public required TopUpId TopUp { get; init; }

        /// <summary>The provider's id of the top-up's payment.</summary>
        public required string Payment { get; init; }

        public required long AmountMicros { get; init; }

        public required Currency Currency { get; init; }
    }

    /// <summary>A refund came to nothing: the money is available again.</summary>
    public sealed record RefundReturned : RequesterEvent
    {
        public required RequesterId Requester { get; init; }

        public required RefundId Refund { get; init; }

        public required long AmountMicros { get; init; }

        public required Currency Currency { get; init; }

        public required string Reason { get; init; }

        /// <summary>The provider's id of the refund when it had left; null when it never did.</summary>
        public string? Reference { get; init; }
    }

    /// <summary>Who paid a top-up wants the money back: it is held until that is settled. What is not available any more is owed.</summary>
    public sealed record DisputeOpened : RequesterEvent
    {
        public required RequesterId Requester { get; init; }

        /// <summary>The provider's id of the dispute.</summary>
        public required string Dispute { get; init; }

        public required TopUpId TopUp { get; init; }

        public required long AmountMicros { get; init; }

        /// <summary>The part that was not available.</summary>
        public required long OwedMicros { get; init; }

        public required Currency Currency { get; init; }

        public required string Reason { get; init; }
    }

    /// <summary>The disputed money is available again.</summary>
    public sealed record DisputeWon : RequesterEvent
    {
        public required RequesterId Requester { get; init; }

        public required string Dispute { get; init; }

        public required long AmountMicros { get; init; }

        public required Currency Currency { get; init; }
    }

    /// <summary>The disputed money is gone.</summary>
    public sealed record DisputeLost : RequesterEvent
    {
        public required RequesterId Requester { get; init; }

        public required string Dispute { get; init; }

        public required long AmountMicros { get; init; }

        public required Currency Currency { get; init; }
    }

    /// <summary>Money that became available went to what was owed.</summary>
    public sealed record DebtRepaid : RequesterEvent
    {
        public required RequesterId Requester { get; init; }

        public required long AmountMicros { get; init; }

        public required Currency Currency { get; init; }
    }

    /// <summary>A worker got more than the price of the answers.</summary>
    public sealed record BonusPaid : RequesterEvent
    {
        public required RequesterId Requester { get; init; }

        public required BonusId Bonus { get; init; }

        public required JobId Job { get; init; }

        public required WorkerId Worker { get; init; }

        public required long AmountMicros { get; init; }

        /// <summary>The platform's fee on top.</summary>
        public required long FeeMicros { get; init; }

        public required Currency Currency { get; init; }

        /// <summary>What for; the worker sees it.</summary>
        public required string Reason { get; init; }
    }

    /// <summary>Money was put aside for a job: it is in the job's escrow from now on.</summary>
    public sealed record FundsHeld : RequesterEvent
    {
        public required RequesterId Requester { get; init; }

        public required HoldId Hold { get; init; }

        public required JobId Job { get; init; }

        public required long AmountMicros { get; init; }

        public required Currency Currency { get; init; }
    }

    /// <summary>What a job did not spend is available again; the ledger moved it when the job closed.</summary>
    public sealed record FundsReturned : RequesterEvent
    {
        public required JobId Job { get; init; }

        /// <summary>The hold that reached the job after its end; null for what was left when it closed.</summary>
        public HoldId? Hold { get; init; }

        public required long AmountMicros { get; init; }

        public required Currency Currency { get; init; }
    }

    /// <summary>A job was begun under the requester's own key for it.</summary>
    public sealed record JobRegistered : RequesterEvent
    {
        public required string Key { get; init; }

        public required string ContentHash { get; init; }

        public required JobId Job { get; init; }
    }

    /// <summary>The organisation is told of events at an address. The secret that signs them stands beside the log.</summary>
    public sealed record WebhookSet : RequesterEvent
    {
        public required RequesterId Requester { get; init; }

        public required WebhookId Webhook { get; init; }

        public required string Url { get; init; }

        /// <summary>Types of events, as they stand in the log.</summary>
        public required EquatableList<string> Types { get; init; }
    }

    /// <summary>Nothing is sent any more, until it is enabled.</summary>
    public sealed record WebhookDisabled : RequesterEvent
    {
        public required WebhookId Webhook { get; init; }

        public required string Reason { get; init; }
    }

    /// <summary>What waits is sent, and what happens from now on.</summary>
    public sealed record WebhookEnabled : RequesterEvent
    {
        public required WebhookId Webhook { get; init; }
    }

    /// <summary>Events of the past are to be sent again.</summary>
    public sealed record WebhookReplayed : RequesterEvent
    {
        public required WebhookId Webhook { get; init; }

        /// <summary>Those above this position of the log.</summary>
        public required long AfterPosition { get; init; }
    }

    public sealed record WebhookRemoved : RequesterEvent
    {
        public required WebhookId Webhook { get; init; }
    }

    /// <summary>Deliveries are signed with another secret from now on.</summary>
    public sealed record WebhookSecretReplaced : RequesterEvent
    {
        public required WebhookId Webhook { get; init; }
    }
}

/// <summary>What a member of an organisation may do; each role may do what the ones above it may.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MemberRole>))]
public enum MemberRole
{
    /// <summary>See jobs and results.</summary>
    Viewer,

    /// <summary>Make and run jobs, review answers.</summary>
    Editor,

    /// <summary>Fund, manage members and keys.</summary>
    Owner,
}
