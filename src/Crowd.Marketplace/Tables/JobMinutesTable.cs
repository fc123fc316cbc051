using Crowd.Journal;

namespace Crowd.Marketplace.Tables;

/// <summary>What happened on a job in each minute in which anything did: sums, so that any longer time is a sum of them.</summary>
public static class JobMinutesTable
{
    public static readonly Table Table = new()
    {
        Name = "job_minutes",
        Key = [new("job_id", ColumnKind.Text), new("minute", ColumnKind.Integer)],
        Columns =
        [
            new("answers", ColumnKind.Integer, 0L),
            new("time_ms", ColumnKind.Integer, 0L),
            new("decided", ColumnKind.Integer, 0L),
            new("escalated", ColumnKind.Integer, 0L),
            new("confidence_ppm", ColumnKind.Integer, 0L),
            new("judged", ColumnKind.Integer, 0L),
            new("agreed", ColumnKind.Integer, 0L),
            new("spent", ColumnKind.Integer, 0L),
        ],
    };

    public static readonly int Answers = Table.IndexOf("answers");
    public static readonly int TimeMs = Table.IndexOf("time_ms");
    public static readonly int Decided = Table.IndexOf("decided");
    public static readonly int Escalated = Table.IndexOf("escalated");
    public static readonly int ConfidencePpm = Table.IndexOf("confidence_ppm");
    public static readonly int Judged = Table.IndexOf("judged");
    public static readonly int Agreed = Table.IndexOf("agreed");
    public static readonly int Spent = Table.IndexOf("spent");
}
