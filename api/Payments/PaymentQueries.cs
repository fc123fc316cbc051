using Crowd.Api.Access;
using Crowd.Api.Hosting;
using Crowd.Domain;
using Crowd.GraphQL;
using Crowd.Journal;
using Crowd.Marketplace.Payments;
using Crowd.Marketplace.Payouts;

namespace Crowd.Api.Payments;

/// <summary>Who moves the money.</summary>
/// <param name="Provider">The provider's name.</param>
/// <param name="IsReal">False when no real money moves; pages that show amounts must say so then.</param>
[GraphQLName("Payments")]
public sealed record PaymentsView(string Provider, bool IsReal);

/// <summary>How the caller is paid.</summary>
[GraphQLName("Payee")]
public sealed class PayeeView
{
    /// <summary>The account at the payment provider; null when there is none.</summary>
    [GraphQLName("account")]
    public string? Payee { get; set; }

    [GraphQLName("country")]
    public string? PayeeCountry { get; set; }

    [GraphQLIgnore]
    public long? PayeeReady { get; set; }

    [GraphQLIgnore]
    public long? PayeeSubmitted { get; set; }

    [GraphQLIgnore]
    public string? PayoutWeekday { get; set; }

    /// <summary>Payouts can be made to it. With the sandbox they can be made without.</summary>
    public bool Ready => PayeeReady is 1;

    /// <summary>The provider has been told all that it asked for.</summary>
    public bool Submitted => PayeeSubmitted is 1;

    /// <summary>What is missing or wrong, in the provider's words.</summary>
    [GraphQLName("reason")]
    public string? PayeeReason { get; set; }

    /// <summary>From how much on earned money is paid out by itself; null when only asked for.</summary>
    [GraphQLName("scheduleThresholdMicros")]
    public long? PayoutThreshold { get; set; }

    [GraphQLName("scheduleCurrency")]
    public string? PayoutCurrency { get; set; }

    /// <summary>On which day of the week; null for every day.</summary>
    public DayOfWeek? ScheduleWeekday => Enum.TryParse<DayOfWeek>(PayoutWeekday, out var day) ? day : null;
}

/// <summary>Something that the ledger and the payment provider's books do not agree on.</summary>
[GraphQLName("PaymentDifference")]
public sealed class DifferenceView
{
    [GraphQLIgnore]
    public long TouchedAt { get; set; }

    /// <summary>The provider's id of the payment, refund, dispute or transfer.</summary>
    public string Source { get; set; } = "";

    public string Currency { get; set; } = "";

    /// <summary>What it comes to in the ledger, positive for what came in.</summary>
    [GraphQLName("oursMicros")]
    public long Ours { get; set; }

    /// <summary>What it comes to at the provider.</summary>
    [GraphQLName("theirsMicros")]
    public long Theirs { get; set; }

    /// <summary>When either side last changed.</summary>
    [GraphQLName("touchedAt")]
    public DateTimeOffset Touched => Instants.FromMicroseconds(TouchedAt);
}

/// <summary>An event that the payment provider told of.</summary>
[GraphQLName("PaymentEvent")]
public sealed class PaymentEventView
{
    [GraphQLIgnore]
    public string Stream { get; set; } = "";

    [GraphQLIgnore]
    public string EventId { get; set; } = "";

    [GraphQLIgnore]
    public long ReceivedAt { get; set; }

    [GraphQLIgnore]
    public long Fetched { get; set; }

    /// <summary>The provider's id.</summary>
    public string Id => EventId;

    /// <summary>The provider's name for the kind of event.</summary>
    public string Type { get; set; } = "";

    /// <summary>received (waits) or processed.</summary>
    public string Status { get; set; } = "";

    /// <summary>What came of it.</summary>
    public string? Result { get; set; }

    /// <summary>True when its message never came and it was fetched.</summary>
    public bool WasFetched => Fetched == 1;

    [GraphQLName("receivedAt")]
    public DateTimeOffset Received => Instants.FromMicroseconds(ReceivedAt);
}

