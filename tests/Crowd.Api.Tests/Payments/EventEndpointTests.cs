using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Crowd.Api.Tests.Servers;
using Crowd.StandIn;

namespace Crowd.Api.Tests.Payments;

/// <summary>Money in by Stripe's messages, and messages that are none of Stripe's.</summary>
public sealed class EventEndpointTests(StripeStage stage) : IClassFixture<StripeStage>
{
    private const string New = "whsec_new";
    private const string Old = "whsec_old";

    private static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    [Fact]
    public async Task A_top_up_is_pending_until_its_message_comes_and_is_credited_once_though_it_comes_twice()
    {
        var owner = await stage.Server.SignUpAsync("Payer");
        var requester = await owner.FoundAsync();
        var topUp = (await owner.TopUpAsync(requester, 25_000_000)).GetString()!;
        var pending = await TopUpAsync(owner, topUp);
        Assert.Equal("pending", pending.GetProperty("status").GetString());
        Assert.StartsWith("http", pending.GetProperty("payAt").GetString(), StringComparison.Ordinal);

        stage.Stripe.Webhooks.OutOfOrder = false;
        stage.Stripe.Pay((string)stage.Stripe.All("checkout.session")[^1]["id"]!);
        var deliveries = new List<StandInDelivery>();
        while (stage.Stripe.Webhooks.Next() is { } next)
            deliveries.Add(next);
        Assert.NotEmpty(deliveries);
        foreach (var delivery in deliveries.Concat(deliveries))
            Assert.Equal(HttpStatusCode.OK, (await SendAsync(delivery.Body, delivery.Signature)).Status);

        while ((await TopUpAsync(owner, topUp)).GetProperty("status").GetString() != "paid")
            await Task.Delay(25, CancellationToken.None); // what follows from a message follows a little later; the runner's limit ends a wait without end
        var account = (await owner.SendAsync("query($of: String!) { accounts(of: $of) { balanceMicros pendingInMicros } }", new { of = requester }))[0];
        Assert.Equal((25_000_000, 0), (account.GetProperty("balanceMicros").GetInt64(), account.GetProperty("pendingInMicros").GetInt64()));

        var administrator = await stage.Server.AdministratorAsync();
        var events = await administrator.SendAsync("{ paymentEvents(first: 100) { nodes { id type } } }");
        var ids = events.GetProperty("nodes").EnumerateArray().Select(e => e.GetProperty("id").GetString()!).ToList();
        Assert.All(deliveries.Select(d => d.EventId).Distinct(), id => Assert.Equal(1, ids.Count(known => known == id)));
        Assert.Equal(0, (await administrator.SendAsync("mutation { reconcilePayments }")).GetInt32());
        Assert.Equal("FORBIDDEN", (await owner.RefusedAsync("mutation { reconcilePayments }")).Code);
        Assert.Equal("stripe False", await ProviderAsync(owner));
    }

    [Fact]
    public async Task What_is_not_signed_as_it_must_be_is_refused_with_a_code_of_its_own_and_not_kept()
    {
        var body = Event("evt_bad_signature");
        Assert.Equal((HttpStatusCode.BadRequest, "SIGNATURE_MISSING"), await SendAsync(body, null));
        Assert.Equal((HttpStatusCode.BadRequest, "SIGNATURE_INVALID"), await SendAsync(body, "nonsense"));
        Assert.Equal((HttpStatusCode.BadRequest, "SIGNATURE_INVALID"), await SendAsync(body, Sign(body, "whsec_of_somebody", Now)));
        Assert.Equal((HttpStatusCode.BadRequest, "SIGNATURE_INVALID"), await SendAsync([.. body, (byte)' '], Sign(body, New, Now)));
        Assert.Equal((HttpStatusCode.BadRequest, "SIGNATURE_TOO_OLD"), await SendAsync(body, Sign(body, New, Now - 600)));
        Assert.Equal((HttpStatusCode.BadRequest, "SIGNATURE_TOO_OLD"), await SendAsync(body, Sign(body, New, Now + 600)));
        var malformed = "{\"id\":1}"u8.ToArray();
        Assert.Equal((HttpStatusCode.BadRequest, "MALFORMED"), await SendAsync(malformed, Sign(malformed, New, Now)));

        var known = await (await stage.Server.AdministratorAsync()).SendAsync("{ paymentEvents(first: 100) { nodes { id } } }");
        Assert.DoesNotContain("evt_bad_signature", known.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(New)]
    [InlineData(Old)]
    public async Task During_a_rotation_both_secrets_are_good(string secret)
    {
        var body = Event($"evt_by_{secret}");
        Assert.Equal((HttpStatusCode.OK, ""), await SendAsync(body, Sign(body, secret, Now)));
        // A header with a signature for each secret, as in a rotation at the other end.
        Assert.Equal((HttpStatusCode.OK, ""), await SendAsync(body, $"{Sign(body, "whsec_next", Now)},{Sign(body, secret, Now).Split(',')[1]}"));
    }

    [Fact]
    public async Task A_message_that_is_too_large_is_refused_before_anything_is_looked_at()
    {
        var body = new byte[(256 * 1024) + 1];
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "PAYLOAD_TOO_LARGE"), await SendAsync(body, Sign(body, New, Now)));
    }

    private async Task<(HttpStatusCode Status, string Code)> SendAsync(byte[] body, string? signature)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/payments/events") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        if (signature is not null)
            request.Headers.TryAddWithoutValidation("Stripe-Signature", signature);
        using var response = await stage.Server.Anonymous.Http.SendAsync(request);
        return (response.StatusCode, response.IsSuccessStatusCode ? "" : (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString()!);
    }

    private static Task<JsonElement> TopUpAsync(Person person, string id) => person.SendAsync("query($id: ID!) { topUp(id: $id) { status payAt } }", new { id });

    private static async Task<string> ProviderAsync(Person person)
    {
        var payments = await person.SendAsync("{ payments { provider isReal } }");
        return $"{payments.GetProperty("provider").GetString()} {payments.GetProperty("isReal").GetBoolean()}";
    }

    private static byte[] Event(string id) =>
        Encoding.UTF8.GetBytes($$"""{"id":"{{id}}","object":"event","type":"something.else","created":{{Now}},"data":{"object":{"id":"x","object":"thing"} } }""");

    /// <summary>Written by the documentation, not by the code under test.</summary>
    private static string Sign(byte[] body, string secret, long at)
    {
        var time = at.ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.ASCII.GetBytes($"{time}."), .. body];
        return $"t={time},v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed))}";
    }
}
