using Crowd.Journal;

namespace Crowd.Marketplace.Tables;

/// <summary>A job and its running totals. Amounts in micros of its currency.</summary>
public static class JobsTable
{
    public static readonly Table Table = new()
    {
        Name = "jobs",
        Key = [new("job_id", ColumnKind.Text)],
        Columns =
        [
            new("requester_id", ColumnKind.Text),
            new("title", ColumnKind.Text),
            new("status", ColumnKind.Text),
            new("spec", ColumnKind.Text),
            new("currency", ColumnKind.Text),
            new("created_at", ColumnKind.Integer),
            new("opened_at", ColumnKind.Integer),
            new("closed_at", ColumnKind.Integer),
            new("tasks", ColumnKind.Integer, 0L),
            new("gold_tasks", ColumnKind.Integer, 0L),
            new("decided", ColumnKind.Integer, 0L),
            new("answers", ColumnKind.Integer, 0L),
            new("accepted", ColumnKind.Integer, 0L),
            new("rejected", ColumnKind.Integer, 0L),
            new("spent", ColumnKind.Integer, 0L),
            new("reserved", ColumnKind.Integer, 0L),
            new("held", ColumnKind.Integer, 0L),
            new("returned", ColumnKind.Integer, 0L),
            new("given_up", ColumnKind.Integer, 0L),
            new("pause_reason", ColumnKind.Text),
            new("loop", ColumnKind.Text),
            new("label_kind", ColumnKind.Text),
        ],
        Indexes = [new("requester_id", "job_id"), new("status", "job_id")],
    };

    public static readonly int RequesterId = Table.IndexOf("requester_id");
    public static readonly int Title = Table.IndexOf("title");
    public static readonly int Status = Table.IndexOf("status");
    public static readonly int Spec = Table.IndexOf("spec");
    public static readonly int Currency = Table.IndexOf("currency");
    public static readonly int CreatedAt = Table.IndexOf("created_at");
    public static readonly int OpenedAt = Table.IndexOf("opened_at");
    public static readonly int ClosedAt = Table.IndexOf("closed_at");
    public static readonly int Tasks = Table.IndexOf("tasks");
    public static readonly int GoldTasks = Table.IndexOf("gold_tasks");
    public static readonly int Decided = Table.IndexOf("decided");
    public static readonly int Answers = Table.IndexOf("answers");
    public static readonly int Accepted = Table.IndexOf("accepted");
    public static readonly int Rejected = Table.IndexOf("rejected");
    public static readonly int Spent = Table.IndexOf("spent");
    public static readonly int Reserved = Table.IndexOf("reserved");
    public static readonly int Held = Table.IndexOf("held");
    public static readonly int Returned = Table.IndexOf("returned");
    public static readonly int GivenUp = Table.IndexOf("given_up");
    public static readonly int Loop = Table.IndexOf("loop");
    public static readonly int PauseReason = Table.IndexOf("pause_reason");
    public static readonly int LabelKind = Table.IndexOf("label_kind");
}
