using Crowd.Domain;
using Crowd.Journal;
using Crowd.Marketplace.Requesters;
using Crowd.Marketplace.Tables;

namespace Crowd.Api.Webhooks;

/// <summary>
/// Follows the log and puts what webhooks are to be told among the deliveries. After a crash some events come again and are sent again: receivers know
/// a delivery by its position.
/// </summary>
internal sealed class WebhookFollower(IJournal journal, IGrainFactory grains, WebhookOptions options, TimeProvider time, Action waiting)
{
    public const string Name = "webhooks";

    private const int Page = 500;
    private const int MostJobs = 100_000;

    private readonly Dictionary<string, Endpoint> _endpoints = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _requesters = new(StringComparer.Ordinal);

    /// <summary>Reads the webhooks there are. Once, before the first event.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await foreach (var row in journal.ScanAsync(WebhooksTable.Table, cancellationToken))
        {
            _endpoints[row.Key[0].Text] = new(row.Columns[WebhooksTable.RequesterId].Text, [.. row.Columns[WebhooksTable.Types].Text.Split(',')])
            {
                Disabled = !row.Columns[WebhooksTable.DisabledAt].IsNull,
            };
        }
    }

    /// <summary>Handles events in order.</summary>
    public async Task HandleAsync(IReadOnlyList<StoredEvent> events, CancellationToken cancellationToken)
    {
        var rows = new List<RowChange>();
        foreach (var stored in events)
        {
            if (stored.Type.StartsWith("requester.webhook-", StringComparison.Ordinal))
            {
                await WriteAsync(rows, cancellationToken);
                await ChangeAsync(stored, cancellationToken);
            }
            else if (_endpoints.Count > 0 && RequesterDecider.WebhookTypes.Contains(stored.Type))
            {
                await AddAsync(rows, stored, _endpoints, cancellationToken);
            }
        }

        await WriteAsync(rows, cancellationToken);
    }

    private async Task ChangeAsync(StoredEvent stored, CancellationToken cancellationToken)
    {
        switch (EventTypes.Read(stored.Type, stored.Data.Span))
        {
            case RequesterEvent.WebhookSet w:
                var disabled = _endpoints.TryGetValue(w.Webhook.Value, out var known) && known.Disabled;
                _endpoints[w.Webhook.Value] = new(w.Requester.Value, [.. w.Types]) { Disabled = disabled };
                break;
            case RequesterEvent.WebhookDisabled w when _endpoints.TryGetValue(w.Webhook.Value, out var endpoint):
                endpoint.Disabled = true;
                break;
            case RequesterEvent.WebhookEnabled w when _endpoints.TryGetValue(w.Webhook.Value, out var endpoint):
                endpoint.Disabled = false;
                await EachRowAsync(w.Webhook, "waiting", row => RowChange.Put(DeliveriesTable.Table, [.. row.Key],
                    DeliveriesTable.Attempts.Set(0L), DeliveriesTable.DueAt.Set(0L), DeliveriesTable.FailingSince.Set(default)), cancellationToken);
                waiting();
                break;
            case RequesterEvent.WebhookReplayed w when _endpoints.TryGetValue(w.Webhook.Value, out var endpoint):
                await ReplayAsync(w, endpoint, stored.Position, cancellationToken);
                break;
            case RequesterEvent.WebhookRemoved w:
                _endpoints.Remove(w.Webhook.Value);
                foreach (var status in (string[])["waiting", "delivered"])
                    await EachRowAsync(w.Webhook, status, row => RowChange.Delete(DeliveriesTable.Table, [.. row.Key]), cancellationToken);
                break;
        }
    }

    /// <summary>Puts the events of the past among the deliveries again, up to the one that asks for it.</summary>
    private async Task ReplayAsync(RequesterEvent.WebhookReplayed replay, Endpoint endpoint, long until, CancellationToken cancellationToken)
    {
        var only = new Dictionary<string, Endpoint>(StringComparer.Ordinal) { [replay.Webhook.Value] = endpoint };
        IReadOnlyList<StoredEvent> events;
        for (var after = replay.AfterPosition; after < until; after = events[^1].Position)
        {
            events = await journal.ReadLogAsync(after, Page, cancellationToken);
            if (events.Count == 0)
                break;
            var rows = new List<RowChange>();
            foreach (var stored in events.Where(e => e.Position < until && RequesterDecider.WebhookTypes.Contains(e.Type)))
                await AddAsync(rows, stored, only, cancellationToken);
            await WriteAsync(rows, cancellationToken);
        }
    }

    private async Task AddAsync(List<RowChange> rows, StoredEvent stored, Dictionary<string, Endpoint> endpoints, CancellationToken cancellationToken)
    {
        var job = JobOf(stored);
        var requester = await RequesterOfAsync(job, cancellationToken);
        foreach (var (webhook, endpoint) in endpoints)
        {
            if (endpoint.Disabled || endpoint.Requester != requester || !endpoint.Types.Contains(stored.Type))
                continue;
            rows.Add(RowChange.Put(DeliveriesTable.Table, [webhook, stored.Position],
                DeliveriesTable.JobId.Set(job), DeliveriesTable.Type.Set(stored.Type), DeliveriesTable.Status.Set("waiting"), DeliveriesTable.Attempts.Set(0L),
                DeliveriesTable.DueAt.Set(0L), DeliveriesTable.FailingSince.Set(default), DeliveriesTable.Answer.Set(default), DeliveriesTable.EndedAt.Set(default)));
            if (++endpoint.Added >= options.MostWaiting)
                await LimitAsync(webhook, endpoint, cancellationToken);
        }
    }

    /// <summary>Disables a webhook for which too much waits.</summary>
    private async Task LimitAsync(string webhook, Endpoint endpoint, CancellationToken cancellationToken)
    {
        var waitingRows = 0L;
        IReadOnlyList<Value>? after = null;
        IReadOnlyList<Row> rows;
        do
        {
            rows = await journal.ReadRowsAsync(new(DeliveriesTable.Table) { Where = [("status", "waiting"), ("webhook_id", webhook)], After = after, Limit = Page * 20 }, cancellationToken);
            waitingRows += rows.Count;
            after = rows.Count > 0 ? rows[^1].Key : null;
        }
        while (rows.Count == Page * 20 && waitingRows < options.MostWaiting);
        endpoint.Added = (int)waitingRows;
        if (waitingRows < options.MostWaiting)
            return;
        endpoint.Disabled = true;
        await grains.GetGrain<IRequesterGrain>(endpoint.Requester)
            .DisableWebhookAsync(WebhookId.From(webhook), $"More than {options.MostWaiting} deliveries wait: the receiver is too slow.", Name);
    }

    /// <summary>The job that the event belongs to. A job's own events have its stream.</summary>
    private static string JobOf(StoredEvent stored) => stored.Type.StartsWith("job.", StringComparison.Ordinal) ? stored.Stream : EventTypes.Read(stored.Type, stored.Data.Span) switch
    {
        TaskEvent task => task.Job.Value,
        DecisionEvent decision => decision.Job.Value,
        ModelEvent model => model.Job.Value,
        LearningEvent learning => learning.Job.Value,
        AlertEvent alert => alert.Job.Value,
        var other => throw new InvalidOperationException($"{other.GetType().Name} is of no job."),
    };

    private async Task<string> RequesterOfAsync(string job, CancellationToken cancellationToken)
    {
        if (_requesters.TryGetValue(job, out var known))
            return known;
        if (_requesters.Count >= MostJobs)
            _requesters.Clear();
        var row = await journal.ReadRowAsync(JobsTable.Table, [job], cancellationToken);
        return _requesters[job] = row?.Columns[JobsTable.RequesterId].Text ?? "";
    }

    private async Task EachRowAsync(WebhookId webhook, string status, Func<Row, RowChange> change, CancellationToken cancellationToken)
    {
        IReadOnlyList<Value>? after = null;
        IReadOnlyList<Row> rows;
        do
        {
            rows = await journal.ReadRowsAsync(new(DeliveriesTable.Table) { Where = [("status", status), ("webhook_id", webhook.Value)], After = after, Limit = Page }, cancellationToken);
            await WriteAsync([.. rows.Select(change)], cancellationToken);
            after = rows.Count > 0 ? rows[^1].Key : null;
        }
        while (rows.Count == Page);
    }

    private async Task WriteAsync(List<RowChange> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
            return;
        await journal.AppendAsync(new() { Stream = Name, ExpectedVersion = 0, At = time.GetUtcNow(), Actor = Name, Events = [], Changes = [.. rows] }, cancellationToken);
        rows.Clear();
        waiting();
    }

    private sealed record Endpoint(string Requester, HashSet<string> Types)
    {
        public bool Disabled { get; set; }

        /// <summary>Deliveries added since they were last counted.</summary>
        public int Added { get; set; }
    }
}
