using System.Text.Json;
using Crowd.Api.Labels;
using Crowd.Domain;
using Crowd.GraphQL;
using Crowd.Journal;

namespace Crowd.Api.Loop;

/// <summary>A decision that a program asked for.</summary>
[GraphQLName("Decision")]
public sealed class DecisionView
{
    internal const string Columns =
        "decision_id, job_id, request_key, status as status_text, input_hash, prediction as prediction_json, routing as routing_json, waits_for, due as due_at, fallback as fallback_text, "
        + "label as label_json, released_by as released_by_text, confidence, reason, audited as audited_value, audit_label as audit_json, audit_agrees as audit_value, requested_at, vetoed_at, "
        + "fallback_at, released_at";

    [GraphQLIgnore]
    public string DecisionId { get; set; } = "";

    [GraphQLIgnore]
    public string JobId { get; set; } = "";

    [GraphQLIgnore]
    public string StatusText { get; set; } = "";

    [GraphQLIgnore]
    public string InputHash { get; set; } = "";

    [GraphQLIgnore]
    public string PredictionJson { get; set; } = "";

    [GraphQLIgnore]
    public string RoutingJson { get; set; } = "";

    [GraphQLIgnore]
    public string? WaitsFor { get; set; }

    [GraphQLIgnore]
    public long? DueAt { get; set; }

    [GraphQLIgnore]
    public string? FallbackText { get; set; }

    [GraphQLIgnore]
    public string? LabelJson { get; set; }

    [GraphQLIgnore]
    public string? ReleasedByText { get; set; }

    [GraphQLIgnore]
    public long AuditedValue { get; set; }

    [GraphQLIgnore]
    public string? AuditJson { get; set; }

    [GraphQLIgnore]
    public long? AuditValue { get; set; }

    [GraphQLIgnore]
    public long RequestedAt { get; set; }

    [GraphQLIgnore]
    public long? VetoedAt { get; set; }

    [GraphQLIgnore]
    public long? FallbackAt { get; set; }

    [GraphQLIgnore]
    public long? ReleasedAt { get; set; }

    public DecisionId Id => Domain.DecisionId.From(DecisionId);

    public JobId Job => Domain.JobId.From(JobId);

    /// <summary>The task that puts it before people, if one was made.</summary>
    public TaskId Task => Id.Task;

    /// <summary>The caller's key.</summary>
    [GraphQLName("key")]
    public string RequestKey { get; set; } = "";

    public DecisionStatus Status => Enum.Parse<DecisionStatus>(StatusText, ignoreCase: true);

    /// <summary>What the machine said.</summary>
    public PredictionView Prediction => PredictionView.Of(PredictionJson);

    /// <summary>What the rules said, and why.</summary>
    public RoutingView Routing => RoutingView.Of(RoutingJson)!;

    /// <summary>Whom it waits or waited for; null when it was accepted.</summary>
    [GraphQLName("waitsFor")]
    public RouteAction? For => WaitsFor is null ? null : Enum.Parse<RouteAction>(WaitsFor, ignoreCase: true);

    /// <summary>The released label; while it is accepted, the machine's, which may still be stopped; null while it is held.</summary>
    public AnswerView? Label => AnswerView.Of(LabelJson);

    /// <summary>While it is accepted: until when a person may stop it.</summary>
    public DateTimeOffset? VetoUntil => StatusText == "accepted" ? At(DueAt) : null;

    /// <summary>While it is held: when the fallback applies.</summary>
    public DateTimeOffset? Due => StatusText == "held" ? At(DueAt) : null;

    /// <summary>What happens then.</summary>
    public GateFallback? Fallback => FallbackText is null ? null : Enum.Parse<GateFallback>(FallbackText, ignoreCase: true);

    public ReleasedBy? ReleasedBy => ReleasedByText is null ? null : Enum.Parse<ReleasedBy>(ReleasedByText, ignoreCase: true);

    /// <summary>The model's confidence, or the posterior of the consensus; 1 for a person.</summary>
    public double? Confidence { get; set; }

    /// <summary>What a person gave as the reason.</summary>
    public string? Reason { get; set; }

    /// <summary>Whether people label it as well, to measure the machine.</summary>
    public bool Audited => AuditedValue == 1;

    /// <summary>What people said in the audit.</summary>
    public AnswerView? AuditLabel => AnswerView.Of(AuditJson);

    /// <summary>Whether that agrees with the machine.</summary>
    public bool? AuditAgrees => AuditValue is { } value ? value == 1 : null;

    [GraphQLName("requestedAt")]
    public DateTimeOffset Requested => Instants.FromMicroseconds(RequestedAt);

    [GraphQLName("vetoedAt")]
    public DateTimeOffset? Vetoed => At(VetoedAt);

    [GraphQLName("fallbackAt")]
    public DateTimeOffset? FellBack => At(FallbackAt);

    [GraphQLName("releasedAt")]
    public DateTimeOffset? Released => At(ReleasedAt);

    private static DateTimeOffset? At(long? value) => value is { } at ? Instants.FromMicroseconds(at) : null;
}

/// <summary>Fields of a decision that are read apart from it.</summary>
[ExtendObjectType(typeof(DecisionView))]
public static class DecisionFields
{
    /// <summary>What is to be decided; null when it was erased.</summary>
    public static async Task<JsonElement?> GetInputAsync(DecisionView decision, Hosting.Reads reads, CancellationToken cancellationToken) =>
        Crowd.Api.Tasks.TaskView.Parse(await reads.FirstAsync<string>("select input from inputs where hash = @hash", new { hash = decision.InputHash }, cancellationToken));

    /// <summary>Everything that happened to it, in order.</summary>
    public static async Task<IReadOnlyList<Audit.LogEntry>> GetHistoryAsync(DecisionView decision, Hosting.Reads reads, CancellationToken cancellationToken) =>
        await reads.ListAsync<Audit.LogEntry>(
            $"select {Audit.LogEntry.Columns} from events where stream = @stream order by version limit 1000", new { stream = decision.DecisionId }, cancellationToken);
}

/// <summary>What a program gets at once when it asks for a decision.</summary>
/// <param name="Id">The decision; poll or follow it.</param>
/// <param name="Status">RELEASED: the label is the decision. ACCEPTED: it will be, unless a person stops it before vetoUntil. HELD: people decide.</param>
/// <param name="Label">The machine's label when it was accepted; the released one when it was released.</param>
/// <param name="VetoUntil">Until when a person may stop it.</param>
/// <param name="Due">When the fallback applies.</param>
/// <param name="Rule">The rule that matched.</param>
/// <param name="Repeated">True when the same request was there before: nothing changed.</param>
[GraphQLName("DecisionResult")]
public sealed record DecisionResult(
    DecisionId Id, DecisionStatus Status, AnswerView? Label, double? Confidence, DateTimeOffset? VetoUntil, DateTimeOffset? Due, string? Rule, ReleasedBy? ReleasedBy, bool Repeated)
{
    internal static DecisionResult Of(Marketplace.Loop.DecisionSight sight)
    {
        var state = sight.State;
        return new(
            sight.Id, state.Status, state.Label is { } label ? AnswerView.Of(label) : null, state.Confidence ?? (state.Status == DecisionStatus.Accepted ? state.Prediction?.Confidence : null),
            state.Status == DecisionStatus.Accepted ? state.Due : null, state.Status == DecisionStatus.Held ? state.Due : null, state.Routing?.Rule, state.By, sight.Repeated);
    }
}
