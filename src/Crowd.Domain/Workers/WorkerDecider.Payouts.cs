namespace Crowd.Domain;

/// <content>Earned money leaving: the account it goes to, payouts asked for and scheduled.</content>
public static partial class WorkerDecider
{
    /// <summary>Least payout: one whole unit of the currency.</summary>
    public const long LeastPayoutMicros = Currency.MicrosPerUnit;

    /// <summary>Whether an account at the provider may be opened.</summary>
    public static Rejection? MayOpenPayee(WorkerState state, string country) =>
        Missing(state)
        ?? (country is { Length: 2 } && country.All(char.IsAsciiLetterUpper) ? null : Reject.Invalid([new("country", "form", "give two capital letters of ISO 3166-1.")]));

    /// <summary>Notes the worker's account at the provider. The same again changes nothing.</summary>
    public static Outcome<WorkerEvent[]> OpenPayee(WorkerState state, string payee, string country) =>
        Missing(state) is { } missing ? missing
        : state.Payee == payee ? Nothing
        : One(new WorkerEvent.PayeeOpened { Payee = payee, Country = country });

    /// <summary>Notes what the provider says of the account.</summary>
    public static WorkerEvent[] ChangePayee(WorkerState state, PayeeStanding standing) =>
        state.Payee is null || state.PayeeStanding == standing ? []
        : [new WorkerEvent.PayeeChanged { Ready = standing.Ready, Submitted = standing.Submitted, Reason = standing.Reason }];

    /// <summary>Has earned money paid out by itself.</summary>
    public static Outcome<WorkerEvent[]> SchedulePayouts(WorkerState state, PayoutSchedule? schedule)
    {
        if (Missing(state) is { } missing)
            return missing;
        if (state.Schedule == schedule)
            return Nothing;
        if (schedule is null)
            return One(new WorkerEvent.PayoutsUnscheduled());
        if (schedule.ThresholdMicros is < LeastPayoutMicros or > RequesterDecider.AmountLimitMicros)
            return Reject.Invalid([new("thresholdMicros", "range", $"give {LeastPayoutMicros} to {RequesterDecider.AmountLimitMicros}.")]);
        return schedule.Weekday is { } day && !Enum.IsDefined(day)
            ? Reject.Invalid([new("weekday", "range", "give a day of the week, or nothing for every day.")])
            : One(new WorkerEvent.PayoutsScheduled { Schedule = schedule });
    }

    /// <summary>
    /// Puts earned money aside to be paid out, in whole minor units. The same payout again changes nothing, during it and after its end; with
    /// another amount it is refused. What the worker owes is taken from the earnings first.
    /// </summary>
    /// <param name="state">The state.</param>
    /// <param name="payout">The payout.</param>
    /// <param name="amount">What is asked for; null for all that is available.</param>
    /// <param name="earned">What the ledger has for the worker; payouts under way are no longer part of it.</param>
    /// <param name="owed">What the worker owes by the ledger.</param>
    /// <param name="needsPayee">Whether the worker needs an account at the provider that can be paid to.</param>
    /// <param name="scheduledFor">The day of the schedule that asks; null when the worker does.</param>
    public static Outcome<WorkerEvent[]> RequestPayout(
        WorkerState state, PayoutId payout, Money? amount, Money earned, Money owed = default, bool needsPayee = false, DateOnly? scheduledFor = null)
    {
        if (Missing(state) is { } missing)
            return missing;
        if (state.Payouts.TryGetValue(payout, out var known) || state.EndedPayouts.TryGetValue(payout, out known))
        {
            return amount is null || amount.Value.Micros == known
                ? Nothing
                : Reject.With(RejectionCode.IdempotencyConflict, $"{payout} was used for {known} micros: give a new id.");
        }

        if (amount is { } asked && asked.InWholeMinorUnits() != asked)
            return Reject.Invalid([new("amountMicros", "minorUnit", $"give whole minor units: a multiple of {asked.Currency.MicrosPerMinorUnit} micros.")]);
        if (needsPayee && state.PayeeStanding is not { Ready: true })
        {
            return Reject.With(RejectionCode.PayeeNotReady, state.Payee is null
                ? "There is no account to pay to: open one first."
                : $"The account to pay to is not ready: go on with it at the payment provider. {state.PayeeStanding?.Reason}".TrimEnd());
        }

        if (state.Payouts.Count >= PayoutLimit)
            return Reject.With(RejectionCode.LimitExceeded, $"{PayoutLimit} payouts are under way: wait until one has ended.");
        var recovered = Math.Min(earned.Micros, owed.Micros);
        var available = new Money(earned.Micros - recovered, earned.Currency);
        var wanted = amount ?? available.InWholeMinorUnits();
        if (wanted > available)
            return Reject.With(RejectionCode.InsufficientFunds, $"{available} is available, {wanted} was asked for.");
        if (wanted.Micros < LeastPayoutMicros)
            return Reject.With(RejectionCode.InsufficientFunds, $"The least payout is {new Money(LeastPayoutMicros, wanted.Currency)}; {available} is available.");
        WorkerEvent requested = new WorkerEvent.PayoutRequested
        {
            Worker = state.Id,
            Payout = payout,
            AmountMicros = wanted.Micros,
            Currency = wanted.Currency,
            Payee = state.Payee,
            ScheduledFor = scheduledFor,
        };
        return recovered > 0
            ? new[] { new WorkerEvent.DebtRecovered { Worker = state.Id, AmountMicros = recovered, Currency = earned.Currency }, requested }
            : One(requested);
    }

    /// <summary>Whether the schedule asks for a payout now: the day is right, none was made today, and the threshold is reached.</summary>
    public static bool IsDue(WorkerState state, Money earned, Money owed, DateTimeOffset now) =>
        state.Schedule is { } schedule && schedule.Currency == earned.Currency
        && (schedule.Weekday is null || schedule.Weekday == now.UtcDateTime.DayOfWeek)
        && state.LastScheduled != DateOnly.FromDateTime(now.UtcDateTime)
        && earned.Micros - owed.Micros >= schedule.ThresholdMicros;

    /// <summary>Notes the end of a payout. A second time changes nothing.</summary>
    public static Outcome<WorkerEvent[]> EndPayout(WorkerState state, PayoutId payout, bool paid) =>
        state.Payouts.ContainsKey(payout) ? One(new WorkerEvent.PayoutEnded { Payout = payout, Paid = paid }) : Nothing;
}
