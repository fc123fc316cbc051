using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;

namespace Crowd.Payments.Tests.Oracle;

/// <summary>What our client sends is what the official library sends for the same call.</summary>
public class RequestTests
{
    private const string Key = "sk_test_oracle";

    private static readonly DateTimeOffset At = new(2026, 11, 2, 9, 30, 15, 700, TimeSpan.Zero);
    private static readonly string[] Types = ["payout.failed", "transfer.reversed"];

    // The library's call and arguments as its documentation writes them, and ours.
    private static readonly Dictionary<string, (string Args, Func<StripeClient, Task> Ours)> Calls = new(StringComparer.Ordinal)
    {
        ["checkout.sessions.create"] = (
            """
            [{"mode": "payment", "client_reference_id": "top_1",
              "line_items": [{"quantity": 1, "price_data": {"currency": "usd", "unit_amount": 5000, "product_data": {"name": "Funds & more (100 %)"}}}],
              "payment_method_types": ["card"], "adaptive_pricing": {"enabled": false},
              "payment_intent_data": {"metadata": {"top_up": "top_1", "requester": "req_1"}}, "metadata": {"top_up": "top_1", "requester": "req_1"},
              "success_url": "https://crowd.example/a?b=c&d=[e]#f", "cancel_url": "https://crowd.example/a?b=c&d=[e]#f", "expires_at": 1793611815}, {"idempotencyKey": "top_1"}]
            """,
            static c => c.CreateSessionAsync(
                new()
                {
                    Reference = "top_1",
                    Amount = 5_000,
                    Currency = "usd",
                    Title = "Funds & more (100 %)",
                    ReturnUrl = "https://crowd.example/a?b=c&d=[e]#f",
                    ExpiresAt = At,
                    Metadata = new() { { "top_up", "top_1" }, { "requester", "req_1" } },
                },
                "top_1", default)),
        ["checkout.sessions.retrieve"] = ("""["cs_test_1"]""", static c => c.GetSessionAsync("cs_test_1", default)),
        ["checkout.sessions.expire"] = ("""["cs_test_1", {}, {"idempotencyKey": "expire:top_1"}]""", static c => c.ExpireSessionAsync("cs_test_1", "expire:top_1", default)),
        ["paymentIntents.retrieve"] = ("""["pi_1"]""", static c => c.GetPaymentAsync("pi_1", default)),
        ["refunds.create"] = (
            """[{"payment_intent": "pi_1", "amount": 1200, "metadata": {"refund": "rfd_1"}}, {"idempotencyKey": "rfd_1"}]""",
            static c => c.CreateRefundAsync("pi_1", 1_200, new() { { "refund", "rfd_1" } }, "rfd_1", default)),
        ["refunds.list"] = ("""[{"payment_intent": "pi_1", "limit": 100}]""", static c => c.ListRefundsAsync("pi_1", default)),
        ["disputes.retrieve"] = ("""["dp_1"]""", static c => c.GetDisputeAsync("dp_1", default)),
        ["accounts.create"] = (
            """
            [{"controller": {"fees": {"payer": "application"}, "losses": {"payments": "application"}, "requirement_collection": "stripe", "stripe_dashboard": {"type": "express"}},
              "country": "DE", "email": "Zoë+o'hara@example.org", "business_type": "individual", "capabilities": {"transfers": {"requested": true}}, "metadata": {"worker": "wrk_1"}},
             {"idempotencyKey": "payee:wrk_1"}]
            """,
            static c => c.CreateAccountAsync(new() { Country = "DE", Email = "Zoë+o'hara@example.org", Metadata = new() { { "worker", "wrk_1" } } }, "payee:wrk_1", default)),
        ["accounts.retrieve"] = ("""["acct_1"]""", static c => c.GetAccountAsync("acct_1", default)),
        ["accountLinks.create"] = (
            """
            [{"account": "acct_1", "type": "account_onboarding", "return_url": "https://crowd.example/done", "refresh_url": "https://crowd.example/again"}, {"idempotencyKey": "onboard:1"}]
            """,
            static c => c.CreateAccountLinkAsync("acct_1", "https://crowd.example/done", "https://crowd.example/again", "onboard:1", default)),
        ["transfers.create"] = (
            """
            [{"amount": 1250, "currency": "eur", "destination": "acct_1", "transfer_group": "pay_1", "metadata": {"payout": "pay_1", "worker": "wrk_1"}}, {"idempotencyKey": "pay_1"}]
            """,
            static c => c.CreateTransferAsync(
                new() { Amount = 1_250, Currency = "eur", Destination = "acct_1", Group = "pay_1", Metadata = new() { { "payout", "pay_1" }, { "worker", "wrk_1" } } }, "pay_1", default)),
        ["transfers.retrieve"] = ("""["tr_1/odd id"]""", static c => c.GetTransferAsync("tr_1/odd id", default)),
        ["transfers.list"] = ("""[{"transfer_group": "pay_1", "limit": 100}]""", static c => c.ListTransfersAsync("pay_1", default)),
        ["transfers.createReversal"] = (
            """["tr_1", {"amount": 1250, "metadata": {"recall": "pay_1"}}, {"idempotencyKey": "pay_1:recall"}]""",
            static c => c.ReverseTransferAsync("tr_1", 1_250, new() { { "recall", "pay_1" } }, "pay_1:recall", default)),
        ["transfers.listReversals"] = ("""["tr_1", {"limit": 100}]""", static c => c.ListReversalsAsync("tr_1", default)),
        ["payouts.retrieve"] = ("""["po_1", {}, {"stripeAccount": "acct_1"}]""", static c => c.GetPayoutAsync("acct_1", "po_1", default)),
        ["payouts.list"] = (
            """[{"status": "failed", "limit": 100, "starting_after": "po_0"}, {"stripeAccount": "acct_1"}]""", static c => c.ListPayoutsAsync("acct_1", "failed", "po_0", default)),
        ["events.retrieve"] = ("""["evt_1"]""", static c => c.GetEventAsync("evt_1", null, default)),
        ["events.list"] = (
            """[{"created": {"gte": 1793611815}, "types": ["payout.failed", "transfer.reversed"], "limit": 100}, {"stripeAccount": "acct_1"}]""",
            static c => c.ListEventsAsync(At, Types, "acct_1", null, default)),
        ["balanceTransactions.list"] = (
            """[{"payout": "po_1", "type": "payment", "limit": 100, "starting_after": "txn_1", "expand": ["data.source"]}, {"stripeAccount": "acct_1"}]""",
            static c => c.ListPaymentsInAsync("acct_1", "po_1", "txn_1", default)),
        ["balanceTransactions.list "] = (
            """[{"created": {"gte": 1793611815}, "limit": 100, "expand": ["data.source"]}]""", static c => c.ListMovementsAsync(At, null, default)),
    };

