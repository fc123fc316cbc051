using Crowd.Domain;
using Crowd.Journal;
using Crowd.Marketplace.Tables;

namespace Crowd.Marketplace.Ledger;

/// <summary>The ledger's rows: each transfer once, and the running totals of its two accounts.</summary>
internal static class LedgerRows
{
    public static void Project(List<RowChange> rows, string stream, long version, DateTimeOffset at, DomainEvent e)
    {
        var number = 0;
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
        }
    }

    /// <summary>The stable name of a kind of transfer in the tables and the API.</summary>
    public static string KindName(TransferKind kind) => kind switch
    {
        TransferKind.TopUp => "topUp",
        TransferKind.Hold => "hold",
        TransferKind.Pay => "pay",
        TransferKind.Fee => "fee",
        TransferKind.Release => "release",
        TransferKind.PayoutReserved => "payoutReserved",
        TransferKind.PayoutPosted => "payoutPosted",
        _ => "payoutVoided",
    };
}
