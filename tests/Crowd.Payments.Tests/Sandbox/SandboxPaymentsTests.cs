using Crowd.Domain;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Crowd.Payments.Tests.Sandbox;

public class SandboxPaymentsTests
{
    private static readonly TopUpId TopUp = Id.Parse<TopUpId>("top_00000000000000000000000001");
    private static readonly RequesterId Requester = Id.Parse<RequesterId>("req_00000000000000000000000001");
    private static readonly PayoutId Payout = Id.Parse<PayoutId>("pay_00000000000000000000000001");
    private static readonly WorkerId Worker = Id.Parse<WorkerId>("wrk_00000000000000000000000001");
    private const string Payee = "acct";
    private static readonly Uri Back = new("https://crowd.example/back");
    private static readonly Money FiveDollars = new(5_000_000, Currency.Usd);

    private readonly SandboxOptions _options = new();
    private readonly SandboxPayments _sandbox;

    public SandboxPaymentsTests() => _sandbox = Start();

    [Fact]
    public void It_says_that_no_real_money_moves()
    {
        Assert.Equal("sandbox", _sandbox.Name);
        Assert.False(_sandbox.IsReal);
    }

    [Fact]
    public async Task A_payment_moves_once_however_often_it_is_asked_for()
    {
        var first = await PayAsync();
        Assert.Equal("sandbox_" + Payout.Value, Assert.IsType<PaymentOutcome.Done>(first).Reference);
        Assert.Equal(first, await PayAsync());
        Assert.Equal([new(Payout.Value, PaymentDirection.Out, Worker.Value, FiveDollars)], _sandbox.Moved);
    }

    [Fact]
    public async Task A_collection_moves_once_however_often_it_is_asked_for()
    {
        var first = await CollectAsync(FiveDollars);
        Assert.IsType<PaymentOutcome.Done>(first);
        Assert.Equal(first, await CollectAsync(FiveDollars));
        Assert.Equal([new(TopUp.Value, PaymentDirection.In, Requester.Value, FiveDollars)], _sandbox.Moved);
    }

    [Fact]
    public async Task Another_process_gives_the_same_reference() =>
        Assert.Equal(await PayAsync(), await Start().PayAsync(Payout, Worker, Payee, FiveDollars, default, default));

    [Fact]
    public async Task The_same_id_with_another_amount_is_refused_by_name_and_moves_nothing()
    {
        await PayAsync();
        AssertRefused(SandboxPayments.IdempotencyConflict, await _sandbox.PayAsync(Payout, Worker, Payee, FiveDollars * 2, default, default));
        Assert.Single(_sandbox.Moved);
        Assert.IsType<PaymentOutcome.Done>(await PayAsync());
    }

