namespace Crowd.Domain;

/// <summary>Where a decision is in its life.</summary>
public enum DecisionStatus
{
    /// <summary>There is no such decision.</summary>
    None,

    /// <summary>The machine's label goes out when the time to stop it is over.</summary>
    Accepted,

    /// <summary>It waits for people.</summary>
    Held,

    /// <summary>Nobody decided in time; a quality manager has it.</summary>
    Escalated,

    /// <summary>It went out.</summary>
    Released,

    /// <summary>Nobody decided in time; it is refused.</summary>
    Refused,
}

/// <summary>A decision as its events make it.</summary>
public sealed record DecisionState
{
    public JobId Job { get; init; }

    public DecisionStatus Status { get; init; }

    public string ContentHash { get; init; } = "";

    public Prediction? Prediction { get; init; }

    public Routing? Routing { get; init; }

    /// <summary>Whom it waits for.</summary>
    public RouteAction For { get; init; }

    /// <summary>When it is released (accepted) or its fallback applies (held); null when time changes nothing any more.</summary>
    public DateTimeOffset? Due { get; init; }

    public GateFallback Fallback { get; init; }

    /// <summary>The machine's label while it is accepted, the released one afterwards.</summary>
    public Answer? Label { get; init; }

    public ReleasedBy? By { get; init; }

    public double? Confidence { get; init; }

    public string? Reason { get; init; }

    public bool Audited { get; init; }

    /// <summary>Whether people agreed in the audit.</summary>
    public bool? AuditAgrees { get; init; }

    /// <summary>The state after the event.</summary>
    public DecisionState Apply(DecisionEvent e) => e switch
    {
        DecisionEvent.Requested r => this with { Job = r.Job, ContentHash = r.ContentHash, Prediction = r.Prediction, Routing = r.Routing },
        DecisionEvent.Accepted a => this with { Status = DecisionStatus.Accepted, Label = a.Label, Due = a.VetoUntil, Audited = a.InAudit },
        DecisionEvent.Held h => this with { Status = DecisionStatus.Held, For = h.For, Due = h.Due, Fallback = h.Fallback, Label = null },
        DecisionEvent.Vetoed v => this with { Reason = v.Reason },
        DecisionEvent.FallbackApplied f => this with { Status = f.Fallback == GateFallback.Refuse ? DecisionStatus.Refused : DecisionStatus.Escalated, Due = null },
        DecisionEvent.Released r => this with { Status = DecisionStatus.Released, Due = null, Label = r.Label, By = r.By, Confidence = r.Confidence, Reason = r.Reason ?? Reason },
        DecisionEvent.Audited a => this with { AuditAgrees = a.Agrees },
        _ => throw new InvalidOperationException($"A decision does not know {e.GetType().Name}."),
    };
}
