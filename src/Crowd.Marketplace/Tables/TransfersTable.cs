using Crowd.Journal;

namespace Crowd.Marketplace.Tables;

/// <summary>The ledger's transfers, in micros.</summary>
public static class TransfersTable
{
    public static readonly Table Table = new()
    {
        Name = "transfers",
        Key = [new("debit", ColumnKind.Text), new("at", ColumnKind.Integer), new("transfer_id", ColumnKind.Text)],
        Columns =
        [
            new("credit", ColumnKind.Text),
            new("amount", ColumnKind.Integer),
            new("currency", ColumnKind.Text),
            new("kind", ColumnKind.Text),
            new("reference", ColumnKind.Text),
        ],
        Indexes = [new("credit", "at", "transfer_id")],
    };

    public static readonly int Credit = Table.IndexOf("credit");
    public static readonly int Amount = Table.IndexOf("amount");
    public static readonly int Currency = Table.IndexOf("currency");
    public static readonly int Kind = Table.IndexOf("kind");
    public static readonly int Reference = Table.IndexOf("reference");
}
