using Crowd.Journal;

namespace Crowd.Marketplace.Tables;

/// <summary>Top-ups on their way in and paid. Statuses: started, pending, paid, givenUp. Amounts in micros.</summary>
public static class TopUpsTable
{
    public static readonly Table Table = new()
    {
        Name = "top_ups",
        Key = [new("top_up_id", ColumnKind.Text)],
        Columns =
        [
            new("requester_id", ColumnKind.Text),
            new("amount", ColumnKind.Integer),
            new("currency", ColumnKind.Text),
            new("status", ColumnKind.Text),
            new("payment", ColumnKind.Text),
            new("pay_at", ColumnKind.Text),
            new("reason", ColumnKind.Text),
            new("started_at", ColumnKind.Integer),
            new("ended_at", ColumnKind.Integer),
        ],
        Indexes = [new("requester_id", "top_up_id"), new("status", "top_up_id"), new("payment", "top_up_id")],
    };

    public static readonly int RequesterId = Table.IndexOf("requester_id");
    public static readonly int Amount = Table.IndexOf("amount");
    public static readonly int Currency = Table.IndexOf("currency");
    public static readonly int Status = Table.IndexOf("status");
    public static readonly int Payment = Table.IndexOf("payment");
    public static readonly int PayAt = Table.IndexOf("pay_at");
    public static readonly int Reason = Table.IndexOf("reason");
    public static readonly int StartedAt = Table.IndexOf("started_at");
    public static readonly int EndedAt = Table.IndexOf("ended_at");
}
