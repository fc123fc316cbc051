using Crowd.Domain;
using Crowd.StandIn;

namespace Crowd.Payments.Tests.Stripe;

public sealed class PayoutTests : IDisposable
{
    private readonly StripeStory _story = new();
    private readonly DateTimeOffset _first;

    public PayoutTests() => _first = _story.Now;

    public static TheoryData<StandInFault> Faults => [.. Enum.GetValues<StandInFault>()];

    [Fact]
    public async Task A_payout_reaches_the_account_once_however_often_it_is_asked_for()
    {
        var payee = await ReadyAsync();
        var first = Assert.IsType<PaymentOutcome.Done>(await PayAsync(payee));
        Assert.Equal(first, await PayAsync(payee));
        var transfer = Assert.Single(_story.StandIn.All("transfer"));
        Assert.Equal(first.Reference, (string?)transfer["id"]);
        Assert.Equal(StripeStory.Payout(1).Value, (string?)transfer["transfer_group"]);
        Assert.Equal(1_250, _story.StandIn.Books.Balance(payee, "usd"));
        Assert.Equal(10_000 - 1_250, _story.StandIn.Books.Balance(StandInBooks.Platform, "usd"));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Whatever_fails_a_payout_leaves_once(StandInFault fault)
    {
        var payee = await ReadyAsync();
        _story.Options.Fault = StandInFaults.Then(fault, fault);
        var asked = 0;
        PaymentOutcome outcome;
        do
        {
            outcome = await PayAsync(payee);
            // Hours, since a remembered fault is repeated until its key is forgotten.
            _story.Time.Advance(TimeSpan.FromHours(5));
        }
        while (outcome is PaymentOutcome.Unknown && ++asked < 10);
        Assert.IsType<PaymentOutcome.Done>(outcome);
        Assert.Single(_story.StandIn.All("transfer"));
        Assert.Equal(1_250, _story.StandIn.Books.Balance(payee, "usd"));
    }

    [Fact]
    public async Task A_payout_whose_reply_was_lost_is_found_again_after_its_key_is_forgotten()
    {
        var payee = await ReadyAsync();
        _story.Options.Fault = StandInFaults.Then(StandInFault.LostReply, StandInFault.NoConnection, StandInFault.NoConnection, StandInFault.TimeoutBefore);
        Assert.IsType<PaymentOutcome.Unknown>(await PayAsync(payee));
        _story.Time.Advance(TimeSpan.FromDays(3));
        Assert.IsType<PaymentOutcome.Done>(await PayAsync(payee));
        Assert.Single(_story.StandIn.All("transfer"));
    }

    [Fact]
    public async Task After_the_key_is_forgotten_nothing_is_sent_until_it_was_looked_for()
    {
        var payee = await ReadyAsync();
        _story.Time.Advance(TimeSpan.FromDays(3));
        _story.Options.Fault = static request => request.Method == "GET" ? StandInFault.NoConnection : StandInFault.None;
        Assert.IsType<PaymentOutcome.Unknown>(await PayAsync(payee));
        Assert.Empty(_story.StandIn.All("transfer"));
        _story.Options.Fault = static _ => StandInFault.None;
        Assert.IsType<PaymentOutcome.Done>(await PayAsync(payee));
        Assert.Single(_story.StandIn.All("transfer"));
    }

    [Fact]
    public async Task While_an_earlier_attempt_is_under_way_the_outcome_is_unknown()
    {
        var payee = await ReadyAsync();
        _story.Options.Lateness = static () => 1_000;
        _story.Options.Fault = StandInFaults.Then(StandInFault.Late);
        Assert.Contains("idempotency_key_in_use", Assert.IsType<PaymentOutcome.Unknown>(await PayAsync(payee)).Reason, StringComparison.Ordinal);
        Assert.Empty(_story.StandIn.All("transfer"));
        _story.StandIn.Settle();
        Assert.IsType<PaymentOutcome.Done>(await PayAsync(payee));
        Assert.Single(_story.StandIn.All("transfer"));
    }

    [Fact]
    public async Task A_refusal_has_the_code_of_Stripe_and_nothing_has_moved()
    {
        var payee = await ReadyAsync(fund: 1_000);
        Assert.StartsWith("balance_insufficient: ", Refused(await PayAsync(payee)), StringComparison.Ordinal);
        _story.StandIn.Restrict(payee);
        Assert.StartsWith("insufficient_capabilities_for_transfer: ", Refused(await PayAsync(payee, 100, 2)), StringComparison.Ordinal);
        Assert.StartsWith("resource_missing: ", Refused(await PayAsync("acct_unknown", 100, 3)), StringComparison.Ordinal);
        Assert.StartsWith("payee_missing: ", Refused(await PayAsync("", 100, 4)), StringComparison.Ordinal);
        Assert.Empty(_story.StandIn.All("transfer"));
    }

    [Fact]
    public async Task A_refusal_is_not_believed_when_the_money_has_left()
    {
        var payee = await ReadyAsync();
        var other = await _story.PayeeAsync(2);
        var done = await PayAsync(payee);
        // The worker changed the account, and the payout is asked for again: Stripe refuses the key with other content.
        Assert.Equal(done, await PayAsync(other));
        Assert.Single(_story.StandIn.All("transfer"));
    }

    [Fact]
    public async Task A_refusal_that_cannot_be_looked_into_leaves_the_outcome_unknown()
    {
        var payee = await ReadyAsync(fund: 1_000);
        _story.Options.Fault = static request => request.Method == "GET" ? StandInFault.TimeoutBefore : StandInFault.None;
        Assert.Contains("balance_insufficient", Assert.IsType<PaymentOutcome.Unknown>(await PayAsync(payee)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_id_with_another_amount_is_refused_by_name_and_moves_nothing()
    {
        var payee = await ReadyAsync();
        await PayAsync(payee);
        Assert.StartsWith("idempotency_conflict: ", Refused(await PayAsync(payee, 1_300)), StringComparison.Ordinal);
        _story.Time.Advance(TimeSpan.FromDays(2));
        Assert.StartsWith("idempotency_conflict: ", Refused(await PayAsync(payee, 1_300)), StringComparison.Ordinal);
        Assert.Single(_story.StandIn.All("transfer"));
    }

    [Theory]
    [InlineData("USD", 0)]
    [InlineData("USD", -10_000)]
    [InlineData("USD", 15_000)]
    [InlineData("JPY", 500_000)]
    [InlineData("ISK", 500_000)]
    [InlineData("KWD", 1_234_000)]
    public async Task An_amount_that_Stripe_cannot_move_is_refused_without_a_call(string code, long micros)
    {
        Assert.True(Currency.TryParse(code, out var currency));
        var calls = _story.StandIn.Requests;
        Assert.StartsWith(
            "invalid_amount: ", Refused(await _story.Provider.PayAsync(StripeStory.Payout(1), StripeStory.Worker, "acct_1", new(micros, currency), _first, default)),
            StringComparison.Ordinal);
        Assert.Equal(calls, _story.StandIn.Requests);
    }

    [Fact]
    public async Task A_wrong_key_leaves_the_outcome_unknown()
    {
        var payee = await ReadyAsync();
        using var wrong = new StripeStoryProvider(_story, "sk_test_wrong");
        Assert.IsType<PaymentOutcome.Unknown>(await wrong.Provider.PayAsync(StripeStory.Payout(1), StripeStory.Worker, payee, StripeStory.Usd(1_250), _first, default));
    }

    [Fact]
    public async Task A_failed_bank_payout_names_our_payouts_and_they_are_taken_back_once()
    {
        var payee = await ReadyAsync();
        await PayAsync(payee, 1_250, 1);
        await PayAsync(payee, 700, 2);
        var bank = _story.StandIn.PayOut(payee, "usd")!;
        await PayAsync(payee, 300, 3);
        _story.StandIn.Fail(bank);

        var failed = Assert.Single(_story.Events().OfType<ProviderEvent.PayoutFailed>());
        Assert.Equal((payee, bank, StripeStory.Usd(1_950)), (failed.Payee, failed.BankPayout, failed.Amount));
        Assert.Equal("account_closed: The bank account has been closed.", failed.Reason);
        var inIt = Assert.IsType<ProviderAnswer<IReadOnlyList<PayoutId>>.Got>(await _story.Provider.PayoutsInAsync(payee, bank, default)).Value;
        Assert.Equal([StripeStory.Payout(1), StripeStory.Payout(2)], inIt.OrderBy(p => p.Value, StringComparer.Ordinal));

        var transfer = (string)_story.StandIn.All("transfer")[0]["id"]!;
        _story.Options.Fault = StandInFaults.Then(StandInFault.LostReply, StandInFault.NoConnection, StandInFault.NoConnection, StandInFault.NoConnection);
        Assert.IsType<PaymentOutcome.Unknown>(await RecallAsync());
        _story.Time.Advance(TimeSpan.FromDays(2));
        Assert.IsType<PaymentOutcome.Done>(await RecallAsync());
        Assert.IsType<PaymentOutcome.Done>(await RecallAsync());
        Assert.Single(_story.StandIn.All("transfer_reversal"));
        var reversed = Assert.Single(_story.Events().OfType<ProviderEvent.PayoutReversed>());
        Assert.Equal((StripeStory.Payout(1), transfer, StripeStory.Usd(1_250)), (reversed.Payout, reversed.Transfer, reversed.AmountSoFar));
        Assert.Equal(1_000, _story.StandIn.Books.Balance(payee, "usd"));

        Task<PaymentOutcome> RecallAsync() => _story.Provider.RecallAsync(StripeStory.Payout(1), transfer, StripeStory.Usd(1_250), _first, default);
    }

    [Fact]
    public async Task A_default_id_is_a_broken_call()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => _story.Provider.PayAsync(default, StripeStory.Worker, "acct_1", StripeStory.Usd(1), _first, default));
        await Assert.ThrowsAsync<ArgumentException>(() => _story.Provider.PayAsync(StripeStory.Payout(1), default, "acct_1", StripeStory.Usd(1), _first, default));
    }

    [Fact]
    public async Task A_cancelled_call_moves_nothing()
    {
        var payee = await ReadyAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _story.Provider.PayAsync(StripeStory.Payout(1), StripeStory.Worker, payee, StripeStory.Usd(100), _first, new CancellationToken(canceled: true)));
        Assert.Empty(_story.StandIn.All("transfer"));
    }

    public void Dispose() => _story.Dispose();

    private async Task<string> ReadyAsync(long fund = 10_000)
    {
        await _story.FundAsync(fund);
        return await _story.PayeeAsync();
    }

    private Task<PaymentOutcome> PayAsync(string payee, long cents = 1_250, int payout = 1) =>
        _story.Provider.PayAsync(StripeStory.Payout(payout), StripeStory.Worker, payee, StripeStory.Usd(cents), _first, default);

    private static string Refused(PaymentOutcome outcome) => Assert.IsType<PaymentOutcome.Refused>(outcome).Reason;
}
