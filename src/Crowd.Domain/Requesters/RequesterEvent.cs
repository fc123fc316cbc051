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
