using Crowd.Api.Access;
using Crowd.Api.Hosting;
using Crowd.Domain;
using Crowd.Marketplace.Workers;

namespace Crowd.Api.Payments;

/// <summary>Mutations of how a worker is paid. For workers, about themselves.</summary>
public static class PayeeMutations
{
    /// <summary>Opens an account at the payment provider to be paid to. A second time changes nothing.</summary>
    /// <param name="country">Where the worker's bank is: two capital letters of ISO 3166-1.</param>
    public static async Task<bool> OpenPayeeAsync(string country, Caller caller, IGrainFactory grains, Reads reads, CancellationToken cancellationToken)
    {
        var worker = caller.RequireWorker();
        var email = await reads.FirstAsync<string>("select email from people where person_id = @person", new { person = caller.RequirePerson().Value }, cancellationToken)
            ?? throw Refusals.NotFound("e-mail address of yours");
        (await grains.GetGrain<IWorkerGrain>(worker.Value).OpenPayeeAsync(email, country, caller.Actor)).OrThrow();
        return true;
    }

    /// <summary>An address, for one use and for the caller only, where the worker tells the payment provider what it must know.</summary>
    /// <param name="returnTo">Where the worker comes back to: a path on this server.</param>
    /// <param name="refreshTo">Where the worker comes back to when the address was used before or is too old: a path on this server.</param>
    public static async Task<string> OnboardPayeeAsync(Caller caller, IGrainFactory grains, ApiOptions options, string returnTo = "/", string refreshTo = "/") =>
        (await grains.GetGrain<IWorkerGrain>(caller.RequireWorker().Value).OnboardAsync(ReturnAddress.Of(returnTo, options), ReturnAddress.Of(refreshTo, options))).OrThrow().AbsoluteUri;

    /// <summary>Asks the payment provider how the caller's account stands; false when it did not say.</summary>
    public static Task<bool> RefreshPayeeAsync(Caller caller, IGrainFactory grains) => grains.GetGrain<IWorkerGrain>(caller.RequireWorker().Value).RefreshPayeeAsync();

    /// <summary>Has earned money paid out by itself, at most once a day (UTC). Without a threshold it is paid out only when asked for.</summary>
    /// <param name="thresholdMicros">From how much on, at least the least payout; null to end the schedule.</param>
    /// <param name="weekday">Only on this day of the week; null for every day.</param>
    public static async Task<bool> SchedulePayoutsAsync(long? thresholdMicros, DayOfWeek? weekday, Caller caller, IGrainFactory grains, string currency = "USD")
    {
        var worker = caller.RequireWorker();
        if (!Currency.TryParse(currency, out var known))
            throw Refusals.Invalid($"'{currency}' is not a currency: give three letters of ISO 4217.");
        var schedule = thresholdMicros is { } threshold ? new PayoutSchedule(known, threshold, weekday) : null;
        (await grains.GetGrain<IWorkerGrain>(worker.Value).SchedulePayoutsAsync(schedule, caller.Actor)).OrThrow();
        return true;
    }
}
