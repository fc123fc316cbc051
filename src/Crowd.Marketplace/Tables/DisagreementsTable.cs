using Crowd.Journal;

namespace Crowd.Marketplace.Tables;

/// <summary>Tasks that wait for a quality manager. Causes: escalated, lowConfidence, jobClosed. A row goes when somebody settles the task.</summary>
public static class DisagreementsTable
{
    public static readonly Table Table = new()
    {
        Name = "disagreements",
        Key = [new("task_id", ColumnKind.Text)],
        Columns =
        [
            new("job_id", ColumnKind.Text),
            new("cause", ColumnKind.Text),
            new("confidence", ColumnKind.Real),
            new("raised_at", ColumnKind.Integer),
        ],
        Indexes = [new("raised_at", "task_id"), new("job_id", "raised_at")],
    };

    public static readonly int JobId = Table.IndexOf("job_id");
    public static readonly int Cause = Table.IndexOf("cause");
    public static readonly int Confidence = Table.IndexOf("confidence");
    public static readonly int RaisedAt = Table.IndexOf("raised_at");
}
