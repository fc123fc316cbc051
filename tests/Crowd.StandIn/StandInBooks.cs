namespace Crowd.StandIn;

/// <summary>
/// The stand-in's own books: balance transactions of the platform and of every connected account, in minor units. A balance is the sum of the nets of
/// its transactions.
/// </summary>
public sealed class StandInBooks
{
    /// <summary>The owner of the platform's own balance.</summary>
    public const string Platform = "platform";

    private readonly List<StandInEntry> _entries = [];
    private readonly Dictionary<(string Owner, string Currency), long> _balances = [];

    /// <summary>All transactions, oldest first.</summary>
    public IReadOnlyList<StandInEntry> Entries => _entries;

    /// <summary>What the owner has, in minor units.</summary>
    /// <param name="owner"><see cref="Platform"/> or a connected account's id.</param>
    /// <param name="currency">In lower case.</param>
    public long Balance(string owner, string currency) => _balances.GetValueOrDefault((owner, currency));

    /// <summary>The sum of amounts of a type, over one owner or all.</summary>
    public long Sum(string type, string currency, string? owner = null) =>
        _entries.Where(e => e.Type == type && e.Currency == currency && (owner is null || e.Owner == owner)).Sum(e => e.Amount);

    internal void Add(StandInEntry entry)
    {
        _entries.Add(entry);
        _balances[(entry.Owner, entry.Currency)] = checked(Balance(entry.Owner, entry.Currency) + entry.Amount - entry.Fee);
    }
}

/// <summary>A balance transaction.</summary>
/// <param name="Type">As Stripe names it: <c>charge</c>, <c>refund</c>, <c>transfer</c>, <c>payment</c>, <c>payout</c>, <c>adjustment</c>, …</param>
/// <param name="Amount">In minor units, negative when it leaves the balance; before the fee.</param>
/// <param name="Source">The object that it comes from.</param>
/// <param name="Payout">The bank payout that it went out with, if it has.</param>
public sealed record StandInEntry(string Id, string Owner, string Type, long Amount, long Fee, string Currency, string Source, long Created)
{
    public string? Payout { get; internal set; }
}
