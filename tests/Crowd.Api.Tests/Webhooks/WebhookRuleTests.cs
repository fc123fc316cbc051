using System.Net;
using System.Text;
using Crowd.Api.Webhooks;

namespace Crowd.Api.Tests.Webhooks;

public sealed class WebhookRuleTests
{
    [Theory]
    [InlineData("1.1.1.1", true)]
    [InlineData("93.184.216.34", true)]
    [InlineData("2606:4700:4700::1111", true)]
    [InlineData("::ffff:1.1.1.1", true)]
    [InlineData("0.0.0.0", false)]
    [InlineData("10.255.255.255", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("127.8.8.8", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("172.31.0.1", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("192.168.0.1", false)]
    [InlineData("198.19.0.1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("64:ff9b::7f00:1", false)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("2001:0:1::1", false)]
    [InlineData("fc00::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("ff02::1", false)]
    public void Public_addresses_are_told_from_others(string address, bool isPublic) => Assert.Equal(isPublic, PublicAddress.IsPublic(IPAddress.Parse(address)));

    [Fact]
    public void Waits_double_up_to_the_longest()
    {
        var options = new WebhookOptions();
        Assert.Equal([5, 10, 20, 40], Enumerable.Range(1, 4).Select(n => options.RetryAfter(n).TotalSeconds));
        Assert.Equal(TimeSpan.FromHours(1), options.RetryAfter(11));
        Assert.Equal(TimeSpan.FromHours(1), options.RetryAfter(int.MaxValue));
    }

    /// <summary>Worked out with another implementation: <c>printf '1700000000.{}' | openssl dgst -sha256 -hmac whsec_test</c>.</summary>
    [Fact]
    public void A_signature_is_the_hmac_of_seconds_and_body() =>
        Assert.Equal("35495024f4ef3f94e5a93e22221544c4b75e9a42300cd965ab81cb85cd994e91", WebhookSender.Sign("whsec_test", "1700000000", Encoding.UTF8.GetBytes("{}")));
}