/// <summary>Queries about the payment provider.</summary>
public static class PaymentQueries
{
    /// <summary>Who moves the money, and whether it is real. For everybody.</summary>
    public static PaymentsView GetPayments(IPaymentProvider payments) => new(payments.Name, payments.IsReal);

    /// <summary>How the caller is paid. For workers.</summary>
    public static async Task<PayeeView> GetMyPayeeAsync(Caller caller, Reads reads, CancellationToken cancellationToken) =>
        await reads.FirstAsync<PayeeView>(
            "select payee, payee_country, payee_ready, payee_submitted, payee_reason, payout_threshold, payout_currency, payout_weekday from workers where worker_id = @worker",
            new { worker = caller.RequireWorker().Value }, cancellationToken) ?? throw Refusals.NotFound("such worker");

    /// <summary>What the ledger and the provider's books do not agree on, what changed in the last quarter of an hour left out; at most 1,000. For administrators.</summary>
    public static async Task<IReadOnlyList<DifferenceView>> GetPaymentDifferencesAsync(
        Caller caller, IPaymentProvider payments, TimeProvider time, Reads reads, CancellationToken cancellationToken)
    {
        caller.RequireAdministrator();
        return !payments.IsExternal
            ? []
            : await reads.ListAsync<DifferenceView>(
                "select source, currency, ours, theirs, touched_at from provider_books where ours <> theirs and touched_at < @before order by touched_at, source limit 1000",
                new { before = (time.GetUtcNow() - Reconciler.Grace).ToMicroseconds() }, cancellationToken);
    }

    /// <summary>Events that the provider told of and that wait or were processed, by their ids. For administrators.</summary>
    /// <param name="waiting">Only those that wait to be processed.</param>
    public static async Task<Connection<PaymentEventView>> GetPaymentEventsAsync(
        int? first, string? after, int? last, string? before, Caller caller, Reads reads, CancellationToken cancellationToken, bool waiting = false)
    {
        caller.RequireAdministrator();
        var page = Page.From(first, after, last, before);
        var (compare, order) = page.IsBackward ? ("<", "desc") : (">", "asc");
        var filter = waiting ? "status = 'received'" : "1 = 1";
        var rows = await reads.ListAsync<PaymentEventView>(
            $"select stream, event_id, type, status, result, fetched, received_at from inbox where {filter}{(page.Cursor is null ? "" : $" and stream {compare} @cursor")} order by stream {order} limit @limit",
            new { cursor = page.Cursor, limit = page.Limit }, cancellationToken);
        return page.Of(rows, e => e.Stream, async token => (int)await reads.FirstAsync<long>($"select count(*) from inbox where {filter}", null, token));
    }
}

/// <summary>Mutations about the payment provider. For administrators.</summary>
public static class PaymentMutations
{
    /// <summary>Fetches missed events and the provider's books and compares them with the ledger now; gives how many differences there are.</summary>
    public static async Task<int> ReconcilePaymentsAsync(Caller caller, Reconciler reconciler, CancellationToken cancellationToken)
    {
        caller.RequireAdministrator();
        try
        {
            return (await reconciler.RunAsync(cancellationToken)).Count;
        }
        catch (ProviderUnavailableException e)
        {
            throw new GraphQLException($"The payment provider could not be asked: {e.Message}", "UNAVAILABLE");
        }
    }

    /// <summary>Books a payout that the provider had refused and that was found to have left all the same. The worker owes it: later earnings go to it first.</summary>
    /// <param name="reference">The provider's id of the transfer.</param>
    /// <param name="reason">Why; 1 to 500 characters.</param>
    public static async Task<bool> CorrectPayoutAsync(PayoutId payout, string reference, string reason, Caller caller, IGrainFactory grains)
    {
        caller.RequireAdministrator();
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > TaskDecider.ReasonLength)
            throw Refusals.Invalid($"Give a reason of 1 to {TaskDecider.ReasonLength} characters.");
        (await grains.GetGrain<IPayoutGrain>(payout.Value).FindAsync(reference, reason, caller.Actor)).OrThrow();
        return true;
    }
}
