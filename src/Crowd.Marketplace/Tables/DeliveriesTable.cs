using Crowd.Journal;

namespace Crowd.Marketplace.Tables;

/// <summary>
/// What is to be sent to webhooks and what was, by the event's position. Beside the log: what a receiver answered is not said by it. Statuses: waiting,
/// delivered.
/// </summary>
public static class DeliveriesTable
{
    public static readonly Table Table = new()
    {
        Name = "webhook_deliveries",
        Key = [new("webhook_id", ColumnKind.Text), new("position", ColumnKind.Integer)],
        Columns =
        [
            new("job_id", ColumnKind.Text),
            new("type", ColumnKind.Text),
            new("status", ColumnKind.Text),
            new("attempts", ColumnKind.Integer, 0L),
            new("due_at", ColumnKind.Integer, 0L),
            new("failing_since", ColumnKind.Integer),
            new("answer", ColumnKind.Text),
            new("ended_at", ColumnKind.Integer),
        ],
        Indexes = [new("status", "webhook_id", "job_id", "position")],
        BesideLog = true,
    };

    public static readonly int JobId = Table.IndexOf("job_id");
    public static readonly int Type = Table.IndexOf("type");
    public static readonly int Status = Table.IndexOf("status");
    public static readonly int Attempts = Table.IndexOf("attempts");
    public static readonly int DueAt = Table.IndexOf("due_at");
    public static readonly int FailingSince = Table.IndexOf("failing_since");
    public static readonly int Answer = Table.IndexOf("answer");
    public static readonly int EndedAt = Table.IndexOf("ended_at");
}
