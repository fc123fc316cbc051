using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;

namespace Crowd.Payments;

/// <summary>
/// Sends calls to Stripe and says what came of them. A call is repeated under its idempotency key while that may help, at most
/// <see cref="StripeOptions.MaxAttempts"/> times; exceptions of the network end here. Safe for concurrent use.
/// </summary>
/// <param name="handler">Owned: disposed of with the connection.</param>
internal sealed partial class StripeConnection(HttpMessageHandler handler, StripeOptions options, TimeProvider time, Random random, ILogger logger) : IDisposable
{
    /// <summary>The version of the API that requests and webhook endpoints use.</summary>
    public const string ApiVersion = "2026-10-28.endive";

    /// <summary>Bytes of a reply that are read; a longer one counts as lost.</summary>
    public const int MaxReplyBytes = 4 * 1024 * 1024;

    private static readonly MediaTypeHeaderValue FormType = new("application/x-www-form-urlencoded");

    private readonly AuthenticationHeaderValue _authorization = new("Bearer", options.ApiKey);
    private readonly Uri _base = new(options.ApiBase);

    // Time-outs are ours, by the clock that is injected.
    private readonly HttpClient _http = new(handler) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = MaxReplyBytes };

    /// <summary>Makes the call.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; whether the call had its effect is not known.</exception>
    public async Task<StripeReply<T>> SendAsync<T>(StripeRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (reply, again, retryAfter) = await TryAsync(request, type, cancellationToken);
            if (!again || attempt >= options.MaxAttempts)
                return reply;
            var delay = StripeRetry.Delay(attempt, Chance(), retryAfter);
            if (delay > StripeRetry.LongestRetryAfter)
                return reply;
            LogAgain(logger, request.Method.Method, request.Path, attempt, delay.TotalMilliseconds);
            await Task.Delay(delay, time, cancellationToken);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<Attempt<T>> TryAsync<T>(StripeRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var message = Message(request);
        try
        {
            using var response = await _http.SendAsync(message, HttpCompletionOption.ResponseContentRead, either.Token);
            var body = await response.Content.ReadAsByteArrayAsync(either.Token);
            return Read(request, response, body, type);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            LogLost(logger, request.Method.Method, request.Path, "timeout");
            return new(new StripeReply<T>.Lost("timeout: Stripe did not answer in time."), true, null);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            var error = e is HttpRequestException { HttpRequestError: var kind } ? kind.ToString() : e.GetType().Name;
            LogLost(logger, request.Method.Method, request.Path, error);
            return new(new StripeReply<T>.Lost($"connection: the connection to Stripe was lost ({error})."), true, null);
        }
    }

    private HttpRequestMessage Message(StripeRequest request)
    {
        var form = request.Form?.Encode() ?? "";
        var post = request.Method == HttpMethod.Post;
        var message = new HttpRequestMessage(request.Method, new Uri(_base, post || form.Length == 0 ? request.Path : $"{request.Path}?{form}"));
        message.Headers.Authorization = _authorization;
        message.Headers.Accept.Add(new("application/json"));
        message.Headers.UserAgent.Add(new("Crowd", "0.1"));
        message.Headers.Add("Stripe-Version", ApiVersion);
        if (request.Account is { } account)
            message.Headers.Add("Stripe-Account", account);
        if (request.IdempotencyKey is { } key)
            message.Headers.Add("Idempotency-Key", key);
        if (post)
        {
            message.Content = new ByteArrayContent(Encoding.ASCII.GetBytes(form));
            message.Content.Headers.ContentType = FormType;
        }

        return message;
    }

    private Attempt<T> Read<T>(StripeRequest request, HttpResponseMessage response, byte[] body, JsonTypeInfo<T> type)
    {
        var id = Header(response, "Request-Id") ?? "none";
        if (response.IsSuccessStatusCode)
        {
            var value = Parse(body, type);
            if (value is not null)
            {
                LogDone(logger, request.Method.Method, request.Path, (int)response.StatusCode, id);
                return new(new StripeReply<T>.Given(value), false, null);
            }

            LogUnreadable(logger, request.Method.Method, request.Path, (int)response.StatusCode, id);
            return new(new StripeReply<T>.Lost($"unreadable: Stripe's reply cannot be read (request {id})."), true, null);
        }

        // Only an error in Stripe's form is Stripe's word: a proxy on the way refuses without it.
        var error = Parse(body, StripeJson.Default.StripeErrorBody)?.Error;
        LogError(logger, request.Method.Method, request.Path, (int)response.StatusCode, error?.Name ?? "unreadable", id);
        if (error is not null && StripeRetry.Definite(response.StatusCode))
            return new(new StripeReply<T>.Refused(error), Header(response, "Stripe-Should-Retry") == "true", RetryAfter(response));
        return new(
            new StripeReply<T>.Lost($"{error?.Name ?? "unreadable"}: Stripe answered {(int)response.StatusCode} (request {id})."),
            StripeRetry.Again(response.StatusCode, Header(response, "Stripe-Should-Retry")), RetryAfter(response));
    }

    private static T? Parse<T>(byte[] body, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(body, type);
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } wait } => wait,
        { Date: { } date } when date > time.GetUtcNow() => date - time.GetUtcNow(),
        _ => null,
    };

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    private double Chance()
    {
        // The source is shared and not safe for concurrent use.
        lock (random)
            return random.NextDouble();
    }

    private readonly record struct Attempt<T>(StripeReply<T> Reply, bool Again, TimeSpan? RetryAfter);
}
