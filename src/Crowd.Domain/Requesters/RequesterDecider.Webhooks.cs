namespace Crowd.Domain;

/// <content>Where the organisation is told of events.</content>
public static partial class RequesterDecider
{
    /// <summary>Most addresses of an organisation.</summary>
    public const int WebhookLimit = 20;

    /// <summary>Most characters of an address.</summary>
    public const int UrlLength = 2_000;

    /// <summary>Most characters of a reason.</summary>
    public const int ReasonLength = 500;

    /// <summary>The types of events that can be sent, as they stand in the log.</summary>
    public static IReadOnlyList<string> WebhookTypes { get; } =
    [
        "job.created", "job.changed", "job.imported", "job.funded", "job.opened", "job.paused", "job.closing", "job.closed",
        "task.submitted", "task.decided", "task.escalated", "task.settled", "task.appealed", "task.appeal-resolved", "task.revised", "task.closed",
        "decision.requested", "decision.accepted", "decision.held", "decision.vetoed", "decision.fallback-applied", "decision.released", "decision.audited",
        "model.measured", "model.approved", "model.retired", "learning.trained", "learning.training-wanted", "alert.raised", "alert.cleared",
    ];

    /// <summary>Makes an address, or changes where it leads and what is sent. The same again changes nothing.</summary>
    public static Outcome<RequesterEvent[]> SetWebhook(RequesterState state, WebhookId webhook, string url, IReadOnlyList<string> types)
    {
        if (Missing(state) is { } missing)
            return missing;
        var known = state.Webhooks.GetValueOrDefault(webhook);
        EquatableList<string> wanted = [.. types.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (known is not null && known.Url == url && known.Types.Equals(wanted))
            return Nothing;
        if (CheckWebhook(url, wanted) is { Count: > 0 } wrong)
            return Reject.Invalid(wrong);
        return known is null && state.Webhooks.Count >= WebhookLimit
            ? Reject.With(RejectionCode.LimitExceeded, $"An organisation has at most {WebhookLimit} webhooks: remove one first.")
            : One(new RequesterEvent.WebhookSet { Requester = state.Id, Webhook = webhook, Url = url, Types = wanted });
    }

    /// <summary>Stops sending. A second time changes nothing.</summary>
    public static Outcome<RequesterEvent[]> DisableWebhook(RequesterState state, WebhookId webhook, string reason)
    {
        if (Unknown(state, webhook) is { } unknown)
            return unknown;
        if (state.Webhooks[webhook].Disabled)
            return Nothing;
        return string.IsNullOrWhiteSpace(reason) || reason.Length > ReasonLength
            ? Reject.Invalid([new("reason", "length", $"give 1 to {ReasonLength} characters.")])
            : One(new RequesterEvent.WebhookDisabled { Webhook = webhook, Reason = reason });
    }

    /// <summary>Sends again. A second time changes nothing.</summary>
    public static Outcome<RequesterEvent[]> EnableWebhook(RequesterState state, WebhookId webhook) =>
        Unknown(state, webhook) is { } unknown ? unknown
        : state.Webhooks[webhook].Disabled ? One(new RequesterEvent.WebhookEnabled { Webhook = webhook }) : Nothing;

    /// <summary>Has events of the past sent again.</summary>
    public static Outcome<RequesterEvent[]> ReplayWebhook(RequesterState state, WebhookId webhook, long afterPosition)
    {
        if (Unknown(state, webhook) is { } unknown)
            return unknown;
        return afterPosition < 0
            ? Reject.Invalid([new("afterPosition", "range", "give a position of the log: 0 or more.")])
            : One(new RequesterEvent.WebhookReplayed { Webhook = webhook, AfterPosition = afterPosition });
    }

    /// <summary>Has deliveries signed with another secret, each time with a new one.</summary>
    public static Outcome<RequesterEvent[]> ReplaceWebhookSecret(RequesterState state, WebhookId webhook) =>
        Unknown(state, webhook) is { } unknown ? unknown : One(new RequesterEvent.WebhookSecretReplaced { Webhook = webhook });

    /// <summary>Ends it. A second time changes nothing.</summary>
    public static Outcome<RequesterEvent[]> RemoveWebhook(RequesterState state, WebhookId webhook) =>
        Missing(state) is { } missing ? missing
        : state.Webhooks.ContainsKey(webhook) ? One(new RequesterEvent.WebhookRemoved { Webhook = webhook }) : Nothing;

    private static Rejection? Unknown(RequesterState state, WebhookId webhook) =>
        Missing(state) ?? (state.Webhooks.ContainsKey(webhook) ? null : Reject.NotFound("such webhook of yours"));

    private static List<Violation> CheckWebhook(string url, EquatableList<string> types)
    {
        var found = new List<Violation>();
        if (url.Length > UrlLength || !Uri.TryCreate(url, UriKind.Absolute, out var parsed) || parsed.Scheme is not ("https" or "http") || parsed.UserInfo.Length > 0 || parsed.Fragment.Length > 0)
            found.Add(new("url", "form", $"give an address of at most {UrlLength} characters that begins with https:// and has no user name and no fragment."));
        if (types.Count == 0)
            found.Add(new("types", "length", "name at least one type of event."));
        found.AddRange(types.Where(t => !WebhookTypes.Contains(t)).Select(t => new Violation("types", "known", $"'{t}' cannot be sent; these can: {string.Join(", ", WebhookTypes)}.")));
        return found;
    }
}
