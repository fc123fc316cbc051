using System.Text.Json.Nodes;
using Crowd.Domain;
using Crowd.StandIn;
using Xunit.Abstractions;

namespace Crowd.Payments.Tests.Stripe;

/// <summary>
/// Many seeded histories of one provider at one stand-in: faults of all kinds, hours and days between attempts, accounts that close. Whatever the provider says in the
/// end is what the stand-in's books hold.
/// </summary>
public class HistoryTests(ITestOutputHelper output)
{
    private const int Histories = 400;

    [Fact]
    public async Task In_every_history_what_was_said_is_what_moved()
    {
        var faults = new int[Enum.GetValues<StandInFault>().Length];
        int payouts = 0, refunds = 0, recalls = 0;
        for (var seed = 1; seed <= Histories; seed++)
        {
            using var history = new History(seed, fault => faults[(int)fault]++);
            await history.RunAsync();
            history.Check();
            (payouts, refunds, recalls) = (payouts + history.Count("pay"), refunds + history.Count("rfd"), recalls + history.Count("recall"));
        }

        output.WriteLine($"{Histories} histories, {payouts} payouts, {refunds} refunds, {recalls} recalls, {faults.Sum()} faults: "
            + string.Join(", ", Enum.GetValues<StandInFault>().Where(f => f != StandInFault.None).Select(f => $"{f} {faults[(int)f]}")));
        Assert.All(Enum.GetValues<StandInFault>().Where(f => f != StandInFault.None), f => Assert.True(faults[(int)f] > 0, f.ToString()));
    }

    private sealed class History : IDisposable
    {
        private readonly int _seed;
        private readonly Random _random;
        private readonly StripeStory _story;
        private readonly List<Write> _writes = [];
        private readonly List<string> _payees = [];

        public History(int seed, Action<StandInFault> count)
        {
            _seed = seed;
            _random = new Random(seed);
            _story = new(seed, maxAttempts: 1 + (seed % 3));
            _story.Options.Lateness = () => _random.Next(1, 12);
            Injected = count;
        }

        private Action<StandInFault> Injected { get; }

        public int Count(string kind) => _writes.Count(w => w.Kind == kind);

        public async Task RunAsync()
        {
            for (var i = 1; i <= 3; i++)
                _payees.Add(await _story.PayeeAsync(i));
            var payments = new List<string>();
            for (var i = 1; i <= 3; i++)
                payments.Add(await _story.FundAsync(_random.Next(500, 5_000), i));
            for (var i = 1; i <= 8; i++)
                AddPayout(i);
            for (var i = 1; i <= 4; i++)
                AddRefund(i, payments[_random.Next(payments.Count)]);

            _story.Options.Fault = StandInFaults.Seeded(new Random(_seed), 0.35, Injected);
            for (var step = 0; step < 60 && _writes.Exists(w => w.Open); step++)
            {
                await AskAsync(_random.Next(_writes.Count));
                Live();
            }

            // Calm weather: now everything comes to an end.
            _story.Options.Fault = static _ => StandInFault.None;
            _story.StandIn.Settle();
            for (var i = 0; i < _writes.Count; i++)
            {
                _story.Time.Advance(TimeSpan.FromHours(30));
                if (_writes[i].Open)
                    await AskAsync(i);
            }
        }

        public void Check()
        {
            var transfers = _story.StandIn.All("transfer");
            var reversals = _story.StandIn.All("transfer_reversal");
            var refunds = _story.StandIn.All("refund");
            long expected = _story.StandIn.All("charge").Where(c => c["payment_intent"] is not null).Sum(c => (long)c["amount"]!);
            foreach (var write in _writes)
            {
                var moved = write.Kind switch
                {
                    "pay" => transfers.Where(t => (string?)t["transfer_group"] == write.Id),
                    "recall" => reversals.Where(r => Mark(r, "recall") == write.Id),
                    _ => refunds.Where(r => Mark(r, "refund") == write.Id),
                };
                Assert.False(write.Open, $"seed {_seed}: {write.Kind} {write.Id} is open: {write.Outcome}");
                Assert.True((write.Outcome is PaymentOutcome.Done ? 1 : 0) == moved.Count(), $"seed {_seed}: {write.Kind} {write.Id} moved {moved.Count()} times: {write.Outcome}");
                if (write.Outcome is PaymentOutcome.Done)
                    expected += write.Kind == "recall" ? write.Cents : -write.Cents;
            }

            Assert.True(expected == _story.StandIn.Books.Balance(StandInBooks.Platform, "usd"), $"seed {_seed}: the platform has another balance.");
        }

        public void Dispose() => _story.Dispose();

        private void AddPayout(int number)
        {
            var id = StripeStory.Payout(number);
            var payee = _payees[_random.Next(_payees.Count)];
            var cents = _random.Next(1, 2_500);
            _writes.Add(new("pay", id.Value, cents, first => _story.Provider.PayAsync(id, StripeStory.Worker, payee, StripeStory.Usd(cents), first, default)));
        }

        private void AddRefund(int number, string payment)
        {
            var id = StripeStory.Refund(number);
            var cents = _random.Next(1, 2_500);
            _writes.Add(new("rfd", id.Value, cents, first => _story.Provider.RefundAsync(id, StripeStory.TopUp(1), payment, StripeStory.Usd(cents), first, default)));
        }

        private async Task AskAsync(int index)
        {
            var write = _writes[index];
            write.First ??= _story.Now;
            var before = write.Outcome;
            write.Outcome = await write.Ask(write.First.Value);
            // A word once given holds: done stays done, under the same reference.
            if (before is PaymentOutcome.Done)
                Assert.True(write.Outcome is PaymentOutcome.Unknown || write.Outcome == before, $"seed {_seed}: {write.Id} was {before} and is {write.Outcome}");
            if (before is PaymentOutcome.Done && write.Outcome is PaymentOutcome.Unknown)
                write.Outcome = before;
            if (before is null or PaymentOutcome.Unknown && write is { Kind: "pay", Outcome: PaymentOutcome.Done done } && _random.Next(3) == 0)
            {
                var id = Id.Parse<PayoutId>(write.Id);
                _writes.Add(new("recall", write.Id, write.Cents, first => _story.Provider.RecallAsync(id, done.Reference, StripeStory.Usd(write.Cents), first, default)));
            }
        }

        private void Live()
        {
            var payee = _payees[_random.Next(_payees.Count)];
            switch (_random.Next(8))
            {
                case 0:
                    _story.StandIn.Restrict(payee);
                    break;
                case 1 or 2:
                    _story.StandIn.Onboard(payee);
                    break;
                case 3:
                    if (_story.StandIn.PayOut(payee, "usd") is { } bank && _random.Next(2) == 0)
                        _story.StandIn.Fail(bank);
                    break;
            }

            _story.Time.Advance(_random.Next(5) switch { 0 => TimeSpan.FromHours(26), 1 => TimeSpan.FromHours(7), 2 => TimeSpan.FromMinutes(10), _ => TimeSpan.Zero });
        }

        private static string? Mark(JsonObject o, string name) => (string?)o["metadata"]?[name];
    }

    private sealed class Write(string kind, string id, long cents, Func<DateTimeOffset, Task<PaymentOutcome>> ask)
    {
        public string Kind => kind;

        public string Id => id;

        public long Cents => cents;

        public Func<DateTimeOffset, Task<PaymentOutcome>> Ask => ask;

        public DateTimeOffset? First { get; set; }

        public PaymentOutcome? Outcome { get; set; }

        public bool Open => Outcome is null or PaymentOutcome.Unknown;
    }
}
