using Crowd.Journal;

namespace Crowd.Marketplace.Tables;

/// <summary>Bonuses. Amounts in micros.</summary>
public static class BonusesTable
{
    public static readonly Table Table = new()
    {
        Name = "bonuses",
        Key = [new("bonus_id", ColumnKind.Text)],
        Columns =
        [
            new("requester_id", ColumnKind.Text),
            new("job_id", ColumnKind.Text),
            new("worker_id", ColumnKind.Text),
            new("amount", ColumnKind.Integer),
            new("fee", ColumnKind.Integer),
            new("currency", ColumnKind.Text),
            new("reason", ColumnKind.Text),
            new("paid_at", ColumnKind.Integer),
        ],
        Indexes = [new("worker_id", "bonus_id"), new("job_id", "bonus_id")],
    };

    public static readonly int RequesterId = Table.IndexOf("requester_id");
    public static readonly int JobId = Table.IndexOf("job_id");
    public static readonly int WorkerId = Table.IndexOf("worker_id");
    public static readonly int Amount = Table.IndexOf("amount");
    public static readonly int Fee = Table.IndexOf("fee");
    public static readonly int Currency = Table.IndexOf("currency");
    public static readonly int Reason = Table.IndexOf("reason");
    public static readonly int PaidAt = Table.IndexOf("paid_at");
}
