using System.Text.Json;

namespace Crowd.Payments;

/// <summary>
/// The calls of Stripe's API that are used, each as its own library makes it. Amounts are in Stripe's minor units (<see cref="StripeAmounts"/>), currencies in
/// lower case. Writes take the idempotency key last.
/// </summary>
internal sealed class StripeClient(StripeConnection connection) : IDisposable
{
    /// <summary>Objects of a page, the most that Stripe gives.</summary>
    public const int PageSize = 100;

    /// <summary>A page where a person pays by card, once.</summary>
    public Task<StripeReply<CheckoutSession>> CreateSessionAsync(NewSession session, string key, CancellationToken cancellationToken) =>
        connection.SendAsync(StripeRequest.Post($"/v1/checkout/sessions", session.Form(), key), StripeJson.Default.CheckoutSession, cancellationToken);

    public Task<StripeReply<CheckoutSession>> GetSessionAsync(string id, CancellationToken cancellationToken) =>
        connection.SendAsync(StripeRequest.Get($"/v1/checkout/sessions/{id}"), StripeJson.Default.CheckoutSession, cancellationToken);

    /// <summary>Closes the page; refused once it is paid.</summary>
    public Task<StripeReply<CheckoutSession>> ExpireSessionAsync(string id, string key, CancellationToken cancellationToken) =>
        connection.SendAsync(StripeRequest.Post($"/v1/checkout/sessions/{id}/expire", [], key), StripeJson.Default.CheckoutSession, cancellationToken);

    public Task<StripeReply<PaymentIntent>> GetPaymentAsync(string id, CancellationToken cancellationToken) =>
        connection.SendAsync(StripeRequest.Get($"/v1/payment_intents/{id}"), StripeJson.Default.PaymentIntent, cancellationToken);

    public Task<StripeReply<Refund>> CreateRefundAsync(string payment, long amount, StripeForm metadata, string key, CancellationToken cancellationToken) =>
        connection.SendAsync(
            StripeRequest.Post($"/v1/refunds", new() { { "payment_intent", payment }, { "amount", amount }, { "metadata", metadata } }, key),
            StripeJson.Default.Refund, cancellationToken);

    /// <summary>Refunds of a payment, newest first.</summary>
    public Task<StripeReply<StripeList<Refund>>> ListRefundsAsync(string payment, CancellationToken cancellationToken) =>
        connection.SendAsync(
            StripeRequest.Get($"/v1/refunds", new() { { "payment_intent", payment }, { "limit", PageSize } }), StripeJson.Default.Refunds, cancellationToken);

    public Task<StripeReply<Dispute>> GetDisputeAsync(string id, CancellationToken cancellationToken) =>
        connection.SendAsync(StripeRequest.Get($"/v1/disputes/{id}"), StripeJson.Default.Dispute, cancellationToken);

    public Task<StripeReply<StripeAccount>> CreateAccountAsync(NewAccount account, string key, CancellationToken cancellationToken) =>
        connection.SendAsync(StripeRequest.Post($"/v1/accounts", account.Form(), key), StripeJson.Default.StripeAccount, cancellationToken);

    public Task<StripeReply<StripeAccount>> GetAccountAsync(string id, CancellationToken cancellationToken) =>
        connection.SendAsync(StripeRequest.Get($"/v1/accounts/{id}"), StripeJson.Default.StripeAccount, cancellationToken);

    /// <summary>An address for the account's owner alone, for one use within minutes.</summary>
    public Task<StripeReply<AccountLink>> CreateAccountLinkAsync(string account, string returnUrl, string refreshUrl, string key, CancellationToken cancellationToken) =>
        connection.SendAsync(
            StripeRequest.Post(
                $"/v1/account_links",
                new() { { "account", account }, { "type", "account_onboarding" }, { "return_url", returnUrl }, { "refresh_url", refreshUrl } }, key),
            StripeJson.Default.AccountLink, cancellationToken);

    public Task<StripeReply<Transfer>> CreateTransferAsync(NewTransfer transfer, string key, CancellationToken cancellationToken) =>
        connection.SendAsync(StripeRequest.Post($"/v1/transfers", transfer.Form(), key), StripeJson.Default.Transfer, cancellationToken);

