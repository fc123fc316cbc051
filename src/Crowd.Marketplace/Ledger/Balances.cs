using Crowd.Domain;
using Crowd.Journal;
using Crowd.Marketplace.Tables;

namespace Crowd.Marketplace.Ledger;

/// <summary>Reads balances as the ledger has them now.</summary>
internal static class Balances
{
    /// <summary>Credits less debits of the account, zero when it has never been used.</summary>
    public static async Task<Money> BalanceAsync(this ITableReader tables, string account, Currency currency, CancellationToken cancellationToken)
    {
        var row = await tables.ReadRowAsync(AccountsTable.Table, [account, currency.Code], cancellationToken);
        return row is null
            ? Money.Zero(currency)
            : new(checked(row.Columns[AccountsTable.Credits].Integer - row.Columns[AccountsTable.Debits].Integer), currency);
    }
}
