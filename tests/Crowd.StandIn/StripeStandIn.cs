using System.Text.Json.Nodes;

namespace Crowd.StandIn;

/// <summary>
/// A Stripe for tests: the calls that Crowd makes, with state and books of its own, idempotency keys as documented
/// (https://docs.stripe.com/api/idempotent_requests), webhooks and every fault of a network. All of it follows from the seeds and the requests. One lock;
/// safe for concurrent use through <see cref="Handle"/>, the handler and the server.
/// </summary>
public sealed partial class StripeStandIn
{
    private readonly Lock _lock = new();
    private readonly StandInOptions _options;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, JsonObject> _objects = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Remembered> _keys = new(StringComparer.Ordinal);
    private readonly List<(int Due, StandInRequest Request, Remembered Entry)> _late = [];
    private int _requests;

    /// <param name="random">Draws what happens to webhooks; used by the stand-in alone.</param>
    public StripeStandIn(StandInOptions options, TimeProvider time, Random random)
    {
        _options = options;
        _time = time;
        Webhooks = new(options, time, random);
    }

    /// <summary>The stand-in's books.</summary>
    public StandInBooks Books { get; } = new();

    /// <summary>Events on their way.</summary>
    public StandInWebhooks Webhooks { get; }

    /// <summary>Requests that arrived, those that failed before their effect included.</summary>
    public int Requests => _requests;

    /// <summary>Answers a request without the network. Late requests that are due have their effect first.</summary>
    public StandInReply Handle(StandInRequest request)
    {
        lock (_lock)
        {
            Advance();
            return Answer(request);
        }
    }

    /// <summary>Late requests have their effect now, as when time has passed.</summary>
    public void Settle()
    {
        lock (_lock)
            Run(due: int.MaxValue);
    }

    /// <summary>Whether an object exists, for example a transfer.</summary>
    public bool Has(string id) => _objects.ContainsKey(id);

    /// <summary>A copy of the object.</summary>
    public JsonObject Get(string id)
    {
        lock (_lock)
            return (JsonObject)Find("object", id).DeepClone();
    }

    /// <summary>Copies of all objects of a kind, for example <c>transfer</c>, oldest first.</summary>
    public IReadOnlyList<JsonObject> All(string kind)
    {
        lock (_lock)
            return [.. _objects.Values.Where(o => Text(o, "object") == kind).Select(o => (JsonObject)o.DeepClone())];
    }

    /// <summary>The fault of the request, and what it would be answered after the effect; null when it does not get that far.</summary>
    internal (StandInFault Fault, StandInReply? Reply) Receive(StandInRequest request)
    {
        lock (_lock)
        {
            Advance();
            var fault = _options.Fault(request);
            switch (fault)
            {
                case StandInFault.NoConnection or StandInFault.TimeoutBefore:
                    return (fault, null);
                case StandInFault.RateLimited:
                    return (fault, Reply(StandInError.RateLimited()) with { RetryAfter = 1 });
                case StandInFault.Unavailable:
                    return (fault, new(503, "<html>upstream unavailable</html>", NextId("req")));
                case StandInFault.Late when request.Method == "POST" && request.IdempotencyKey is { } key && !IsRemembered(request, key):
                    var entry = new Remembered(Fingerprint(request), _time.GetUtcNow());
                    _keys[KeyOf(request, key)] = entry;
                    _late.Add((_requests + _options.Lateness(), request, entry));
                    return (fault, null);
                case StandInFault.ErrorBefore or StandInFault.ErrorAfter when request.Method == "POST":
                    return (fault, Answer(request, fault));
                default:
                    return (fault, Answer(request));
            }
        }
    }

    private void Advance()
    {
        _requests++;
        Run(_requests);
    }

    private void Run(int due)
    {
        for (var i = 0; i < _late.Count;)
        {
            var (when, request, entry) = _late[i];
            if (when > due)
            {
                i++;
                continue;
            }

            _late.RemoveAt(i);
            entry.Reply = Execute(request, out var saved);
            // The key lives from its effect on, so that it cannot be forgotten with the effect just made.
            entry.At = _time.GetUtcNow();
            if (!saved)
                _keys.Remove(KeyOf(request, request.IdempotencyKey!));
        }
    }

