using System.Text;
using System.Text.Json.Nodes;
using Crowd.StandIn;

namespace Crowd.Payments.Tests.Oracle;

/// <summary>The stand-in satisfies the official library: it understands the objects, the errors, the pages, the keys and the signatures.</summary>
public sealed class StandInOracleTests : IAsyncLifetime
{
    private readonly StandInOptions _options = new();
    private readonly StripeStandIn _standIn;
    private StandInServer _server = null!;
    private StripeLibrary _library = null!;

    public StandInOracleTests() => _standIn = new(_options, TimeProvider.System, new Random(1));

    public async Task InitializeAsync()
    {
        _server = await StandInServer.StartAsync(_standIn, default);
        _library = new(_server.Address, _options.ApiKey);
    }

    public async Task DisposeAsync()
    {
        _library.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task The_library_follows_money_from_a_card_to_a_bank_and_back()
    {
        var payment = await PaidAsync(5_000);
        Assert.Equal("succeeded", (string?)(await _library.CallAsync("paymentIntents.retrieve", payment))!["status"]);

        var account = await PayeeAsync();
        Assert.True((bool)(await _library.CallAsync("accounts.retrieve", account))!["payouts_enabled"]!);
        var transfer = await TransferAsync(account, 2_000, "pay_1");
        Assert.Equal(2_000, (int)transfer["amount"]!);
        var bank = _standIn.PayOut(account, "usd")!;
        _standIn.Fail(bank);
        var onAccount = new JsonObject { ["stripeAccount"] = account };
        Assert.Equal("failed", (string?)(await _library.CallAsync("payouts.retrieve", bank, new JsonObject(), onAccount.DeepClone()))!["status"]);
        var inIt = await _library.ListAsync("balanceTransactions.list", Params("""{"payout": "PO", "type": "payment", "expand": ["data.source"]}""", bank), onAccount);
        Assert.Equal((string?)transfer["id"], (string?)Assert.Single(inIt)!["source"]!["source_transfer"]);

        await _library.CallAsync("transfers.createReversal", (string?)transfer["id"], Params("""{"amount": 2000}"""));
        Assert.True((bool)(await _library.CallAsync("transfers.retrieve", (string?)transfer["id"]))!["reversed"]!);
        var refund = await _library.CallAsync("refunds.create", new JsonObject { ["payment_intent"] = payment, ["amount"] = 5_000 });
        Assert.Equal("succeeded", (string?)refund!["status"]);
        Assert.Equal(0, _standIn.Books.Balance(StandInBooks.Platform, "usd"));
        Assert.Equal(0, _standIn.Books.Balance(account, "usd"));
    }

    [Fact]
    public async Task The_library_reads_every_webhook_and_finds_all_events_in_pages()
    {
        for (var i = 0; i < 5; i++)
            await PaidAsync(1_000 + i);
        var delivered = new List<string>();
        while (_standIn.Webhooks.Next() is { } delivery)
        {
            var read = await _library.CallAsync("webhooks.constructEvent", Encoding.UTF8.GetString(delivery.Body), delivery.Signature, _options.WebhookSecret);
            Assert.Equal((delivery.EventId, delivery.Type), ((string?)read!["id"], (string?)read["type"]));
            delivered.Add(delivery.EventId);
        }

        var listed = await _library.ListAsync("events.list", Params("""{"limit": 4}"""));
        Assert.Equal(delivered.Order(StringComparer.Ordinal), listed.Select(e => (string)e!["id"]!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_same_key_gives_the_same_answer_and_with_other_content_an_error()
    {
        await PaidAsync(5_000);
        var account = await PayeeAsync();
        var first = await TransferAsync(account, 2_000, "pay_1");
        Assert.Equal(first.ToJsonString(), (await TransferAsync(account, 2_000, "pay_1")).ToJsonString());
        Assert.Equal("idempotency_error", (await Assert.ThrowsAsync<StripeLibraryException>(() => TransferAsync(account, 2_001, "pay_1"))).Type);

        var poor = await Assert.ThrowsAsync<StripeLibraryException>(() => TransferAsync(account, 9_000, "pay_2"));
        Assert.Equal(("invalid_request_error", "balance_insufficient", 400), (poor.Type, poor.Code, poor.Status));
        await PaidAsync(50_000);
        // Errors are remembered too, though by now there would be enough.
        Assert.Equal("balance_insufficient", (await Assert.ThrowsAsync<StripeLibraryException>(() => TransferAsync(account, 9_000, "pay_2"))).Code);
        Assert.Single(_standIn.All("transfer"));
    }

    [Fact]
    public async Task A_request_under_way_keeps_its_key_to_itself()
    {
        await PaidAsync(5_000);
        var account = await PayeeAsync();
        _options.Lateness = static () => 1_000;
        // The library repeats a request once whose connection was closed, whatever it is told, and so meets itself.
        _options.Fault = StandInFaults.Then(StandInFault.Late);
        var inUse = await Assert.ThrowsAsync<StripeLibraryException>(() => TransferAsync(account, 2_000, "pay_1"));
        Assert.Equal((409, "idempotency_key_in_use"), (inUse.Status, inUse.Code));
        _standIn.Settle();
        Assert.Equal(2_000, (int)(await TransferAsync(account, 2_000, "pay_1"))["amount"]!);
        Assert.Single(_standIn.All("transfer"));
    }

    [Theory]
    [InlineData(StandInFault.RateLimited, "rate_limit")]
    [InlineData(StandInFault.ErrorBefore, null)]
    [InlineData(StandInFault.ErrorAfter, null)]
    [InlineData(StandInFault.CutInBody, null)]
    [InlineData(StandInFault.Unavailable, null)]
    public async Task The_library_sees_each_fault_as_an_error(StandInFault fault, string? code)
    {
        await PaidAsync(5_000);
        var account = await PayeeAsync();
        _options.Fault = StandInFaults.Then(fault, fault);
        var error = await Assert.ThrowsAsync<StripeLibraryException>(() => TransferAsync(account, 2_000, "pay_1"));
        if (code is not null)
            Assert.Equal(code, error.Code);
        Assert.Equal(fault is StandInFault.ErrorAfter or StandInFault.CutInBody ? 1 : 0, _standIn.All("transfer").Count);
    }

    [Fact]
    public async Task Wrong_keys_names_and_ids_are_errors_as_at_Stripe()
    {
        using var stranger = new StripeLibrary(_server.Address, "sk_test_other");
        Assert.Equal(401, (await Assert.ThrowsAsync<StripeLibraryException>(() => stranger.CallAsync("events.list"))).Status);
        var unknown = await Assert.ThrowsAsync<StripeLibraryException>(() => _library.CallAsync("transfers.create", Params("""{"amount": 5, "currency": "usd", "destination": "acct_1", "colour": "red"}""")));
        Assert.Equal(("parameter_unknown", 400), (unknown.Code, unknown.Status));
        var missing = await Assert.ThrowsAsync<StripeLibraryException>(() => _library.CallAsync("transfers.create", Params("""{"currency": "usd"}""")));
        Assert.Equal("parameter_missing", missing.Code);
        var none = await Assert.ThrowsAsync<StripeLibraryException>(() => _library.CallAsync("transfers.retrieve", "tr_none"));
        Assert.Equal((404, "resource_missing"), (none.Status, none.Code));
    }

    private static JsonNode? Params(string json, string? bank = null) => JsonNode.Parse(json.Replace("\"PO\"", $"\"{bank}\"", StringComparison.Ordinal));

    private async Task<string> PaidAsync(int amount)
    {
        var session = await _library.CallAsync("checkout.sessions.create", Params($$"""
            {"mode": "payment", "success_url": "https://crowd.example/done",
             "line_items": [{"quantity": 1, "price_data": {"currency": "usd", "unit_amount": {{amount}}, "product_data": {"name": "Funds"} } }]}
            """));
        return _standIn.Pay((string)session!["id"]!);
    }

    private async Task<string> PayeeAsync()
    {
        var account = await _library.CallAsync("accounts.create", Params("""{"country": "US", "capabilities": {"transfers": {"requested": true}}}"""));
        _standIn.Onboard((string)account!["id"]!);
        return (string)account["id"]!;
    }

    private async Task<JsonNode> TransferAsync(string account, int amount, string key) => (await _library.CallAsync(
        "transfers.create", new JsonObject { ["amount"] = amount, ["currency"] = "usd", ["destination"] = account, ["transfer_group"] = key }, new JsonObject { ["idempotencyKey"] = key }))!;
}
