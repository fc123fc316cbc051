using System.Text;
using System.Text.Json.Nodes;

namespace Crowd.Payments.Tests.Oracle;

/// <summary>Signatures made by the library verify with ours and ours with the library's; altered ones with neither.</summary>
public sealed class SignatureOracleTests : IDisposable
{
    private const string Secret = "whsec_oracle";
    private const string Payload = """{"id":"evt_1","object":"event","note":"Zoë 漢 😀"}""";

    private static readonly DateTimeOffset Now = new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero);

    private readonly StripeLibrary _library = new("http://127.0.0.1:9", "sk_test_oracle");

    [Fact]
    public async Task A_signature_of_the_library_is_genuine_to_us()
    {
        var header = await LibrarySignsAsync(Payload, Secret, Now);
        Assert.Equal(header, StripeSignature.Sign(Encoding.UTF8.GetBytes(Payload), Secret, Now));
        Assert.Equal(SignatureCheck.Genuine, Check(Payload, header, Now));
    }

    [Fact]
    public async Task A_signature_of_ours_is_genuine_to_the_library() =>
        Assert.True(await LibraryTakesAsync(Payload, StripeSignature.Sign(Encoding.UTF8.GetBytes(Payload), Secret, Now), Secret, Now));

    [Theory]
    [InlineData(0, true)]
    [InlineData(300, true)]
    [InlineData(301, false)]
    public async Task Both_take_a_signature_for_five_minutes(int seconds, bool taken)
    {
        var header = StripeSignature.Sign(Encoding.UTF8.GetBytes(Payload), Secret, Now);
        Assert.Equal(taken, await LibraryTakesAsync(Payload, header, Secret, Now.AddSeconds(seconds)));
        Assert.Equal(taken ? SignatureCheck.Genuine : SignatureCheck.Stale, Check(Payload, header, Now.AddSeconds(seconds)));
    }

    [Fact]
    public async Task Neither_takes_what_was_altered()
    {
        var header = await LibrarySignsAsync(Payload, Secret, Now);
        var random = new Random(5);
        for (var i = 0; i < 60; i++)
        {
            var (payload, altered, secret) = (Payload, header, Secret);
            switch (i % 3)
            {
                case 0:
                    payload = Altered(payload, random);
                    break;
                case 1:
                    altered = Altered(altered, random);
                    break;
                default:
                    secret = Altered(secret, random);
                    break;
            }

            Assert.False(await LibraryTakesAsync(payload, altered, secret, Now), $"{payload} {altered} {secret}");
            Assert.NotEqual(SignatureCheck.Genuine, StripeSignature.Check(Encoding.UTF8.GetBytes(payload), altered, [secret], Now, TimeSpan.FromMinutes(5)));
        }
    }

    [Fact]
    public async Task Both_take_a_header_with_several_signatures()
    {
        var header = $"{await LibrarySignsAsync(Payload, "whsec_old", Now)},v1={(await LibrarySignsAsync(Payload, Secret, Now)).Split("v1=")[1]},v0=abc";
        Assert.True(await LibraryTakesAsync(Payload, header, Secret, Now));
        Assert.Equal(SignatureCheck.Genuine, Check(Payload, header, Now));
    }

    public void Dispose() => _library.Dispose();

    private static SignatureCheck Check(string payload, string header, DateTimeOffset now) =>
        StripeSignature.Check(Encoding.UTF8.GetBytes(payload), header, [Secret], now, TimeSpan.FromMinutes(5));

    private static string Altered(string text, Random random)
    {
        var at = random.Next(text.Length);
        // Not half of a pair, and not the same letter.
        while (char.IsSurrogate(text[at]))
            at = random.Next(text.Length);
        return $"{text[..at]}{(text[at] == 'x' ? 'y' : 'x')}{text[(at + 1)..]}";
    }

    private async Task<string> LibrarySignsAsync(string payload, string secret, DateTimeOffset at) => (string)(await _library.CallAsync(
        "webhooks.generateTestHeaderString", new JsonObject { ["payload"] = payload, ["secret"] = secret, ["timestamp"] = at.ToUnixTimeSeconds() }))!;

    private async Task<bool> LibraryTakesAsync(string payload, string header, string secret, DateTimeOffset receivedAt)
    {
        try
        {
            // The library parses after it has verified, so the payload must be JSON; verifyHeader would not read the time that is given.
            await _library.CallAsync("webhooks.signature.verifyHeader", payload, header, secret, 300, null, receivedAt.ToUnixTimeMilliseconds());
            return true;
        }
        catch (StripeLibraryException e) when (e.Type == "StripeSignatureVerificationError")
        {
            return false;
        }
    }
}
