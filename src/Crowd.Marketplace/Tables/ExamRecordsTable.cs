using Crowd.Journal;

namespace Crowd.Marketplace.Tables;

/// <summary>Which worker tried which exam, and how that went.</summary>
public static class ExamRecordsTable
{
    public static readonly Table Table = new()
    {
        Name = "exam_records",
        Key = [new("worker_id", ColumnKind.Text), new("exam_id", ColumnKind.Text)],
        Columns =
        [
            new("attempts", ColumnKind.Integer, 0L),
            new("until", ColumnKind.Integer),
            new("retry_from", ColumnKind.Integer),
            new("last_right", ColumnKind.Integer),
            new("passed", ColumnKind.Integer, 0L),
        ],
        Indexes = [new("exam_id")],
    };

    public static readonly int Attempts = Table.IndexOf("attempts");
    public static readonly int Until = Table.IndexOf("until");
    public static readonly int RetryFrom = Table.IndexOf("retry_from");
    public static readonly int LastRight = Table.IndexOf("last_right");
    public static readonly int Passed = Table.IndexOf("passed");
}
