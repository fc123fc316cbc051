using Crowd.Domain;
using Crowd.Journal;
using Crowd.Marketplace.Tables;

namespace Crowd.Marketplace.Ledger;

/// <summary>The ledger's rows: each transfer once, and the running totals of its two accounts.</summary>
internal static class LedgerRows
{
    private static readonly string[] Names = [.. Enum.GetNames<TransferKind>().Select(n => char.ToLowerInvariant(n[0]) + n[1..])];

    public static void Project(List<RowChange> rows, string stream, long version, DateTimeOffset at, DomainEvent e)
    {
        var number = 0;
        if (LedgerRules.PendingOf(e) is { } pending)
        {
            rows.Add(RowChange.Put(AccountsTable.Table, [pending.Account, pending.Currency.Code],
                AccountsTable.PendingIn.Add(pending.InMicros), AccountsTable.PendingOut.Add(pending.OutMicros)));
        }

        foreach (var transfer in LedgerRules.TransfersOf(e))
        {
            rows.Add(RowChange.Put(TransfersTable.Table, [transfer.Debit, at, $"{stream}:{version}:{number++}"],
                TransfersTable.Credit.Set(transfer.Credit),
                TransfersTable.Amount.Set(transfer.AmountMicros),
                TransfersTable.Currency.Set(transfer.Currency.Code),
                TransfersTable.Kind.Set(KindName(transfer.Kind)),
                TransfersTable.Reference.Set(transfer.Reference)));
            rows.Add(RowChange.Put(AccountsTable.Table, [transfer.Debit, transfer.Currency.Code], AccountsTable.Debits.Add(transfer.AmountMicros)));
            rows.Add(RowChange.Put(AccountsTable.Table, [transfer.Credit, transfer.Currency.Code], AccountsTable.Credits.Add(transfer.AmountMicros)));
            if (transfer.Source is { } source)
                rows.Add(Books(source, transfer.Currency, at, ProviderBooksTable.Ours.Add(transfer.Debit == Account.Provider ? transfer.AmountMicros : -transfer.AmountMicros)));
        }
    }

    /// <summary>What a line of the provider's books adds to the provider's side. Fees and the platform's own money are taken over into the ledger and need no comparing.</summary>
    public static void Project(List<RowChange> rows, MovementSeen seen)
    {
        rows.Add(RowChange.Put(MovementsTable.Table, [seen.Id],
            MovementsTable.Kind.Set(char.ToLowerInvariant(seen.Kind.ToString()[0]) + seen.Kind.ToString()[1..]),
            MovementsTable.Amount.Set(seen.AmountMicros),
            MovementsTable.Fee.Set(seen.FeeMicros),
            MovementsTable.Currency.Set(seen.Currency.Code),
            MovementsTable.Source.Set(seen.Source),
            MovementsTable.MovedAt.Set(seen.At)));
        if (seen.Kind is not (MovementKind.Fee or MovementKind.Platform) && seen.AmountMicros != 0)
            rows.Add(Books(seen.Source ?? seen.Id, seen.Currency, seen.At, ProviderBooksTable.Theirs.Add(seen.AmountMicros)));
    }

    private static RowChange Books(string source, Currency currency, DateTimeOffset at, ColumnChange side) =>
        RowChange.Put(ProviderBooksTable.Table, [source, currency.Code], side, ProviderBooksTable.TouchedAt.Set(at));

    /// <summary>The stable name of a kind of transfer in the tables and the API.</summary>
    public static string KindName(TransferKind kind) => Names[(int)kind];
}
