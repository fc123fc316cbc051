using static Crowd.Domain.Tests.Some;

namespace Crowd.Domain.Tests.Requesters;

public class WebhookDeciderTests
{
    private const string Url = "https://acme.example/crowd";

    private static readonly WebhookId Hook = Id<WebhookId>(1);
    private static readonly RequesterState None = new();
    private static readonly RequesterState Acme = None.Apply(new RequesterEvent.Registered { Requester = Requester, Name = "Acme", Owner = Person });
    private static readonly RequesterState Told = Acme.Apply(Only<RequesterEvent.WebhookSet, RequesterEvent>(RequesterDecider.SetWebhook(Acme, Hook, Url, ["task.decided", "job.closed"])));
    private static readonly RequesterState Silent = Told.Apply(Only<RequesterEvent.WebhookDisabled, RequesterEvent>(RequesterDecider.DisableWebhook(Told, Hook, "tired")));

    [Fact]
    public void Nothing_can_be_done_to_a_webhook_that_is_not_there()
    {
        Refused(RejectionCode.NotFound, RequesterDecider.SetWebhook(None, Hook, Url, ["job.closed"]));
        Refused(RejectionCode.NotFound, RequesterDecider.DisableWebhook(Acme, Hook, "tired"));
        Refused(RejectionCode.NotFound, RequesterDecider.EnableWebhook(Acme, Hook));
        Refused(RejectionCode.NotFound, RequesterDecider.ReplayWebhook(Acme, Hook, 0));
        Refused(RejectionCode.NotFound, RequesterDecider.ReplaceWebhookSecret(Acme, Hook));
        Nothing(RequesterDecider.RemoveWebhook(Acme, Hook));
    }

    [Fact]
    public void The_same_again_changes_nothing_whatever_the_order_of_the_types()
    {
        Nothing(RequesterDecider.SetWebhook(Told, Hook, Url, ["job.closed", "task.decided", "job.closed"]));
        Nothing(RequesterDecider.EnableWebhook(Told, Hook));
        Nothing(RequesterDecider.DisableWebhook(Silent, Hook, "again"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("acme.example")]
    [InlineData("ftp://acme.example")]
    [InlineData("https://user:secret@acme.example")]
    [InlineData("https://acme.example/#part")]
    public void An_address_has_a_form(string url) => Refused(RejectionCode.Invalid, RequesterDecider.SetWebhook(Acme, Hook, url, ["job.closed"]));

    [Fact]
    public void Types_are_named_and_known()
    {
        Refused(RejectionCode.Invalid, RequesterDecider.SetWebhook(Acme, Hook, Url, []));
        Refused(RejectionCode.Invalid, RequesterDecider.SetWebhook(Acme, Hook, Url, ["account.signed-up"]));
        Assert.All(RequesterDecider.WebhookTypes, type => Assert.Contains(type, EventTypes.All.Select(t => t.Name)));
    }

    [Fact]
    public void A_changed_webhook_stays_disabled_until_it_is_enabled()
    {
        var changed = Silent.Apply(Only<RequesterEvent.WebhookSet, RequesterEvent>(RequesterDecider.SetWebhook(Silent, Hook, Url + "/2", ["job.closed"])));
        Assert.True(changed.Webhooks[Hook].Disabled);
        Assert.False(changed.Apply(Only<RequesterEvent.WebhookEnabled, RequesterEvent>(RequesterDecider.EnableWebhook(changed, Hook))).Webhooks[Hook].Disabled);
    }

    [Fact]
    public void An_organisation_has_a_greatest_number_of_webhooks()
    {
        var full = Enumerable.Range(1, RequesterDecider.WebhookLimit).Aggregate(Acme, (state, n) =>
            state.Apply(Only<RequesterEvent.WebhookSet, RequesterEvent>(RequesterDecider.SetWebhook(state, Id<WebhookId>(n), Url, ["job.closed"]))));
        Refused(RejectionCode.LimitExceeded, RequesterDecider.SetWebhook(full, Id<WebhookId>(99), Url, ["job.closed"]));
        var fewer = full.Apply(Only<RequesterEvent.WebhookRemoved, RequesterEvent>(RequesterDecider.RemoveWebhook(full, Hook)));
        Only<RequesterEvent.WebhookSet, RequesterEvent>(RequesterDecider.SetWebhook(fewer, Id<WebhookId>(99), Url, ["job.closed"]));
    }

    [Fact]
    public void The_past_begins_at_nought()
    {
        Refused(RejectionCode.Invalid, RequesterDecider.ReplayWebhook(Told, Hook, -1));
        Only<RequesterEvent.WebhookReplayed, RequesterEvent>(RequesterDecider.ReplayWebhook(Told, Hook, 0));
    }
}
