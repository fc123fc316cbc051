using Crowd.Journal;

namespace Crowd.Marketplace.Tables;

/// <summary>A task, what it has and what it came to. Stages: open, escalated, decided, closed.</summary>
public static class TasksTable
{
    public static readonly Table Table = new()
    {
        Name = "tasks",
        Key = [new("task_id", ColumnKind.Text)],
        Columns =
        [
            new("job_id", ColumnKind.Text),
            new("external_id", ColumnKind.Text),
            new("input_hash", ColumnKind.Text),
            new("priority", ColumnKind.Integer, 0L),
            new("metadata", ColumnKind.Text),
            new("gold", ColumnKind.Text),
            new("stage", ColumnKind.Text),
            new("wanted", ColumnKind.Integer, 0L),
            new("offers", ColumnKind.Integer, 0L),
            new("answers", ColumnKind.Integer, 0L),
            new("leases", ColumnKind.Integer, 0L),
            new("unsettled", ColumnKind.Integer, 0L),
            new("spent", ColumnKind.Integer, 0L),
            new("label", ColumnKind.Text),
            new("confidence", ColumnKind.Real),
            new("decided_by", ColumnKind.Text),
            new("votes", ColumnKind.Text),
            new("reason", ColumnKind.Text),
            new("added_at", ColumnKind.Integer),
            new("decided_at", ColumnKind.Integer),
            new("final_label", ColumnKind.Text),
            new("final_confidence", ColumnKind.Real),
            new("final_method", ColumnKind.Text),
        ],
        Indexes = [new("job_id", "stage", "task_id"), new("job_id", "external_id")],
    };

    internal static readonly int JobId = Table.IndexOf("job_id");
    internal static readonly int ExternalId = Table.IndexOf("external_id");
    internal static readonly int InputHash = Table.IndexOf("input_hash");
    internal static readonly int Priority = Table.IndexOf("priority");
    internal static readonly int Metadata = Table.IndexOf("metadata");
    internal static readonly int Gold = Table.IndexOf("gold");
    internal static readonly int Stage = Table.IndexOf("stage");
    internal static readonly int Wanted = Table.IndexOf("wanted");
    internal static readonly int Offers = Table.IndexOf("offers");
    internal static readonly int Answers = Table.IndexOf("answers");
    internal static readonly int Leases = Table.IndexOf("leases");
    internal static readonly int Unsettled = Table.IndexOf("unsettled");
    internal static readonly int Spent = Table.IndexOf("spent");
    internal static readonly int Label = Table.IndexOf("label");
    internal static readonly int Confidence = Table.IndexOf("confidence");
    internal static readonly int DecidedBy = Table.IndexOf("decided_by");
    internal static readonly int Votes = Table.IndexOf("votes");
    internal static readonly int Reason = Table.IndexOf("reason");
    internal static readonly int AddedAt = Table.IndexOf("added_at");
    internal static readonly int DecidedAt = Table.IndexOf("decided_at");
    internal static readonly int FinalLabel = Table.IndexOf("final_label");
    internal static readonly int FinalConfidence = Table.IndexOf("final_confidence");
    internal static readonly int FinalMethod = Table.IndexOf("final_method");
}
