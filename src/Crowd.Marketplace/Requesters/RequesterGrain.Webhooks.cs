using Crowd.Domain;
using Crowd.Journal;
using Crowd.Marketplace.Tables;

namespace Crowd.Marketplace.Requesters;

/// <content>Where the organisation is told of events; the secrets stand beside the log.</content>
internal sealed partial class RequesterGrain
{
    public async Task<Outcome<Done>> SetWebhookAsync(WebhookId webhook, string url, IReadOnlyList<string> types, string? secret, string actor)
    {
        var decided = RequesterDecider.SetWebhook(State, webhook, url, types);
        if (!decided.Accepted)
            return decided.Rejection;
        await CommitAsync(decided.Value, actor, Log.Now, secret is null ? null : [RowChange.Put(WebhookSecretsTable.Table, [webhook.Value], WebhookSecretsTable.Secret.Set(secret))]);
        return default(Done);
    }

    public Task<Outcome<Done>> DisableWebhookAsync(WebhookId webhook, string reason, string actor) =>
        DecideAsync(RequesterDecider.DisableWebhook(State, webhook, reason), actor, Log.Now);

    public Task<Outcome<Done>> EnableWebhookAsync(WebhookId webhook, string actor) => DecideAsync(RequesterDecider.EnableWebhook(State, webhook), actor, Log.Now);

    public Task<Outcome<Done>> ReplayWebhookAsync(WebhookId webhook, long afterPosition, string actor) =>
        DecideAsync(RequesterDecider.ReplayWebhook(State, webhook, afterPosition), actor, Log.Now);

    public async Task<Outcome<Done>> ReplaceWebhookSecretAsync(WebhookId webhook, string secret, string actor)
    {
        var decided = RequesterDecider.ReplaceWebhookSecret(State, webhook);
        if (!decided.Accepted)
            return decided.Rejection;
        await CommitAsync(decided.Value, actor, Log.Now, [RowChange.Put(WebhookSecretsTable.Table, [webhook.Value], WebhookSecretsTable.Secret.Set(secret))]);
        return default(Done);
    }

    public async Task<Outcome<Done>> RemoveWebhookAsync(WebhookId webhook, string actor)
    {
        var decided = RequesterDecider.RemoveWebhook(State, webhook);
        if (!decided.Accepted)
            return decided.Rejection;
        await CommitAsync(decided.Value, actor, Log.Now, [RowChange.Delete(WebhookSecretsTable.Table, webhook.Value)]);
        return default(Done);
    }
}
