using Crowd.Journal;

namespace Crowd.Marketplace.Tables;

/// <summary>Decisions that programs asked for. Status: accepted, held, escalated, released, refused.</summary>
public static class DecisionsTable
{
    public static readonly Table Table = new()
    {
        Name = "decisions",
        Key = [new("decision_id", ColumnKind.Text)],
        Columns =
        [
            new("job_id", ColumnKind.Text),
            new("request_key", ColumnKind.Text),
            new("status", ColumnKind.Text),
            new("waiting", ColumnKind.Integer, 0L), // 1 while a time is running: the veto window or the service level
            new("input_hash", ColumnKind.Text),
            new("prediction", ColumnKind.Text),
            new("routing", ColumnKind.Text),
            new("rule", ColumnKind.Text),
            new("waits_for", ColumnKind.Text),
            new("due", ColumnKind.Integer),
            new("fallback", ColumnKind.Text),
            new("label", ColumnKind.Text),
            new("released_by", ColumnKind.Text),
            new("confidence", ColumnKind.Real),
            new("reason", ColumnKind.Text),
            new("audited", ColumnKind.Integer, 0L),
            new("audit_label", ColumnKind.Text),
            new("audit_agrees", ColumnKind.Integer),
            new("requested_at", ColumnKind.Integer),
            new("vetoed_at", ColumnKind.Integer),
            new("fallback_at", ColumnKind.Integer),
            new("released_at", ColumnKind.Integer),
        ],
        Indexes = [new("job_id", "waiting", "decision_id"), new("job_id", "requested_at", "decision_id"), new("status", "decision_id")],
    };

    public static readonly int JobId = Table.IndexOf("job_id");
    public static readonly int RequestKey = Table.IndexOf("request_key");
    public static readonly int Status = Table.IndexOf("status");
    public static readonly int Waiting = Table.IndexOf("waiting");
    public static readonly int InputHash = Table.IndexOf("input_hash");
    public static readonly int Prediction = Table.IndexOf("prediction");
    public static readonly int Routing = Table.IndexOf("routing");
    public static readonly int Rule = Table.IndexOf("rule");
    public static readonly int WaitsFor = Table.IndexOf("waits_for");
    public static readonly int Due = Table.IndexOf("due");
    public static readonly int Fallback = Table.IndexOf("fallback");
    public static readonly int Label = Table.IndexOf("label");
    public static readonly int ReleasedBy = Table.IndexOf("released_by");
    public static readonly int Confidence = Table.IndexOf("confidence");
    public static readonly int Reason = Table.IndexOf("reason");
    public static readonly int Audited = Table.IndexOf("audited");
    public static readonly int AuditLabel = Table.IndexOf("audit_label");
    public static readonly int AuditAgrees = Table.IndexOf("audit_agrees");
    public static readonly int RequestedAt = Table.IndexOf("requested_at");
    public static readonly int VetoedAt = Table.IndexOf("vetoed_at");
    public static readonly int FallbackAt = Table.IndexOf("fallback_at");
    public static readonly int ReleasedAt = Table.IndexOf("released_at");
}
