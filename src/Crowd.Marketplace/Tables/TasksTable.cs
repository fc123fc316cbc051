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
            new("version", ColumnKind.Integer, 0L),
            new("route", ColumnKind.Text), // accept, audit, crowd, expert, hold
            new("routing", ColumnKind.Text),
            new("model_vote", ColumnKind.Text),
        ],
        Indexes = [new("job_id", "stage", "task_id"), new("job_id", "external_id"), new("job_id", "confidence")],
    };

    public static readonly int JobId = Table.IndexOf("job_id");
    public static readonly int ExternalId = Table.IndexOf("external_id");
    public static readonly int InputHash = Table.IndexOf("input_hash");
    public static readonly int Priority = Table.IndexOf("priority");
    public static readonly int Metadata = Table.IndexOf("metadata");
    public static readonly int Gold = Table.IndexOf("gold");
    public static readonly int Stage = Table.IndexOf("stage");
    public static readonly int Wanted = Table.IndexOf("wanted");
    public static readonly int Offers = Table.IndexOf("offers");
    public static readonly int Answers = Table.IndexOf("answers");
    public static readonly int Leases = Table.IndexOf("leases");
    public static readonly int Unsettled = Table.IndexOf("unsettled");
    public static readonly int Spent = Table.IndexOf("spent");
    public static readonly int Label = Table.IndexOf("label");
    public static readonly int Confidence = Table.IndexOf("confidence");
    public static readonly int DecidedBy = Table.IndexOf("decided_by");
    public static readonly int Votes = Table.IndexOf("votes");
    public static readonly int Reason = Table.IndexOf("reason");
    public static readonly int AddedAt = Table.IndexOf("added_at");
    public static readonly int DecidedAt = Table.IndexOf("decided_at");
    public static readonly int FinalLabel = Table.IndexOf("final_label");
    public static readonly int FinalConfidence = Table.IndexOf("final_confidence");
    public static readonly int FinalMethod = Table.IndexOf("final_method");
    public static readonly int Version = Table.IndexOf("version");
    public static readonly int Route = Table.IndexOf("route");
    public static readonly int Routing = Table.IndexOf("routing");
    public static readonly int ModelVote = Table.IndexOf("model_vote");
}