    [Fact]
    public async Task The_same_id_for_another_party_or_currency_is_refused_by_name()
    {
        await PayAsync();
        var other = Id.Parse<WorkerId>("wrk_00000000000000000000000002");
        AssertRefused(SandboxPayments.IdempotencyConflict, await _sandbox.PayAsync(Payout, other, Payee, FiveDollars, default, default));
        Assert.True(Currency.TryParse("EUR", out var euro));
        AssertRefused(SandboxPayments.IdempotencyConflict, await _sandbox.PayAsync(Payout, Worker, Payee, new(5_000_000, euro), default, default));
        Assert.Single(_sandbox.Moved);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1_000_000)]
    [InlineData(5_000_001)]
    public async Task An_amount_that_cannot_be_paid_is_refused_by_name(long micros)
    {
        AssertRefused(SandboxPayments.InvalidAmount, await _sandbox.PayAsync(Payout, Worker, Payee, new(micros, Currency.Usd), default, default));
        Assert.Empty(_sandbox.Moved);
    }

    [Fact]
    public async Task A_collection_may_be_smaller_than_a_minor_unit_but_not_nothing()
    {
        Assert.IsType<PaymentOutcome.Done>(await CollectAsync(new(1, Currency.Usd)));
        AssertRefused(SandboxPayments.InvalidAmount, await _sandbox.CollectAsync(Id.Parse<TopUpId>("top_00000000000000000000000002"), Requester, Money.Zero(Currency.Usd), Back, default, default));
    }

    [Fact]
    public async Task A_lost_request_moves_nothing_and_is_repeated_with_effect()
    {
        _options.Fault = _ => SandboxFault.BeforeEffect;
        Assert.IsType<PaymentOutcome.Unknown>(await PayAsync());
        Assert.Empty(_sandbox.Moved);
        _options.Fault = _ => SandboxFault.None;
        Assert.IsType<PaymentOutcome.Done>(await PayAsync());
        Assert.Single(_sandbox.Moved);
    }

    [Fact]
    public async Task A_lost_reply_has_moved_and_the_repetition_says_so_without_moving_again()
    {
        _options.Fault = _ => SandboxFault.AfterEffect;
        Assert.IsType<PaymentOutcome.Unknown>(await PayAsync());
        Assert.Single(_sandbox.Moved);
        _options.Fault = _ => SandboxFault.None;
        Assert.IsType<PaymentOutcome.Done>(await PayAsync());
        Assert.Single(_sandbox.Moved);
    }

    [Fact]
    public async Task A_refusal_is_for_good()
    {
        _options.Fault = _ => SandboxFault.Refuse;
        AssertRefused(SandboxPayments.Declined, await PayAsync());
        _options.Fault = _ => SandboxFault.None;
        AssertRefused(SandboxPayments.Declined, await PayAsync());
        Assert.Empty(_sandbox.Moved);
    }

    [Fact]
    public async Task What_has_moved_is_not_refused_afterwards()
    {
        var done = await PayAsync();
        _options.Fault = _ => SandboxFault.Refuse;
        Assert.Equal(done, await PayAsync());
    }

    [Fact]
    public async Task The_fault_is_chosen_by_the_payment()
    {
        _options.Fault = payment => payment.Direction == PaymentDirection.Out && payment.Party == Worker.Value && payment.Amount > new Money(1_000_000, Currency.Usd)
            ? SandboxFault.Refuse
            : SandboxFault.None;
        AssertRefused(SandboxPayments.Declined, await PayAsync());
        Assert.IsType<PaymentOutcome.Done>(await CollectAsync(FiveDollars));
    }

    [Fact]
    public async Task A_refund_and_a_recall_move_once_and_what_they_undo_is_named()
    {
        var refund = Id.Parse<RefundId>("rfd_00000000000000000000000001");
        var paidIn = Assert.IsType<PaymentOutcome.Done>(await CollectAsync(FiveDollars)).Reference;
        var transfer = Assert.IsType<PaymentOutcome.Done>(await PayAsync()).Reference;
        for (var i = 0; i < 2; i++)
        {
            Assert.IsType<PaymentOutcome.Done>(await _sandbox.RefundAsync(refund, TopUp, paidIn, FiveDollars, default, default));
            Assert.IsType<PaymentOutcome.Done>(await _sandbox.RecallAsync(Payout, transfer, FiveDollars, default, default));
        }

        Assert.Equal([(PaymentDirection.In, Requester.Value), (PaymentDirection.Out, Worker.Value), (PaymentDirection.Out, paidIn), (PaymentDirection.In, transfer)],
            _sandbox.Moved.Select(m => (m.Direction, m.Party)));
    }

    [Fact]
    public async Task Every_worker_can_be_paid_and_is_led_straight_back()
    {
        var payee = Assert.IsType<ProviderAnswer<string>.Got>(await _sandbox.OpenPayeeAsync(Worker, "a@b.example", "DE", default)).Value;
        Assert.Equal("sandbox_" + Worker.Value, payee);
        Assert.Equal(Back, Assert.IsType<ProviderAnswer<Uri>.Got>(await _sandbox.OnboardAsync(payee, Back, Back, default)).Value);
        Assert.True(Assert.IsType<ProviderAnswer<PayeeStanding>.Got>(await _sandbox.ReadPayeeAsync(payee, default)).Value.Ready);
    }

    [Fact]
    public async Task It_sends_no_messages_and_keeps_no_books()
    {
        Assert.Equal(EventRefusal.NotExpected, Assert.IsType<EventReading.Refused>(_sandbox.ReadEvent(new byte[2], "x", default)).Code);
        Assert.Empty((await _sandbox.ListEventsAsync(default, null, null, default)).Items);
        Assert.Empty((await _sandbox.ListMovementsAsync(default, null, default)).Items);
    }

    [Fact]
    public async Task A_default_id_is_a_broken_call()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => _sandbox.PayAsync(default, Worker, Payee, FiveDollars, default, default));
        await Assert.ThrowsAsync<ArgumentException>(() => _sandbox.PayAsync(Payout, default, Payee, FiveDollars, default, default));
        await Assert.ThrowsAsync<ArgumentException>(() => _sandbox.CollectAsync(default, Requester, FiveDollars, Back, default, default));
        await Assert.ThrowsAsync<ArgumentException>(() => _sandbox.CollectAsync(TopUp, default, FiveDollars, Back, default, default));
    }

    [Fact]
    public async Task A_cancelled_call_moves_nothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _sandbox.PayAsync(Payout, Worker, Payee, FiveDollars, default, new CancellationToken(canceled: true)));
        Assert.Empty(_sandbox.Moved);
    }

    [Fact]
    public void Many_callers_at_once_move_each_payment_once()
    {
        Parallel.For(0, 400, i =>
        {
            var id = Id.Parse<PayoutId>($"pay_000000000000000000000000{i % 20:00}");
            var paid = _sandbox.PayAsync(id, Worker, Payee, FiveDollars, default, CancellationToken.None);
            Assert.True(paid.IsCompletedSuccessfully);
        });
        Assert.Equal(20, _sandbox.Moved.Count);
        Assert.Equal(20, _sandbox.Moved.Select(m => m.Id).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task At_a_checkout_a_top_up_waits_and_moves_once_when_it_is_said_to_be_paid()
    {
        _options.Checkout = true;
        var pending = Assert.IsType<PaymentOutcome.Pending>(await CollectAsync(FiveDollars));
        Assert.Equal(("sandbox_" + TopUp.Value, Back), (pending.Reference, pending.PayAt));
        Assert.Equal(pending, await CollectAsync(FiveDollars));
        Assert.Empty(_sandbox.Moved);

        var paid = Assert.IsType<ProviderEvent.TopUpPaid>(Happen(SandboxHappening.Paid));
        Assert.Equal((pending.Reference, FiveDollars), (paid.Payment, paid.Amount));
        Assert.Equal(paid.Id, Happen(SandboxHappening.Paid).Id);
        Assert.Single(_sandbox.Moved);
        Assert.IsType<PaymentOutcome.Done>(await PayAsync()); // payouts wait for nobody
    }

    [Fact]
    public void Everything_that_can_happen_has_an_event_of_its_own_and_disputes_name_the_payment()
    {
        var events = Enum.GetValues<SandboxHappening>().Select(Happen).ToList();
        Assert.Equal(events.Count, events.Select(e => e.Id).Distinct().Count());
        Assert.Equal(events.Count, events.Select(e => e.GetType()).Distinct().Count());
        Assert.Equal("sandbox_" + TopUp.Value, Assert.Single(events.OfType<ProviderEvent.DisputeOpened>()).Payment);
    }

    [Fact]
    public void A_share_of_faults_is_drawn_by_its_seed()
    {
        var payment = new SandboxPayment("id", PaymentDirection.In, "party", FiveDollars);
        Assert.All(Draw(0), f => Assert.Equal(SandboxFault.None, f));
        Assert.Equal([SandboxFault.BeforeEffect, SandboxFault.AfterEffect, SandboxFault.Refuse], Draw(1).Distinct().Order());
        Assert.Equal(Draw(0.5), Draw(0.5));
        Assert.Contains(SandboxFault.None, Draw(0.5));

        SandboxFault[] Draw(double share)
        {
            var fault = SandboxFaults.Share(share, new Random(7));
            return [.. Enumerable.Range(0, 100).Select(_ => fault(payment))];
        }
    }

    private ProviderEvent Happen(SandboxHappening what) => _sandbox.Happen(what, TopUp, Requester, FiveDollars, DateTimeOffset.UnixEpoch).Event;

    private SandboxPayments Start() => new(Options.Create(_options), NullLogger<SandboxPayments>.Instance);

    private Task<PaymentOutcome> PayAsync() => _sandbox.PayAsync(Payout, Worker, Payee, FiveDollars, default, default);

    private Task<PaymentOutcome> CollectAsync(Money amount) => _sandbox.CollectAsync(TopUp, Requester, amount, Back, default, default);

    private static void AssertRefused(string name, PaymentOutcome outcome) =>
        Assert.StartsWith(name + ": ", Assert.IsType<PaymentOutcome.Refused>(outcome).Reason, StringComparison.Ordinal);
}
