using System.Text.Json;
using Crowd.Api.Access;
using Crowd.Api.Hosting;
using Crowd.Domain;
using Crowd.GraphQL;
using Crowd.Journal;

namespace Crowd.Api.Webhooks;

/// <summary>Where an organisation is told of events, by POST requests that are signed with the webhook's secret.</summary>
[GraphQLName("Webhook")]
public sealed class WebhookView
{
    internal const string Columns = "webhook_id, requester_id, url, types as types_text, disabled_at, disabled_reason";

    [GraphQLIgnore]
    public string WebhookId { get; set; } = "";

    [GraphQLIgnore]
    public string RequesterId { get; set; } = "";

    [GraphQLIgnore]
    public string TypesText { get; set; } = "";

    [GraphQLIgnore]
    public long? DisabledAt { get; set; }

    public WebhookId Id => Domain.WebhookId.From(WebhookId);

    /// <summary>The organisation.</summary>
    public RequesterId Requester => Domain.RequesterId.From(RequesterId);

    public string Url { get; set; } = "";

    /// <summary>The types of events that are sent.</summary>
    public IReadOnlyList<string> Types => TypesText.Split(',');

    /// <summary>Since when nothing is sent; null while it is.</summary>
    [GraphQLName("disabledAt")]
    public DateTimeOffset? Disabled => DisabledAt is { } at ? Instants.FromMicroseconds(at) : null;

    /// <summary>Why nothing is sent.</summary>
    public string? DisabledReason { get; set; }
}

/// <summary>An event that is to be sent to a webhook or was. Its number is the event's position in the log.</summary>
[GraphQLName("Delivery")]
public sealed class DeliveryView
{
    [GraphQLIgnore]
    public string JobId { get; set; } = "";

    [GraphQLIgnore]
    public string StatusText { get; set; } = "";

    [GraphQLIgnore]
    public long DueAt { get; set; }

    [GraphQLIgnore]
    public long? EndedAt { get; set; }

    /// <summary>Where the event stands in the log.</summary>
    public long Position { get; set; }

    public JobId Job => Domain.JobId.From(JobId);

    /// <summary>The type of the event.</summary>
    public string Type { get; set; } = "";

    /// <summary>Whether it was delivered.</summary>
    public bool Delivered => StatusText == "delivered";

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; set; }

    /// <summary>When it is tried again; null when it was delivered or not tried yet.</summary>
    public DateTimeOffset? NextTryAt => Delivered || DueAt == 0 ? null : Instants.FromMicroseconds(DueAt);

    /// <summary>What the receiver answered last, or why it could not be reached.</summary>
    public string? Answer { get; set; }

    public DateTimeOffset? DeliveredAt => EndedAt is { } at ? Instants.FromMicroseconds(at) : null;
}

/// <summary>A new webhook. The secret is shown only here.</summary>
/// <param name="Secret">The key of the signatures.</param>
public sealed record NewWebhook(WebhookId Id, string Secret);

/// <summary>What came of a request that was sent to try a webhook.</summary>
/// <param name="Taken">Whether the receiver answered with a status of 200 to 299.</param>
/// <param name="Answer">What it answered, or why it could not be reached.</param>
public sealed record WebhookTrial(bool Taken, string Answer);

/// <summary>Queries about webhooks, for owners of the organisation.</summary>
public static class WebhookQueries
{
    /// <summary>An organisation's webhooks.</summary>
    public static async Task<IReadOnlyList<WebhookView>> GetWebhooksAsync(RequesterId requester, Caller caller, Reads reads, CancellationToken cancellationToken)
    {
        caller.RequireMember(requester, MemberRole.Owner);
        return await reads.ListAsync<WebhookView>(
            $"select {WebhookView.Columns} from webhooks where requester_id = @requester order by webhook_id limit @limit",
            new { requester = requester.Value, limit = RequesterDecider.WebhookLimit }, cancellationToken);
    }

    /// <summary>The types of events that webhooks can be sent.</summary>
    public static IReadOnlyList<string> GetWebhookTypes() => RequesterDecider.WebhookTypes;

    /// <summary>What was sent to a webhook and what waits, newest event first; delivered ones are kept for 30 days unless the server is told otherwise.</summary>
    public static async Task<Connection<DeliveryView>> GetDeliveriesAsync(
        WebhookId webhook, int? first, string? after, int? last, string? before, Caller caller, Reads reads, CancellationToken cancellationToken)
    {
        await FindAsync(webhook, caller, reads, cancellationToken);
        var page = Page.From(first, after, last, before);
        var (compare, order) = page.IsBackward ? (">", "asc") : ("<", "desc");
        long? cursor = page.Cursor is null ? null : long.TryParse(page.Cursor, out var position) ? position : throw Refusals.Invalid("That is no cursor of this list.");
        var rows = await reads.ListAsync<DeliveryView>(
            "select position, job_id, type, status as status_text, attempts, due_at, answer, ended_at from webhook_deliveries where webhook_id = @webhook"
            + $"{(cursor is null ? "" : $" and position {compare} @cursor")} order by position {order} limit @limit",
            new { webhook = webhook.Value, cursor, limit = page.Limit }, cancellationToken);
        return page.Of(rows, d => d.Position.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>The webhook, for an owner; refused in the same words when it is not there.</summary>
    internal static async Task<WebhookView> FindAsync(WebhookId id, Caller caller, Reads reads, CancellationToken cancellationToken)
    {
        caller.RequirePerson();
        var found = await reads.FirstAsync<WebhookView>($"select {WebhookView.Columns} from webhooks where webhook_id = @id", new { id = id.Value }, cancellationToken);
        if (found is null || !(caller.IsAdministrator || caller.Memberships.GetValueOrDefault(found.Requester, MemberRole.Viewer) == MemberRole.Owner))
            throw Refusals.NotFound("such webhook of yours");
        return found;
    }
}
