using Crowd.Journal;

namespace Crowd.Marketplace.Tables;

/// <summary>Appeals against rejections. Statuses: open, upheld, dismissed.</summary>
public static class AppealsTable
{
    public static readonly Table Table = new()
    {
        Name = "appeals",
        Key = [new("job_id", ColumnKind.Text), new("task_id", ColumnKind.Text), new("ordinal", ColumnKind.Integer)],
        Columns =
        [
            new("worker_id", ColumnKind.Text),
            new("status", ColumnKind.Text),
            new("message", ColumnKind.Text),
            new("reason", ColumnKind.Text),
            new("opened_at", ColumnKind.Integer),
            new("resolved_at", ColumnKind.Integer),
        ],
        Indexes = [new("status", "job_id"), new("worker_id")],
    };

    public static readonly int WorkerId = Table.IndexOf("worker_id");
    public static readonly int Status = Table.IndexOf("status");
    public static readonly int Message = Table.IndexOf("message");
    public static readonly int Reason = Table.IndexOf("reason");
    public static readonly int OpenedAt = Table.IndexOf("opened_at");
    public static readonly int ResolvedAt = Table.IndexOf("resolved_at");
}
