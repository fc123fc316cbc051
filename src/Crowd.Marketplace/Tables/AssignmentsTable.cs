using Crowd.Journal;

namespace Crowd.Marketplace.Tables;

/// <summary>One worker's lease on a task and what came of it.</summary>
public static class AssignmentsTable
{
    public static readonly Table Table = new()
    {
        Name = "assignments",
        Key = [new("job_id", ColumnKind.Text), new("task_id", ColumnKind.Text), new("ordinal", ColumnKind.Integer)],
        Columns =
        [
            new("worker_id", ColumnKind.Text),
            new("status", ColumnKind.Text),
            new("offered_at", ColumnKind.Integer),
            new("lease_until", ColumnKind.Integer),
            new("submitted_at", ColumnKind.Integer),
            new("answer", ColumnKind.Text),
            new("duration_ms", ColumnKind.Integer),
            new("agrees", ColumnKind.Integer),
            new("weight", ColumnKind.Real),
            new("pay", ColumnKind.Integer),
            new("fee", ColumnKind.Integer),
            new("paid", ColumnKind.Integer, 0L),
            new("reason", ColumnKind.Text),
            new("note", ColumnKind.Text),
            new("settled_at", ColumnKind.Integer),
            new("review_due", ColumnKind.Integer),
            new("gold_right", ColumnKind.Integer),
            new("appeal", ColumnKind.Text),
        ],
        Indexes = [new("worker_id", "job_id", "task_id")],
    };

    internal static readonly int WorkerId = Table.IndexOf("worker_id");
    internal static readonly int Status = Table.IndexOf("status");
    internal static readonly int OfferedAt = Table.IndexOf("offered_at");
    internal static readonly int LeaseUntil = Table.IndexOf("lease_until");
    internal static readonly int SubmittedAt = Table.IndexOf("submitted_at");
    internal static readonly int Answer = Table.IndexOf("answer");
    internal static readonly int DurationMs = Table.IndexOf("duration_ms");
    internal static readonly int Agrees = Table.IndexOf("agrees");
    internal static readonly int Weight = Table.IndexOf("weight");
    internal static readonly int Pay = Table.IndexOf("pay");
    internal static readonly int Fee = Table.IndexOf("fee");
    internal static readonly int Paid = Table.IndexOf("paid");
    internal static readonly int Reason = Table.IndexOf("reason");
    internal static readonly int Note = Table.IndexOf("note");
    internal static readonly int SettledAt = Table.IndexOf("settled_at");
    internal static readonly int ReviewDue = Table.IndexOf("review_due");
    internal static readonly int GoldRight = Table.IndexOf("gold_right");
    internal static readonly int Appeal = Table.IndexOf("appeal");
}
