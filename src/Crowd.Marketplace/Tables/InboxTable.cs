using Crowd.Journal;

namespace Crowd.Marketplace.Tables;

/// <summary>Events of the payment provider, by their stream. Statuses: received, processed.</summary>
public static class InboxTable
{
    public static readonly Table Table = new()
    {
        Name = "inbox",
        Key = [new("stream", ColumnKind.Text)],
        Columns =
        [
            new("event_id", ColumnKind.Text),
            new("type", ColumnKind.Text),
            new("status", ColumnKind.Text),
            new("fetched", ColumnKind.Integer),
            new("happened_at", ColumnKind.Integer),
            new("received_at", ColumnKind.Integer),
            new("processed_at", ColumnKind.Integer),
            new("result", ColumnKind.Text),
        ],
        Indexes = [new("status", "stream")],
    };

    public static readonly int EventId = Table.IndexOf("event_id");
    public static readonly int Type = Table.IndexOf("type");
    public static readonly int Status = Table.IndexOf("status");
    public static readonly int Fetched = Table.IndexOf("fetched");
    public static readonly int HappenedAt = Table.IndexOf("happened_at");
    public static readonly int ReceivedAt = Table.IndexOf("received_at");
    public static readonly int ProcessedAt = Table.IndexOf("processed_at");
    public static readonly int Result = Table.IndexOf("result");
}
