using System.Text.Json;
using Crowd.Api.Access;
using Crowd.Api.Audit;
using Crowd.Api.Hosting;
using Crowd.Domain;
using Crowd.Journal;
using Crowd.Marketplace.Requesters;
using Crowd.Marketplace.Tables;

namespace Crowd.Api.Webhooks;

/// <summary>
/// Sends what waits: of every webhook and job one delivery after the other, in the order of the log; different jobs side by side. A delivery that fails is tried
/// again later, and what comes after it on its job waits with it.
/// </summary>
internal sealed partial class WebhookDispatcher(
    Reads reads, IJournal journal, IGrainFactory grains, WebhookSender sender, WebhookOptions options, AssignmentSeal seal, TimeProvider time, ILogger<WebhookDispatcher> logger)
{
    /// <summary>Most jobs that are sent from at a time.</summary>
    private const int Lanes = 32;

    /// <summary>Most deliveries that one job sends before others have their turn.</summary>
    private const int Run = 100;

    /// <summary>Sends what is due; gives whether there was anything.</summary>
    public async Task<bool> SendDueAsync(CancellationToken cancellationToken)
    {
        await seal.OpenAsync(cancellationToken);
        var lanes = await reads.ListAsync<LaneRow>(
            """
            select d.webhook_id, d.job_id, w.url, w.requester_id, s.secret
            from (select webhook_id, job_id, min(position) as position from webhook_deliveries where status = 'waiting' group by webhook_id, job_id) l
            join webhook_deliveries d on d.webhook_id = l.webhook_id and d.position = l.position
            join webhooks w on w.webhook_id = d.webhook_id
            join webhook_secrets s on s.webhook_id = d.webhook_id
            where d.due_at <= @now and w.disabled_at is null order by d.due_at, d.position limit @limit
            """, new { now = time.GetUtcNow().ToMicroseconds(), limit = Lanes }, cancellationToken);
        await Task.WhenAll(lanes.Select(lane => SendAsync(lane, cancellationToken)));
        return lanes.Count > 0;
    }

    /// <summary>Forgets deliveries that are long over.</summary>
    public async Task ForgetAsync(CancellationToken cancellationToken)
    {
        var before = (time.GetUtcNow() - options.KeepDeliveries).ToMicroseconds();
        IReadOnlyList<DeliveryRow> old;
        do
        {
            old = await reads.ListAsync<DeliveryRow>(
                "select webhook_id, position from webhook_deliveries where status = 'delivered' and ended_at < @before limit 1000", new { before }, cancellationToken);
            await WriteAsync([.. old.Select(o => RowChange.Delete(DeliveriesTable.Table, o.WebhookId, o.Position))], cancellationToken);
        }
        while (old.Count == 1_000);
    }

    private async Task SendAsync(LaneRow lane, CancellationToken cancellationToken)
    {
        var rows = await reads.ListAsync<DeliveryRow>(
            $"""
            select d.webhook_id, d.attempts, d.failing_since, {string.Join(", ", LogEntry.Columns.Split(", ").Select(c => "e." + c))}
            from webhook_deliveries d join events e on e.position = d.position
            where d.status = 'waiting' and d.webhook_id = @webhook and d.job_id = @job order by d.position limit @run
            """, new { webhook = lane.WebhookId, job = lane.JobId, run = Run }, cancellationToken);
        foreach (var row in rows)
        {
            var (taken, answer) = await sender.SendAsync(new(lane.Url), lane.Secret, lane.WebhookId, row.Position, row.Type, Body(lane, row), cancellationToken);
            if (!taken)
            {
                await FailAsync(lane, row, answer, cancellationToken);
                return;
            }

            await WriteAsync(
                [
                    RowChange.Put(DeliveriesTable.Table, [lane.WebhookId, row.Position],
                        DeliveriesTable.Status.Set("delivered"), DeliveriesTable.Attempts.Add(1), DeliveriesTable.Answer.Set(answer), DeliveriesTable.EndedAt.Set(time.GetUtcNow())),
                ], cancellationToken);
        }
    }

    private async Task FailAsync(LaneRow lane, DeliveryRow row, string answer, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var since = row.FailingSince is { } known ? Instants.FromMicroseconds(known) : now;
        await WriteAsync(
            [
                RowChange.Put(DeliveriesTable.Table, [lane.WebhookId, row.Position],
                    DeliveriesTable.Attempts.Add(1), DeliveriesTable.DueAt.Set(now + options.RetryAfter((int)row.Attempts + 1)), DeliveriesTable.FailingSince.Set(since),
                    DeliveriesTable.Answer.Set(answer)),
            ], cancellationToken);
        LogFailed(lane.WebhookId, row.Position, row.Attempts + 1);
        if (now - since < options.DisableAfter)
            return;
        await grains.GetGrain<IRequesterGrain>(lane.RequesterId).DisableWebhookAsync(
            WebhookId.From(lane.WebhookId), $"Delivery {row.Position} has failed since {since:yyyy-MM-dd HH:mm} UTC, {row.Attempts + 1} times; the last time: {answer}.", WebhookFollower.Name);
        LogDisabled(lane.WebhookId);
    }

    private byte[] Body(LaneRow lane, DeliveryRow row) => JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
    {
        ["position"] = row.Position,
        ["type"] = row.Type,
        ["at"] = row.At,
        ["actor"] = row.Actor,
        ["job"] = lane.JobId,
        ["stream"] = row.Stream,
        ["version"] = row.Version,
        ["data"] = JsonSerializer.Deserialize(seal.CloseAll(row.DataText), ApiJson.Default.JsonElement), // ids as the API knows them
    }, WebhookJson.Default.DictionaryStringObject);

    /// <summary>What is sent to try a webhook: of the same form, and about no job.</summary>
    internal static byte[] TestBody(DateTimeOffset at, string actor) => JsonSerializer.SerializeToUtf8Bytes(
        new Dictionary<string, object> { ["position"] = 0L, ["type"] = "webhook.test", ["at"] = at, ["actor"] = actor, ["data"] = JsonSerializer.Deserialize("{}", ApiJson.Default.JsonElement) },
        WebhookJson.Default.DictionaryStringObject);

    private Task WriteAsync(RowChange[] rows, CancellationToken cancellationToken) => rows.Length == 0
        ? Task.CompletedTask
        : journal.AppendAsync(new() { Stream = WebhookFollower.Name, ExpectedVersion = 0, At = time.GetUtcNow(), Actor = WebhookFollower.Name, Events = [], Changes = rows }, cancellationToken);

    [LoggerMessage(EventId = 4101, Level = LogLevel.Information, Message = "Webhook {Webhook} did not take delivery {Position}; attempt {Attempt}.")]
    private partial void LogFailed(string webhook, long position, long attempt);

    [LoggerMessage(EventId = 4102, Level = LogLevel.Warning, Message = "Webhook {Webhook} was disabled.")]
    private partial void LogDisabled(string webhook);

    private sealed class LaneRow
    {
        public string WebhookId { get; set; } = "";

        public string JobId { get; set; } = "";

        public string Url { get; set; } = "";

        public string RequesterId { get; set; } = "";

        public string Secret { get; set; } = "";
    }

    private sealed class DeliveryRow
    {
        public string WebhookId { get; set; } = "";

        public long Position { get; set; }

        public long Attempts { get; set; }

        public long? FailingSince { get; set; }

        public string Stream { get; set; } = "";

        public long Version { get; set; }

        public string Type { get; set; } = "";

        public long AtMicros { get; set; }

        public string Actor { get; set; } = "";

        public string DataText { get; set; } = "";

        public DateTimeOffset At => Instants.FromMicroseconds(AtMicros);
    }
}
