using Crowd.Domain;
using Crowd.Marketplace.Ledger;

namespace Crowd.Marketplace.Workers;

/// <content>The account that the worker is paid to, and payouts asked for and scheduled.</content>
internal sealed partial class WorkerGrain
{
    public async Task<Outcome<PayoutId>> RequestPayoutAsync(PayoutId payout, long? amountMicros, Currency currency, string actor)
    {
        if (!State.Registered)
            return Reject.NotFound("such worker");
        var (earned, owed) = await ReadAccountAsync(currency);
        Money? amount = amountMicros is { } micros ? new(micros, currency) : null;
        return await DecideAsync(WorkerDecider.RequestPayout(State, payout, amount, earned, owed, payments.IsExternal), actor, Log.Now, () => payout);
    }

    public async Task PayOutIfDueAsync()
    {
        if (State.Schedule is not { } schedule)
            return;
        var (earned, owed) = await ReadAccountAsync(schedule.Currency);
        var now = Log.Now;
        if (WorkerDecider.IsDue(State, earned, owed, now))
        {
            var decided = WorkerDecider.RequestPayout(State, ids.Next<PayoutId>(), null, earned, owed, payments.IsExternal, DateOnly.FromDateTime(now.UtcDateTime));
            await DecideAsync(decided, "schedule", now); // refused as long as the account is not ready: it is due again an hour later
        }
    }

    public Task<Outcome<Done>> SchedulePayoutsAsync(PayoutSchedule? schedule, string actor) => DecideAsync(WorkerDecider.SchedulePayouts(State, schedule), actor, Log.Now);

    public async Task<Outcome<Done>> OpenPayeeAsync(string email, string country, string actor)
    {
        if (WorkerDecider.MayOpenPayee(State, country) is { } refused)
            return refused;
        if (State.Payee is null)
        {
            switch (await payments.OpenPayeeAsync(State.Id, email, country, CancellationToken.None))
            {
                case ProviderAnswer<string>.Got got:
                    await DecideAsync(WorkerDecider.OpenPayee(State, got.Value, country), actor, Log.Now);
                    break;
                case ProviderAnswer<string>.Refused no:
                    return Reject.Invalid([new("country", "provider", no.Reason)]);
                default:
                    return NotKnown;
            }
        }

        await RefreshPayeeAsync();
        return default(Done);
    }

    public async Task<Outcome<Uri>> OnboardAsync(Uri returnTo, Uri refreshTo)
    {
        if (State.Payee is not { } payee)
            return Reject.With(RejectionCode.PayeeNotReady, "There is no account to pay to: open one first.");
        return await payments.OnboardAsync(payee, returnTo, refreshTo, CancellationToken.None) switch
        {
            ProviderAnswer<Uri>.Got got => got.Value,
            ProviderAnswer<Uri>.Refused no => Reject.With(RejectionCode.PayeeNotReady, no.Reason),
            _ => NotKnown,
        };
    }

    public async Task<bool> RefreshPayeeAsync()
    {
        if (State.Payee is not { } payee)
            return true;
        if (await payments.ReadPayeeAsync(payee, CancellationToken.None) is not ProviderAnswer<PayeeStanding>.Got got)
            return false;
        await CommitAsync(WorkerDecider.ChangePayee(State, got.Value), "system", Log.Now);
        return true;
    }

    private static Rejection NotKnown => Reject.With(RejectionCode.OutcomeUnknown, "The payment provider did not answer: try again.");

    /// <summary>Only this grain takes money from the account, one call at a time: what it reads can only grow until it commits.</summary>
    private async Task<(Money Earned, Money Owed)> ReadAccountAsync(Currency currency)
    {
        var earned = await Log.Journal.BalanceAsync(Account.Earned(State.Id), currency, CancellationToken.None);
        var debt = await Log.Journal.BalanceAsync(Account.Owed(State.Id), currency, CancellationToken.None);
        return (earned, new(-debt.Micros, currency));
    }
}
