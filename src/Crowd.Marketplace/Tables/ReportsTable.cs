using Crowd.Journal;

namespace Crowd.Marketplace.Tables;

/// <summary>Problems with tasks that workers reported.</summary>
public static class ReportsTable
{
    public static readonly Table Table = new()
    {
        Name = "reports",
        Key = [new("job_id", ColumnKind.Text), new("task_id", ColumnKind.Text), new("ordinal", ColumnKind.Integer)],
        Columns =
        [
            new("worker_id", ColumnKind.Text),
            new("problem", ColumnKind.Text),
            new("message", ColumnKind.Text),
            new("reported_at", ColumnKind.Integer),
        ],
    };

    public static readonly int WorkerId = Table.IndexOf("worker_id");
    public static readonly int Problem = Table.IndexOf("problem");
    public static readonly int Message = Table.IndexOf("message");
    public static readonly int ReportedAt = Table.IndexOf("reported_at");
}
