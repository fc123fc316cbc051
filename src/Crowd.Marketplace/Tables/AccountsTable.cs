using Crowd.Journal;

namespace Crowd.Marketplace.Tables;

/// <summary>Balances of the ledger, in micros: credits less debits. Pending is what is awaited, and what was put aside and is on its way out; neither is part of the balance.</summary>
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
            new("pending_in", ColumnKind.Integer, 0L),
            new("pending_out", ColumnKind.Integer, 0L),
        ],
    };

    public static readonly int Credits = Table.IndexOf("credits");
    public static readonly int Debits = Table.IndexOf("debits");
    public static readonly int PendingIn = Table.IndexOf("pending_in");
    public static readonly int PendingOut = Table.IndexOf("pending_out");
}
