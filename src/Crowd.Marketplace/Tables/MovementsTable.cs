using Crowd.Journal;

namespace Crowd.Marketplace.Tables;

/// <summary>Lines of the provider's books that were fetched. Amounts in micros.</summary>
public static class MovementsTable
{
    public static readonly Table Table = new()
    {
        Name = "movements",
        Key = [new("movement_id", ColumnKind.Text)],
        Columns =
        [
            new("kind", ColumnKind.Text),
            new("amount", ColumnKind.Integer),
            new("fee", ColumnKind.Integer),
            new("currency", ColumnKind.Text),
            new("source", ColumnKind.Text),
            new("moved_at", ColumnKind.Integer),
        ],
    };

    public static readonly int Kind = Table.IndexOf("kind");
    public static readonly int Amount = Table.IndexOf("amount");
    public static readonly int Fee = Table.IndexOf("fee");
    public static readonly int Currency = Table.IndexOf("currency");
    public static readonly int Source = Table.IndexOf("source");
    public static readonly int MovedAt = Table.IndexOf("moved_at");
}
