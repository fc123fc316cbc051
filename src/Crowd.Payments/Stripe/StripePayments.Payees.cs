using System.Globalization;
using Crowd.Domain;

namespace Crowd.Payments;

// Workers' accounts.
internal sealed partial class StripePayments
{
    /// <summary>Pages of a bank payout's payments that are read; what is beyond stays for a person.</summary>
    public const int MaxPages = 20;

    public async Task<ProviderAnswer<string>> OpenPayeeAsync(WorkerId worker, string email, string country, CancellationToken cancellationToken)
    {
        var account = new NewAccount { Email = email, Country = country, Metadata = new() { { StripeEvents.Worker, worker.Required().Value } } };
        return Answer((await _client.CreateAccountAsync(account, $"payee:{worker.Value}", cancellationToken)).Select(static a => a.Id));
    }

    public async Task<ProviderAnswer<Uri>> OnboardAsync(string payee, Uri returnTo, Uri refreshTo, CancellationToken cancellationToken)
    {
        // A link is for one use: the key spans the attempts of this call and no other.
        var key = string.Create(CultureInfo.InvariantCulture, $"onboard:{payee}:{_time.GetUtcNow().UtcTicks}");
        return Answer((await _client.CreateAccountLinkAsync(payee, returnTo.AbsoluteUri, refreshTo.AbsoluteUri, key, cancellationToken)).Select(static l => new Uri(l.Url)));
    }

    public async Task<ProviderAnswer<PayeeStanding>> ReadPayeeAsync(string payee, CancellationToken cancellationToken) =>
        Answer((await _client.GetAccountAsync(payee, cancellationToken)).Select(Standing));

    public async Task<ProviderAnswer<IReadOnlyList<PayoutId>>> PayoutsInAsync(string payee, string bankPayout, CancellationToken cancellationToken)
    {
        var payouts = new List<PayoutId>();
        string? after = null;
        for (var page = 0; page < MaxPages; page++)
        {
            var reply = await _client.ListPaymentsInAsync(payee, bankPayout, after, cancellationToken);
            if (reply is not StripeReply<StripeList<BalanceTransaction>>.Given { Value: var payments })
                return Answer(reply.Select<IReadOnlyList<PayoutId>>(static _ => []));
            foreach (var payment in payments.Data)
            {
                if (payment.Source?.IdIn("source_transfer") is not { } transfer)
                    continue;
                var found = await _client.GetTransferAsync(transfer, cancellationToken);
                if (found is not StripeReply<Transfer>.Given { Value: var made })
                    return Answer(found.Select<IReadOnlyList<PayoutId>>(static _ => []));
                // A transfer without an id of ours was made by hand.
                if (Id.TryParse<PayoutId>(made.TransferGroup, out var payout))
                    payouts.Add(payout);
            }

            if (!payments.HasMore || payments.Data.Count == 0)
                return new ProviderAnswer<IReadOnlyList<PayoutId>>.Got(payouts);
            after = payments.Data[^1].Id;
        }

        return new ProviderAnswer<IReadOnlyList<PayoutId>>.Refused($"too_many: the bank payout has more than {MaxPages * StripeClient.PageSize} payments.");
    }

    private static PayeeStanding Standing(StripeAccount account)
    {
        var needed = account.Requirements?.PastDue is { Count: > 0 } past ? past : account.Requirements?.CurrentlyDue ?? [];
        var reason = account.Requirements?.DisabledReason is { } disabled ? disabled : needed.Count > 0 ? "requirements.currently_due" : null;
        if (reason is not null && needed.Count > 0)
            reason = $"{reason}: {string.Join(", ", needed)}";
        if (reason?.Length > StripeError.MaxReason)
            reason = reason[..StripeError.MaxReason];
        return new(account.PayoutsEnabled && account.Capabilities?.Transfers == "active", account.DetailsSubmitted, reason);
    }

    private static ProviderAnswer<T> Answer<T>(StripeReply<T> reply) => reply switch
    {
        StripeReply<T>.Given given => new ProviderAnswer<T>.Got(given.Value),
        StripeReply<T>.Refused refused => new ProviderAnswer<T>.Refused(Reason(refused.Error)),
        StripeReply<T>.Lost lost => new ProviderAnswer<T>.Unknown(lost.Reason),
        _ => throw new InvalidOperationException(),
    };
}
