using System.Net;
using System.Text;
using Crowd.Domain;
using Crowd.StandIn;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Crowd.Payments.Tests.Stripe;

public class RetryTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly StripeForm Nothing = [];

    private readonly HurriedTime _time = new(Start);

    [Fact]
    public async Task Attempts_are_few_under_one_key_with_longer_and_longer_waits()
    {
        var script = new Script(static _ => throw new HttpRequestException(HttpRequestError.ConnectionError, "refused"));
        Assert.IsType<StripeReply<Refund>.Lost>(await SendAsync(script));
        Assert.Equal(4, script.Keys.Count);
        Assert.Equal(["key_1"], script.Keys.Distinct(StringComparer.Ordinal));
        Assert.Equal(3, _time.Waits.Count);
        for (var i = 0; i < 3; i++)
            Assert.InRange(_time.Waits[i].TotalSeconds, Math.Max(0.5, 0.25 * (1 << i)), 0.5 * (1 << i));
    }

    [Theory]
    [InlineData(500, null, 4)]
    [InlineData(503, null, 4)]
    [InlineData(429, null, 4)]
    [InlineData(409, null, 4)]
    [InlineData(500, "false", 1)]
    [InlineData(409, "false", 1)]
    [InlineData(400, null, 1)]
    [InlineData(402, null, 1)]
    [InlineData(404, null, 1)]
    [InlineData(400, "true", 4)]
    [InlineData(401, null, 1)]
    public async Task The_status_and_the_advice_of_Stripe_decide_about_another_attempt(int status, string? shouldRetry, int attempts)
    {
        var script = new Script(_ => Reply(status, """{"error":{"type":"t","code":"c"}}""", "Stripe-Should-Retry", shouldRetry));
        var reply = await SendAsync(script);
        Assert.Equal(attempts, script.Keys.Count);
        // Only what says that it was not done, and will not be, is a refusal.
        Assert.Equal(status is 400 or 402 or 404, reply is StripeReply<Refund>.Refused);
    }

    [Fact]
    public async Task A_wait_that_Stripe_asks_for_is_kept()
    {
        var script = new Script(n => n == 0 ? Reply(429, """{"error":{"type":"t"}}""", "Retry-After", "7") : Reply(200, Refund));
        Assert.IsType<StripeReply<Refund>.Given>(await SendAsync(script));
        Assert.Equal([TimeSpan.FromSeconds(7)], _time.Waits);
    }

    [Fact]
    public async Task A_wait_until_a_date_is_kept_too()
    {
        var script = new Script(n => n == 0 ? Reply(503, "{}", "Retry-After", Start.AddSeconds(9).ToString("R")) : Reply(200, Refund));
        Assert.IsType<StripeReply<Refund>.Given>(await SendAsync(script));
        Assert.Equal([TimeSpan.FromSeconds(9)], _time.Waits);
    }

    [Fact]
    public async Task A_wait_that_is_too_long_is_left_to_the_caller()
    {
        var script = new Script(static _ => Reply(429, """{"error":{"type":"t"}}""", "Retry-After", "600"));
        Assert.IsType<StripeReply<Refund>.Lost>(await SendAsync(script));
        Assert.Single(script.Keys);
    }

    [Theory]
    [InlineData(200, "{")]
    [InlineData(200, "")]
    [InlineData(200, "null")]
    [InlineData(400, "<html>a proxy's own page</html>")]
    [InlineData(404, "{}")]
    public async Task What_is_not_in_the_form_of_Stripe_is_not_its_word(int status, string body) =>
        Assert.IsType<StripeReply<Refund>.Lost>(await SendAsync(new(_ => Reply(status, body))));

    [Fact]
    public async Task A_reply_that_is_too_long_is_lost() =>
        Assert.IsType<StripeReply<Refund>.Lost>(await SendAsync(new(_ => Reply(200, new string(' ', StripeConnection.MaxReplyBytes + 1)))));

    [Fact]
    public async Task No_answer_in_time_is_an_outcome_of_its_own()
    {
        var time = new FakeTimeProvider(Start);
        using var connection = new StripeConnection(new Silence(), Options(1), time, new Random(1), NullLogger.Instance);
        var sending = connection.SendAsync(StripeRequest.Post($"/v1/refunds", Nothing, "key_1"), StripeJson.Default.Refund, default);
        time.Advance(TimeSpan.FromSeconds(99));
        Assert.False(sending.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.StartsWith("timeout: ", Assert.IsType<StripeReply<Refund>.Lost>(await sending).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_that_gives_up_is_not_a_time_out()
    {
        using var connection = new StripeConnection(new Silence(), Options(4), new FakeTimeProvider(Start), new Random(1), NullLogger.Instance);
        using var patience = new CancellationTokenSource();
        var sending = connection.SendAsync(StripeRequest.Post($"/v1/refunds", Nothing, "key_1"), StripeJson.Default.Refund, patience.Token);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    [Theory]
    [InlineData(StandInFault.NoConnection)]
    [InlineData(StandInFault.LostReply)]
    [InlineData(StandInFault.CutInBody)]
    [InlineData(StandInFault.Late)]
    [InlineData(StandInFault.RateLimited)]
    [InlineData(StandInFault.Unavailable)]
    public async Task Over_a_real_connection_a_fault_is_survived_with_one_effect(StandInFault fault)
    {
        var options = new StandInOptions { Fault = StandInFaults.Then(fault), Lateness = static () => 1 };
        var standIn = new StripeStandIn(options, _time, new Random(1));
        await using var server = await StandInServer.StartAsync(standIn, default);
        using var provider = (IDisposable)StripeServices.Create(
            new() { ApiKey = options.ApiKey, ApiBase = server.Address, WebhookSecrets = ["whsec_1"], Timeout = TimeSpan.FromSeconds(100) },
            new SocketsHttpHandler(), _time, new Random(1), NullLoggerFactory.Instance);
        var outcome = await ((IPaymentProvider)provider).CollectAsync(StripeStory.TopUp(1), StripeStory.Requester, StripeStory.Usd(500), StripeStory.Back, Start, default);
        Assert.IsType<PaymentOutcome.Pending>(outcome);
        Assert.Single(standIn.All("checkout.session"));
    }

    [Fact]
    public void A_write_without_a_key_or_with_an_empty_id_cannot_be_made()
    {
        Assert.Throws<ArgumentException>(() => StripeRequest.Post($"/v1/refunds", Nothing, ""));
        Assert.Throws<ArgumentOutOfRangeException>(() => StripeRequest.Post($"/v1/refunds", Nothing, new string('x', 256)));
        Assert.Throws<ArgumentException>(() => StripeRequest.Get($"/v1/transfers/{""}"));
    }

    private const string Refund = """{"id":"re_1","status":"succeeded","amount":1,"currency":"usd"}""";

    private async Task<StripeReply<Refund>> SendAsync(Script script)
    {
        using var connection = new StripeConnection(script, Options(4), _time, new Random(1), NullLogger.Instance);
        return await connection.SendAsync(StripeRequest.Post($"/v1/refunds", Nothing, "key_1"), StripeJson.Default.Refund, default);
    }

    private static StripeOptions Options(int attempts) => new() { ApiKey = "sk_test_x", WebhookSecrets = ["whsec_1"], Timeout = TimeSpan.FromSeconds(100), MaxAttempts = attempts };

    private static HttpResponseMessage Reply(int status, string body, string? header = null, string? value = null)
    {
        var reply = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8) };
        if (header is not null && value is not null)
            reply.Headers.TryAddWithoutValidation(header, value);
        return reply;
    }

    private sealed class Script(Func<int, HttpResponseMessage> reply) : HttpMessageHandler
    {
        public List<string> Keys { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Keys.Add(request.Headers.GetValues("Idempotency-Key").Single());
            return Task.FromResult(reply(Keys.Count - 1));
        }
    }

    private sealed class Silence : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            throw new InvalidOperationException();
        }
    }
}
