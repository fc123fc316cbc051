using Crowd.Api.Hosting;
using Crowd.Domain;
using Crowd.GraphQL;
using Crowd.Journal;

namespace Crowd.Api.Payments;

/// <summary>Money on its way in, or paid in.</summary>
[GraphQLName("TopUp")]
public sealed class TopUpView
{
    internal const string Columns = "top_up_id, requester_id, amount, currency, status, pay_at, reason, started_at, ended_at";

    [GraphQLIgnore]
    public string TopUpId { get; set; } = "";

    [GraphQLIgnore]
    public string RequesterId { get; set; } = "";

    [GraphQLIgnore]
    public long StartedAt { get; set; }

    [GraphQLIgnore]
    public long? EndedAt { get; set; }

    public TopUpId Id => Domain.TopUpId.From(TopUpId);

    [GraphQLName("amountMicros")]
    public long Amount { get; set; }

    public string Currency { get; set; } = "";

    /// <summary>started (the provider is being asked), pending (somebody has to pay at payAt), paid or givenUp.</summary>
    public string Status { get; set; } = "";

    /// <summary>Where to pay; null when nobody needs to.</summary>
    public string? PayAt { get; set; }

    /// <summary>Why the last attempt failed or it was given up.</summary>
    public string? Reason { get; set; }

    [GraphQLName("startedAt")]
    public DateTimeOffset Started => Instants.FromMicroseconds(StartedAt);

    [GraphQLName("endedAt")]
    public DateTimeOffset? Ended => EndedAt is { } at ? Instants.FromMicroseconds(at) : null;
}

/// <summary>Unused money going back to whom it came from.</summary>
[GraphQLName("Refund")]
public sealed class RefundView
{
    internal const string Columns = "refund_id, top_up_id, amount, currency, status, reason, requested_at, ended_at";

    [GraphQLIgnore]
    public string RefundId { get; set; } = "";

    [GraphQLIgnore]
    public string TopUpId { get; set; } = "";

    [GraphQLIgnore]
    public long RequestedAt { get; set; }

    [GraphQLIgnore]
    public long? EndedAt { get; set; }

    public RefundId Id => Domain.RefundId.From(RefundId);

    public TopUpId TopUp => Domain.TopUpId.From(TopUpId);

    [GraphQLName("amountMicros")]
    public long Amount { get; set; }

    public string Currency { get; set; } = "";

    /// <summary>requested, started, posted (left), confirmed (arrived) or voided (came back).</summary>
    public string Status { get; set; } = "";

    /// <summary>Why it came back.</summary>
    public string? Reason { get; set; }

    [GraphQLName("requestedAt")]
    public DateTimeOffset Requested => Instants.FromMicroseconds(RequestedAt);

    [GraphQLName("endedAt")]
    public DateTimeOffset? Ended => EndedAt is { } at ? Instants.FromMicroseconds(at) : null;
}

/// <summary>Who paid a top-up wants the money back; it is held until that is settled.</summary>
[GraphQLName("Dispute")]
public sealed class DisputeView
{
    internal const string Columns = "dispute_id, top_up_id, amount, owed, currency, status, reason, opened_at, ended_at";

    [GraphQLIgnore]
    public string DisputeId { get; set; } = "";

    [GraphQLIgnore]
    public string TopUpId { get; set; } = "";

    [GraphQLIgnore]
    public long OpenedAt { get; set; }

    [GraphQLIgnore]
    public long? EndedAt { get; set; }

    /// <summary>The provider's id.</summary>
    public string Id => DisputeId;

    public TopUpId TopUp => Domain.TopUpId.From(TopUpId);

    [GraphQLName("amountMicros")]
    public long Amount { get; set; }

    /// <summary>What was not available when it was opened, and is owed.</summary>
    [GraphQLName("owedMicros")]
    public long Owed { get; set; }

    public string Currency { get; set; } = "";

    /// <summary>open, won (the money is available again) or lost (it is gone).</summary>
    public string Status { get; set; } = "";

    public string? Reason { get; set; }

    [GraphQLName("openedAt")]
    public DateTimeOffset Opened => Instants.FromMicroseconds(OpenedAt);

    [GraphQLName("endedAt")]
    public DateTimeOffset? Ended => EndedAt is { } at ? Instants.FromMicroseconds(at) : null;
}

/// <summary>What a worker got beyond the price of the answers.</summary>
[GraphQLName("Bonus")]
public sealed class BonusView
{
    internal const string Columns = "bonus_id, job_id, worker_id, amount, currency, reason, paid_at";

    [GraphQLIgnore]
    public string BonusId { get; set; } = "";

    [GraphQLIgnore]
    public string JobId { get; set; } = "";

    [GraphQLIgnore]
    public string WorkerId { get; set; } = "";

    [GraphQLIgnore]
    public long PaidAt { get; set; }

    public BonusId Id => Domain.BonusId.From(BonusId);

    public JobId Job => Domain.JobId.From(JobId);

    public WorkerId Worker => Domain.WorkerId.From(WorkerId);

    [GraphQLName("amountMicros")]
    public long Amount { get; set; }

    public string Currency { get; set; } = "";

    /// <summary>What for.</summary>
    public string Reason { get; set; } = "";

    [GraphQLName("paidAt")]
    public DateTimeOffset Paid => Instants.FromMicroseconds(PaidAt);
}
