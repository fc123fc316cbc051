using Crowd.Journal;

namespace Crowd.Marketplace.Tables;

/// <summary>Balances of the ledger, in micros: credits less debits.</summary>
public static class AccountsTable
{
    public static readonly Table Table = new()
    {
        Name = "accounts",
        Key = [new("account", ColumnKind.Text), new("currency", ColumnKind.Text)],
        Columns =
        [
            new("credits", ColumnKind.Integer, 0L),
            new("debits", ColumnKind.Integer, 0L),
        ],
    };

    public static readonly int Credits = Table.IndexOf("credits");
    public static readonly int Debits = Table.IndexOf("debits");
}