    private StandInReply Answer(StandInRequest request, StandInFault fault = StandInFault.None)
    {
        if (request.Authorization != $"Bearer {_options.ApiKey}")
            return Reply(StandInError.Unauthorized());
        if (request.Method != "POST" || request.IdempotencyKey is not { } key)
            return Execute(request, out _);

        if (IsRemembered(request, key))
        {
            var before = _keys[KeyOf(request, key)];
            if (before.Reply is null)
                return Reply(StandInError.KeyInUse(key));
            return before.Fingerprint == Fingerprint(request)
                ? before.Reply with { Replayed = true, RequestId = NextId("req"), ShouldRetry = before.Reply.Status >= 500 ? false : null }
                : Reply(StandInError.KeyReused(key));
        }

        var saved = true;
        var reply = fault == StandInFault.ErrorBefore ? Reply(StandInError.Fault()) : Execute(request, out saved);
        if (fault == StandInFault.ErrorAfter && reply.Status < 300)
            reply = Reply(StandInError.Fault());
        if (saved)
            _keys[KeyOf(request, key)] = new(Fingerprint(request), _time.GetUtcNow()) { Reply = reply };
        return reply;
    }

    private StandInReply Execute(StandInRequest request, out bool saved)
    {
        try
        {
            saved = true;
            return new(200, Route(request).ToJsonString(), NextId("req"));
        }
        catch (StandInError error)
        {
            saved = error.Saved;
            return Reply(error);
        }
    }

    private JsonObject Route(StandInRequest request)
    {
        var form = new StandInForm(request.Form);
        var get = request.Method == "GET";
        var post = request.Method == "POST";
        return request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries) switch
        {
            ["v1", "checkout", "sessions"] when post => CreateSession(form),
            ["v1", "checkout", "sessions", var id] when get => Find("checkout.session", id),
            ["v1", "checkout", "sessions", var id, "expire"] when post => ExpireSession(form, id),
            ["v1", "payment_intents"] when post => CreatePayment(form),
            ["v1", "payment_intents", var id] when get => Find("payment_intent", id),
            ["v1", "refunds"] when post => CreateRefund(form),
            ["v1", "refunds"] when get => ListRefunds(form),
            ["v1", "refunds", var id] when get => Find("refund", id),
            ["v1", "disputes", var id] when get => Find("dispute", id),
            ["v1", "accounts"] when post => CreateAccount(form),
            ["v1", "accounts", var id] when get => Find("account", id),
            ["v1", "account_links"] when post => CreateAccountLink(form),
            ["v1", "transfers"] when post => CreateTransfer(form),
            ["v1", "transfers"] when get => ListTransfers(form),
            ["v1", "transfers", var id] when get => Find("transfer", id),
            ["v1", "transfers", var id, "reversals"] when post => CreateReversal(form, id),
            ["v1", "transfers", var id, "reversals"] when get => ListReversals(form, id),
            ["v1", "payouts"] when get => ListPayouts(form, request.Account),
            ["v1", "payouts", var id] when get => FindPayout(id, request.Account),
            ["v1", "events"] when get => ListEvents(form, request.Account),
            ["v1", "events", var id] when get => FindEvent(id, request.Account),
            ["v1", "balance_transactions"] when get => ListEntries(form, request.Account),
            _ => throw new StandInError(404, "invalid_request_error", null, $"Unrecognized request URL ({request.Method}: {request.Path}).", null, saved: false),
        };
    }

    private bool IsRemembered(StandInRequest request, string key)
    {
        if (!_keys.TryGetValue(KeyOf(request, key), out var before))
            return false;
        if (before.Reply is null || _time.GetUtcNow() - before.At < _options.KeyLifetime)
            return true;
        _keys.Remove(KeyOf(request, key));
        return false;
    }

    private StandInReply Reply(StandInError error) => new(error.Status, error.Body, NextId("req"));

    private static string KeyOf(StandInRequest request, string key) => $"{request.Account}|{key}";

    private static string Fingerprint(StandInRequest request) => $"{request.Method} {request.Path} {request.Form}";

    private sealed class Remembered(string fingerprint, DateTimeOffset at)
    {
        public string Fingerprint => fingerprint;

        public DateTimeOffset At { get; set; } = at;

        /// <summary>Null while the request is under way.</summary>
        public StandInReply? Reply { get; set; }
    }
}
