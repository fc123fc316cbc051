using Crowd.Journal;

namespace Crowd.Marketplace.Tables;

/// <summary>Disputes of top-ups, by the provider's id. Statuses: open, won, lost. Amounts in micros; owed is what was not available when it was opened.</summary>
public static class DisputesTable
{
    public static readonly Table Table = new()
    {
        Name = "disputes",
        Key = [new("dispute_id", ColumnKind.Text)],
        Columns =
        [
            new("requester_id", ColumnKind.Text),
            new("top_up_id", ColumnKind.Text),
            new("amount", ColumnKind.Integer),
            new("owed", ColumnKind.Integer),
            new("currency", ColumnKind.Text),
            new("status", ColumnKind.Text),
            new("reason", ColumnKind.Text),
            new("opened_at", ColumnKind.Integer),
            new("ended_at", ColumnKind.Integer),
        ],
        Indexes = [new("requester_id", "dispute_id")],
    };

    public static readonly int RequesterId = Table.IndexOf("requester_id");
    public static readonly int TopUpId = Table.IndexOf("top_up_id");
    public static readonly int Amount = Table.IndexOf("amount");
    public static readonly int Owed = Table.IndexOf("owed");
    public static readonly int Currency = Table.IndexOf("currency");
    public static readonly int Status = Table.IndexOf("status");
    public static readonly int Reason = Table.IndexOf("reason");
    public static readonly int OpenedAt = Table.IndexOf("opened_at");
    public static readonly int EndedAt = Table.IndexOf("ended_at");
}
