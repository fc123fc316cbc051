using Crowd.Journal;

namespace Crowd.Marketplace.Tables;

/// <summary>The ledger and the provider's books side by side: for each thing that moved money at the provider (by the provider's id) what either says it came to, in micros, positive for what came in.</summary>
public static class ProviderBooksTable
{
    public static readonly Table Table = new()
    {
        Name = "provider_books",
        Key = [new("source", ColumnKind.Text), new("currency", ColumnKind.Text)],
        Columns =
        [
            new("ours", ColumnKind.Integer, 0L),
            new("theirs", ColumnKind.Integer, 0L),
            new("touched_at", ColumnKind.Integer),
        ],
    };

    public static readonly int Ours = Table.IndexOf("ours");
    public static readonly int Theirs = Table.IndexOf("theirs");
    public static readonly int TouchedAt = Table.IndexOf("touched_at");
}
