using System.Text;
using Crowd.Domain;

namespace Crowd.Payments.Tests.Stripe;

public sealed class SignatureTests : IDisposable
{
    private static readonly byte[] Body = """{"id":"evt_1","object":"event","type":"customer.created","created":1793610000,"livemode":false,"data":{"object":{"id":"cus_1"}}}"""u8.ToArray();

    private readonly StripeStory _story = new();

    [Fact]
    public void Each_known_secret_is_taken_so_that_one_can_be_replaced()
    {
        foreach (var secret in _story.Stripe.WebhookSecrets)
            Assert.Equal("evt_1", Assert.IsType<EventReading.Verified>(Read(StripeSignature.Sign(Body, secret, _story.Now))).Event.Id);
        Refused(EventRefusal.SignatureInvalid, Read(StripeSignature.Sign(Body, "whsec_other", _story.Now)));
    }

    [Theory]
    [InlineData(300, true)]
    [InlineData(-300, true)]
    [InlineData(301, false)]
    [InlineData(-301, false)]
    public void A_message_is_taken_for_five_minutes_before_and_after(int seconds, bool taken)
    {
        var reading = Read(StripeSignature.Sign(Body, _story.Options.WebhookSecret, _story.Now.AddSeconds(-seconds)));
        if (taken)
            Assert.IsType<EventReading.Verified>(reading);
        else
            Refused(EventRefusal.TooOld, reading);
    }

    [Fact]
    public void A_header_that_is_none_is_refused_by_name()
    {
        Refused(EventRefusal.SignatureMissing, Read(null));
        Refused(EventRefusal.SignatureMissing, Read(""));
        var genuine = StripeSignature.Sign(Body, _story.Options.WebhookSecret, _story.Now);
        var hex = genuine.Split("v1=")[1];
        foreach (var header in (string[])
        [
            "nonsense", ",,,", "t=,v1=", $"v1={hex}", $"t={_story.Now.ToUnixTimeSeconds()}", $"t=x,v1={hex}", $"t=-1,v1={hex}", $"t=99999999999999999999,v1={hex}", $"t=999999999999999,v1={hex}",
            genuine.Replace("v1=", "v0=", StringComparison.Ordinal), genuine[..^2], genuine.ToUpperInvariant(), new string('x', StripeSignature.MaxHeader + 1),
        ])
        {
            Refused(EventRefusal.SignatureInvalid, Read(header));
        }
    }

    [Fact]
    public void The_body_counts_byte_for_byte()
    {
        var header = StripeSignature.Sign(Body, _story.Options.WebhookSecret, _story.Now);
        for (var i = 0; i < Body.Length; i++)
        {
            var altered = (byte[])Body.Clone();
            altered[i] ^= 1;
            Refused(EventRefusal.SignatureInvalid, _story.Provider.ReadEvent(altered, header, _story.Now));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"id":"evt_1","type":"payment_intent.succeeded","created":1,"livemode":false,"data":{}}""")]
    [InlineData("""{"id":"evt_1","type":"payment_intent.succeeded","created":1,"livemode":false,"data":{"object":{"id":"pi_1"}}}""")]
    [InlineData("""{"id":"evt_1","type":"x","created":99999999999999,"livemode":false,"data":{"object":{}}}""")]
    [InlineData("""{"id":"","type":"x","created":1,"livemode":false,"data":{"object":{}}}""")]
    public void What_is_signed_but_no_event_is_malformed(string text)
    {
        var body = Encoding.UTF8.GetBytes(text);
        Refused(EventRefusal.Malformed, _story.Provider.ReadEvent(body, StripeSignature.Sign(body, _story.Options.WebhookSecret, _story.Now), _story.Now));
    }

    public void Dispose() => _story.Dispose();

    private EventReading Read(string? header) => _story.Provider.ReadEvent(Body, header, _story.Now);

    private static void Refused(EventRefusal code, EventReading reading) => Assert.Equal(code, Assert.IsType<EventReading.Refused>(reading).Code);
}
