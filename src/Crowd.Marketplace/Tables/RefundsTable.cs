using Crowd.Journal;

namespace Crowd.Marketplace.Tables;

/// <summary>Refunds of top-ups. Statuses: requested, started, posted, confirmed, voided. Amounts in micros.</summary>
public static class RefundsTable
{
    public static readonly Table Table = new()
    {
        Name = "refunds",
        Key = [new("refund_id", ColumnKind.Text)],
        Columns =
        [
            new("requester_id", ColumnKind.Text),
            new("top_up_id", ColumnKind.Text),
            new("payment", ColumnKind.Text),
            new("amount", ColumnKind.Integer),
            new("currency", ColumnKind.Text),
            new("status", ColumnKind.Text),
            new("reference", ColumnKind.Text),
            new("reason", ColumnKind.Text),
            new("requested_at", ColumnKind.Integer),
            new("ended_at", ColumnKind.Integer),
        ],
        Indexes = [new("requester_id", "refund_id"), new("status", "refund_id")],
    };

    public static readonly int RequesterId = Table.IndexOf("requester_id");
    public static readonly int TopUpId = Table.IndexOf("top_up_id");
    public static readonly int Payment = Table.IndexOf("payment");
    public static readonly int Amount = Table.IndexOf("amount");
    public static readonly int Currency = Table.IndexOf("currency");
    public static readonly int Status = Table.IndexOf("status");
    public static readonly int Reference = Table.IndexOf("reference");
    public static readonly int Reason = Table.IndexOf("reason");
    public static readonly int RequestedAt = Table.IndexOf("requested_at");
    public static readonly int EndedAt = Table.IndexOf("ended_at");
}