    public Task<StripeReply<Transfer>> GetTransferAsync(string id, CancellationToken cancellationToken) =>
        connection.SendAsync(StripeRequest.Get($"/v1/transfers/{id}"), StripeJson.Default.Transfer, cancellationToken);

    /// <summary>Transfers of a group, newest first.</summary>
    public Task<StripeReply<StripeList<Transfer>>> ListTransfersAsync(string group, CancellationToken cancellationToken) =>
        connection.SendAsync(
            StripeRequest.Get($"/v1/transfers", new() { { "transfer_group", group }, { "limit", PageSize } }), StripeJson.Default.Transfers, cancellationToken);

    public Task<StripeReply<TransferReversal>> ReverseTransferAsync(string id, long amount, StripeForm metadata, string key, CancellationToken cancellationToken) =>
        connection.SendAsync(
            StripeRequest.Post($"/v1/transfers/{id}/reversals", new() { { "amount", amount }, { "metadata", metadata } }, key),
            StripeJson.Default.TransferReversal, cancellationToken);

    /// <summary>Reversals of a transfer, newest first.</summary>
    public Task<StripeReply<StripeList<TransferReversal>>> ListReversalsAsync(string transfer, CancellationToken cancellationToken) =>
        connection.SendAsync(
            StripeRequest.Get($"/v1/transfers/{transfer}/reversals", new() { { "limit", PageSize } }), StripeJson.Default.TransferReversals, cancellationToken);

    public Task<StripeReply<BankPayout>> GetPayoutAsync(string account, string id, CancellationToken cancellationToken) =>
        connection.SendAsync(StripeRequest.Get($"/v1/payouts/{id}", account: account), StripeJson.Default.BankPayout, cancellationToken);

    /// <summary>An account's payouts to its bank, newest first.</summary>
    public Task<StripeReply<StripeList<BankPayout>>> ListPayoutsAsync(string account, string? status, string? after, CancellationToken cancellationToken) =>
        connection.SendAsync(
            StripeRequest.Get($"/v1/payouts", new() { { "status", status }, { "limit", PageSize }, { "starting_after", after } }, account),
            StripeJson.Default.BankPayouts, cancellationToken);

    public Task<StripeReply<JsonElement>> GetEventAsync(string id, string? account, CancellationToken cancellationToken) =>
        connection.SendAsync(StripeRequest.Get($"/v1/events/{id}", account: account), StripeJson.Default.JsonElement, cancellationToken);

    /// <summary>Events of the kinds (up to 20), newest first, as they were sent.</summary>
    public Task<StripeReply<StripeList<JsonElement>>> ListEventsAsync(
        DateTimeOffset since, IReadOnlyList<string> types, string? account, string? after, CancellationToken cancellationToken) =>
        connection.SendAsync(
            StripeRequest.Get(
                $"/v1/events",
                new() { { "created", new StripeForm { { "gte", since } } }, { "types", types }, { "limit", PageSize }, { "starting_after", after } }, account),
            StripeJson.Default.RawObjects, cancellationToken);

    /// <summary>What moved on the platform's balance, newest first, with the objects that it is for.</summary>
    public Task<StripeReply<StripeList<BalanceTransaction>>> ListMovementsAsync(DateTimeOffset since, string? after, CancellationToken cancellationToken) =>
        connection.SendAsync(
            StripeRequest.Get(
                $"/v1/balance_transactions",
                new() { { "created", new StripeForm { { "gte", since } } }, { "limit", PageSize }, { "starting_after", after }, { "expand", ["data.source"] } }),
            StripeJson.Default.BalanceTransactions, cancellationToken);

    /// <summary>The payments to an account that went out with one of its payouts, with those payments.</summary>
    public Task<StripeReply<StripeList<BalanceTransaction>>> ListPaymentsInAsync(string account, string payout, string? after, CancellationToken cancellationToken) =>
        connection.SendAsync(
            StripeRequest.Get(
                $"/v1/balance_transactions",
                new() { { "payout", payout }, { "type", "payment" }, { "limit", PageSize }, { "starting_after", after }, { "expand", ["data.source"] } }, account),
            StripeJson.Default.BalanceTransactions, cancellationToken);

    public void Dispose() => connection.Dispose();
}
