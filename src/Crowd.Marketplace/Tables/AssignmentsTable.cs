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
            new("arm", ColumnKind.Text),
            new("shows", ColumnKind.Text),
            new("seen", ColumnKind.Text),
            new("saw", ColumnKind.Text), // seen when the answer was given
            new("invalid", ColumnKind.Integer),
            new("repeats", ColumnKind.Integer), // number of the same worker's first assignment, of a hidden repeat
            new("consistent", ColumnKind.Integer),
        ],
        Indexes = [new("worker_id", "job_id", "task_id")],
    };

    public static readonly int WorkerId = Table.IndexOf("worker_id");
    public static readonly int Status = Table.IndexOf("status");
    public static readonly int OfferedAt = Table.IndexOf("offered_at");
    public static readonly int LeaseUntil = Table.IndexOf("lease_until");
    public static readonly int SubmittedAt = Table.IndexOf("submitted_at");
    public static readonly int Answer = Table.IndexOf("answer");
    public static readonly int DurationMs = Table.IndexOf("duration_ms");
    public static readonly int Agrees = Table.IndexOf("agrees");
    public static readonly int Weight = Table.IndexOf("weight");
    public static readonly int Pay = Table.IndexOf("pay");
    public static readonly int Fee = Table.IndexOf("fee");
    public static readonly int Paid = Table.IndexOf("paid");
    public static readonly int Reason = Table.IndexOf("reason");
    public static readonly int Note = Table.IndexOf("note");
    public static readonly int SettledAt = Table.IndexOf("settled_at");
    public static readonly int ReviewDue = Table.IndexOf("review_due");
    public static readonly int GoldRight = Table.IndexOf("gold_right");
    public static readonly int Appeal = Table.IndexOf("appeal");
    public static readonly int Arm = Table.IndexOf("arm");
    public static readonly int Shows = Table.IndexOf("shows");
    public static readonly int Seen = Table.IndexOf("seen");
    public static readonly int Saw = Table.IndexOf("saw");
    public static readonly int Invalid = Table.IndexOf("invalid");
    public static readonly int Repeats = Table.IndexOf("repeats");
    public static readonly int Consistent = Table.IndexOf("consistent");
}