    [Fact]
    public async Task Every_call_is_sent_as_the_library_sends_it()
    {
        await using var server = await RecordingServer.StartAsync();
        using var library = new StripeLibrary(server.Address, Key);
        using var client = Client(server.Address);
        foreach (var (call, (args, ours)) in Calls)
        {
            await library.CallAsync(call.Trim(), [.. ((JsonArray)JsonNode.Parse(args)!).Select(a => a?.DeepClone())]);
            var expected = server.Take();
            await ours(client);
            Assert.Equal((call, expected), (call, server.Take()));
            // The library makes up a key where it is given none; ours come from us.
            Assert.Equal(expected.Method == "POST", expected.IdempotencyKey is not null);
        }
    }

    [Fact]
    public void Every_call_of_the_client_is_compared()
    {
        var calls = typeof(StripeClient).GetMethods().Where(m => m.Name.EndsWith("Async", StringComparison.Ordinal)).ToList();
        Assert.Equal(calls.Count, Calls.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Any_parameters_are_written_as_the_library_writes_them(int seed)
    {
        await using var server = await RecordingServer.StartAsync();
        using var library = new StripeLibrary(server.Address, Key);
        var random = new Random(seed);
        for (var i = 0; i < 100; i++)
        {
            var (ours, theirs) = RandomForm.Draw(random, depth: 3);
            await library.CallAsync("rawRequest", "POST", "/v1/anything", theirs);
            Assert.Equal(server.Take().Body, ours.Encode());
        }
    }

    private static StripeClient Client(string address) => new(new(
        new SocketsHttpHandler(), new() { ApiKey = Key, ApiBase = address, WebhookSecrets = ["whsec_1"], MaxAttempts = 1 }, TimeProvider.System, new Random(1), NullLogger.Instance));
}
