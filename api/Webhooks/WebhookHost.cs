using System.Text.Json;
using System.Text.Json.Serialization;
using Crowd.Api.Access;
using Crowd.Api.Hosting;
using Crowd.Journal;
using Crowd.Silo.Hosting;

namespace Crowd.Api.Webhooks;

/// <summary>Follows the log and sends to webhooks while this process is the active one; of several that serve together, one does.</summary>
internal sealed partial class WebhookHost(
    JournalStore store, IGrainFactory grains, Reads reads, WebhookSender sender, WebhookOptions options, AssignmentSeal seal, ServerState state, TimeProvider time, ILoggerFactory loggers) : BackgroundService
{
    /// <summary>How often retries are looked for when nothing new comes.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan BetweenForgetting = TimeSpan.FromHours(1);

    private readonly SemaphoreSlim _waiting = new(0, 1);
    private readonly ILogger _logger = loggers.CreateLogger<WebhookHost>();

    public override void Dispose()
    {
        _waiting.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await state.WhenActive.WaitAsync(stoppingToken);
            while (true)
            {
                await using var lease = await store.RoleOf(WebhookFollower.Name).AcquireAsync(stoppingToken);
                using var ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lease.Lost);
                await SendAsync(ending.Token, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops; what waits is sent by the next active one.
        }
    }

    /// <summary>Sends until the token fires.</summary>
    private async Task SendAsync(CancellationToken ending, CancellationToken stoppingToken)
    {
        try
        {
            var journal = store.Journal;
            var follower = new WebhookFollower(journal, grains, options, time, Signal);
            await follower.LoadAsync(ending);
            var following = new LogFollower(journal, WebhookFollower.Name, follower.HandleAsync, new(), time, loggers).RunAsync(ending);
            await DispatchAsync(new(reads, journal, grains, sender, options, seal, time, loggers.CreateLogger<WebhookDispatcher>()), ending);
            await following;
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested && !stoppingToken.IsCancellationRequested)
        {
            // Another process may send now; this one waits for its turn.
        }
    }

    private async Task DispatchAsync(WebhookDispatcher dispatcher, CancellationToken stoppingToken)
    {
        var forgot = DateTimeOffset.MinValue;
        while (true)
        {
            try
            {
                if (time.GetUtcNow() - forgot >= BetweenForgetting)
                {
                    await dispatcher.ForgetAsync(stoppingToken);
                    forgot = time.GetUtcNow();
                }

                while (await dispatcher.SendDueAsync(stoppingToken))
                {
                    // There may be more.
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogRound(e);
            }

            var retry = options.FirstRetry < LongestWait ? options.FirstRetry : LongestWait;
            await _waiting.WaitAsync(retry, stoppingToken);
        }
    }

    private void Signal()
    {
        try
        {
            _waiting.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is known already.
        }
    }

    [LoggerMessage(EventId = 4100, Level = LogLevel.Warning, Message = "A round of webhook deliveries failed; the next one tries again.")]
    private partial void LogRound(Exception exception);
}

/// <summary>JSON of deliveries.</summary>
[JsonSerializable(typeof(Dictionary<string, object>))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(DateTimeOffset))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class WebhookJson : JsonSerializerContext;
