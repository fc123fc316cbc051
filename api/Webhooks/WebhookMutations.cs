using Crowd.Api.Access;
using Crowd.Api.Hosting;
using Crowd.Domain;
using Crowd.GraphQL;
using Crowd.Marketplace.Requesters;

namespace Crowd.Api.Webhooks;

/// <summary>Mutations of webhooks, for owners of the organisation.</summary>
public static class WebhookMutations
{
    /// <summary>Has an address told of events from now on. At most 20 of an organisation.</summary>
    /// <param name="url">Begins with https:// and leads into the public internet.</param>
    /// <param name="types">Types of events, from <c>webhookTypes</c>.</param>
    public static async Task<NewWebhook> CreateWebhookAsync(
        RequesterId requester, string url, IReadOnlyList<string> types, Caller caller, IGrainFactory grains, IIdSource ids, WebhookOptions options)
    {
        caller.RequireMember(requester, MemberRole.Owner);
        RequireAllowed(url, options);
        var (id, secret) = (ids.Next<WebhookId>(), NewSecret());
        (await grains.GetGrain<IRequesterGrain>(requester.Value).SetWebhookAsync(id, url, types, secret, caller.Actor)).OrThrow();
        return new(id, secret);
    }

    /// <summary>Changes where a webhook leads and what is sent from now on; the secret stays.</summary>
    public static async Task<WebhookView> ChangeWebhookAsync(
        WebhookId id, string url, IReadOnlyList<string> types, Caller caller, IGrainFactory grains, Reads reads, WebhookOptions options, CancellationToken cancellationToken)
    {
        RequireAllowed(url, options);
        return await DoAsync(id, caller, grains, reads, g => g.SetWebhookAsync(id, url, types, null, caller.Actor), cancellationToken);
    }

    /// <summary>Stops sending: what happens until it is enabled is not sent unless it is replayed.</summary>
    public static Task<WebhookView> DisableWebhookAsync(WebhookId id, string reason, Caller caller, IGrainFactory grains, Reads reads, CancellationToken cancellationToken) =>
        DoAsync(id, caller, grains, reads, g => g.DisableWebhookAsync(id, reason, caller.Actor), cancellationToken);

    /// <summary>Sends what waits at once, and what happens from now on.</summary>
    public static Task<WebhookView> EnableWebhookAsync(WebhookId id, Caller caller, IGrainFactory grains, Reads reads, CancellationToken cancellationToken) =>
        DoAsync(id, caller, grains, reads, g => g.EnableWebhookAsync(id, caller.Actor), cancellationToken);

    /// <summary>Sends the events above a position of the log again, in order.</summary>
    /// <param name="afterPosition">0 for all there are.</param>
    public static Task<WebhookView> ReplayWebhookAsync(WebhookId id, long afterPosition, Caller caller, IGrainFactory grains, Reads reads, CancellationToken cancellationToken) =>
        DoAsync(id, caller, grains, reads, g => g.ReplayWebhookAsync(id, afterPosition, caller.Actor), cancellationToken);

    /// <summary>Gives the webhook another secret. What is sent from now on, again or for the first time, is signed with it; what is refused meanwhile is tried again.</summary>
    public static async Task<NewWebhook> ReplaceWebhookSecretAsync(WebhookId id, Caller caller, IGrainFactory grains, Reads reads, CancellationToken cancellationToken)
    {
        var found = await WebhookQueries.FindAsync(id, caller, reads, cancellationToken);
        var secret = NewSecret();
        (await grains.GetGrain<IRequesterGrain>(found.RequesterId).ReplaceWebhookSecretAsync(id, secret, caller.Actor)).OrThrow();
        return new(id, secret);
    }

    /// <summary>
    /// Sends one signed request of the type <c>webhook.test</c> with the position 0 now, also while the webhook is disabled, and gives what the receiver answered.
    /// It is not tried again and stands in no list.
    /// </summary>
    public static async Task<WebhookTrial> TestWebhookAsync(
        WebhookId id, Caller caller, Reads reads, WebhookSender sender, TimeProvider time, CancellationToken cancellationToken)
    {
        var found = await WebhookQueries.FindAsync(id, caller, reads, cancellationToken);
        var secret = await reads.FirstAsync<string>("select secret from webhook_secrets where webhook_id = @id", new { id = id.Value }, cancellationToken)
            ?? throw Refusals.NotFound("such webhook of yours");
        var (taken, answer) = await sender.SendAsync(new(found.Url), secret, id.Value, 0, "webhook.test", WebhookDispatcher.TestBody(time.GetUtcNow(), caller.Actor), cancellationToken);
        return new(taken, answer);
    }

    /// <summary>Ends a webhook; its secret and its deliveries are deleted.</summary>
    public static async Task<bool> RemoveWebhookAsync(WebhookId id, Caller caller, IGrainFactory grains, Reads reads, CancellationToken cancellationToken)
    {
        var found = await WebhookQueries.FindAsync(id, caller, reads, cancellationToken);
        (await grains.GetGrain<IRequesterGrain>(found.RequesterId).RemoveWebhookAsync(id, caller.Actor)).OrThrow();
        return true;
    }

    private static string NewSecret() => $"whsec_{Secrets.New()}";

    private static void RequireAllowed(string url, WebhookOptions options)
    {
        if (Uri.TryCreate(url, UriKind.Absolute, out var parsed) && PublicAddress.Objection(parsed, options.AllowPrivateAddresses) is { } objection)
            throw Refusals.Of(Reject.Invalid([new("url", "public", objection)]));
    }

    private static async Task<WebhookView> DoAsync(
        WebhookId id, Caller caller, IGrainFactory grains, Reads reads, Func<IRequesterGrain, Task<Outcome<Done>>> change, CancellationToken cancellationToken)
    {
        var found = await WebhookQueries.FindAsync(id, caller, reads, cancellationToken);
        (await change(grains.GetGrain<IRequesterGrain>(found.RequesterId))).OrThrow();
        return await WebhookQueries.FindAsync(id, caller, reads, cancellationToken);
    }
}
