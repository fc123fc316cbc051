using Crowd.Journal;

namespace Crowd.Marketplace.Tables;

/// <summary>Payouts. Statuses: requested, started, posted, voided. Recall: asked while the provider is asked to take it back, refused when it would not.</summary>
public static class PayoutsTable
{
    public static readonly Table Table = new()
    {
        Name = "payouts",
        Key = [new("payout_id", ColumnKind.Text)],
        Columns =
        [
            new("worker_id", ColumnKind.Text),
            new("amount", ColumnKind.Integer),
            new("currency", ColumnKind.Text),
            new("status", ColumnKind.Text),
            new("reference", ColumnKind.Text),
            new("reason", ColumnKind.Text),
            new("requested_at", ColumnKind.Integer),
            new("ended_at", ColumnKind.Integer),
            new("payee", ColumnKind.Text),
            new("returned", ColumnKind.Integer, 0L),
            new("recall", ColumnKind.Text),
        ],
        Indexes = [new("worker_id", "payout_id"), new("status", "payout_id"), new("recall", "payout_id")],
    };

    public static readonly int WorkerId = Table.IndexOf("worker_id");
    public static readonly int Amount = Table.IndexOf("amount");
    public static readonly int Currency = Table.IndexOf("currency");
    public static readonly int Status = Table.IndexOf("status");
    public static readonly int Reference = Table.IndexOf("reference");
    public static readonly int Reason = Table.IndexOf("reason");
    public static readonly int RequestedAt = Table.IndexOf("requested_at");
    public static readonly int EndedAt = Table.IndexOf("ended_at");
    public static readonly int Payee = Table.IndexOf("payee");
    public static readonly int Returned = Table.IndexOf("returned");
    public static readonly int Recall = Table.IndexOf("recall");
}
