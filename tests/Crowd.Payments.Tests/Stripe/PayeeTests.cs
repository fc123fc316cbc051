using Crowd.Domain;
using Crowd.StandIn;

namespace Crowd.Payments.Tests.Stripe;

public sealed class PayeeTests : IDisposable
{
    private readonly StripeStory _story = new();

    [Fact]
    public async Task A_worker_gets_one_account_and_a_new_link_for_each_visit()
    {
        _story.Options.Fault = StandInFaults.Then(StandInFault.LostReply);
        var payee = Got(await OpenAsync());
        Assert.Equal(payee, Got(await OpenAsync()));
        Assert.Equal("DE", (string?)Assert.Single(_story.StandIn.All("account"))["country"]);

        var first = Got(await LinkAsync(payee));
        _story.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.NotEqual(first, Got(await LinkAsync(payee)));
        Assert.Equal(Uri.UriSchemeHttps, first.Scheme);
    }

    [Fact]
    public async Task The_standing_says_what_is_missing_until_the_account_is_ready()
    {
        var payee = Got(await OpenAsync());
        var begun = Got(await _story.Provider.ReadPayeeAsync(payee, default));
        Assert.Equal((false, false, "requirements.past_due: individual.verification.document, external_account"), (begun.Ready, begun.Submitted, begun.Reason));
        _story.StandIn.Onboard(payee);
        Assert.Equal(new PayeeStanding(true, true, null), Got(await _story.Provider.ReadPayeeAsync(payee, default)));
        _story.StandIn.Restrict(payee);
        Assert.False(Got(await _story.Provider.ReadPayeeAsync(payee, default)).Ready);
        Assert.All(_story.Events(), e => Assert.Equal(payee, Assert.IsType<ProviderEvent.PayeeChanged>(e).Payee));
    }

    [Fact]
    public async Task An_account_that_is_not_there_is_refused_and_silence_is_not()
    {
        Assert.StartsWith("resource_missing: ", Assert.IsType<ProviderAnswer<PayeeStanding>.Refused>(await _story.Provider.ReadPayeeAsync("acct_none", default)).Reason, StringComparison.Ordinal);
        _story.Options.Fault = static _ => StandInFault.Unavailable;
        Assert.IsType<ProviderAnswer<PayeeStanding>.Unknown>(await _story.Provider.ReadPayeeAsync("acct_none", default));
        Assert.IsType<ProviderAnswer<string>.Unknown>(await OpenAsync());
        Assert.IsType<ProviderAnswer<IReadOnlyList<PayoutId>>.Unknown>(await _story.Provider.PayoutsInAsync("acct_none", "po_none", default));
    }

    public void Dispose() => _story.Dispose();

    private Task<ProviderAnswer<string>> OpenAsync() => _story.Provider.OpenPayeeAsync(StripeStory.Worker, "worker@example.org", "DE", default);

    private Task<ProviderAnswer<Uri>> LinkAsync(string payee) => _story.Provider.OnboardAsync(payee, StripeStory.Back, StripeStory.Back, default);

    private static T Got<T>(ProviderAnswer<T> answer) => Assert.IsType<ProviderAnswer<T>.Got>(answer).Value;
}
