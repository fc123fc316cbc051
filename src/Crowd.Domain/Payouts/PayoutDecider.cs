namespace Crowd.Domain;

/// <summary>What may happen to a payout.</summary>
public static class PayoutDecider
{
    /// <summary>Begins the payout. A second time changes nothing.</summary>
    public static PayoutEvent[] Start(PayoutState state, PayoutId payout, WorkerId worker, Money amount, string? payee = null) =>
        state.Status == PayoutStatus.None
            ? [new PayoutEvent.Started { Payout = payout, Worker = worker, AmountMicros = amount.Micros, Currency = amount.Currency, Payee = payee }]
            : [];

    /// <summary>What the provider's word means. An unknown outcome changes nothing: the same payout is sent again under the same key.</summary>
    public static PayoutEvent[] Conclude(PayoutState state, PayoutId payout, PaymentOutcome outcome) => (state.Status, outcome) switch
    {
        (PayoutStatus.Started, PaymentOutcome.Done done) => [Posted(state, payout, done.Reference)],
        (PayoutStatus.Started, PaymentOutcome.Pending pending) => [Posted(state, payout, pending.Reference)],
        (PayoutStatus.Started, PaymentOutcome.Refused refused) =>
            [new PayoutEvent.Voided { Payout = payout, Worker = state.Worker, AmountMicros = state.Amount.Micros, Currency = state.Amount.Currency, Reason = refused.Reason }],
        _ => [],
    };

    /// <summary>Begins to take the payout back because its bank payout failed. The same bank payout again changes nothing.</summary>
    public static PayoutEvent[] Recall(PayoutState state, PayoutId payout, string bankPayout, string reason) =>
        state.Status == PayoutStatus.Posted && state.Rest.Micros > 0 && state.Recall is null && !state.FailedAtBank.Contains(bankPayout)
            ? [new PayoutEvent.RecallStarted { Payout = payout, Worker = state.Worker, BankPayout = bankPayout, Reason = reason }]
            : [];

    /// <summary>What the provider's word on the recall means.</summary>
    public static PayoutEvent[] ConcludeRecall(PayoutState state, PayoutId payout, PaymentOutcome outcome) => (state.Recall, outcome) switch
    {
        ({ } reason, PaymentOutcome.Done or PaymentOutcome.Pending) => Return(state, payout, state.Reference!, state.Amount, reason),
        ({ }, PaymentOutcome.Refused refused) => [new PayoutEvent.RecallRefused { Payout = payout, Worker = state.Worker, Reason = refused.Reason }],
        _ => [],
    };

    /// <summary>Takes in how much has come back up to now. What is heard late or twice changes nothing.</summary>
    /// <param name="state">The state.</param>
    /// <param name="payout">The payout.</param>
    /// <param name="transfer">The provider's id of the transfer; it tells that a payout of unknown outcome has left.</param>
    /// <param name="soFar">All that has come back.</param>
    /// <param name="reason">Why.</param>
    public static PayoutEvent[] Return(PayoutState state, PayoutId payout, string transfer, Money soFar, string reason)
    {
        if (state.Status is PayoutStatus.None or PayoutStatus.Voided || soFar.Currency != state.Amount.Currency)
            return [];
        var back = Math.Min(soFar.Micros, state.Amount.Micros) - state.ReturnedMicros;
        if (back <= 0)
            return [];
        var returned = new PayoutEvent.Returned
        {
            Payout = payout,
            Worker = state.Worker,
            AmountMicros = back,
            Whole = back == state.Rest.Micros,
            Currency = soFar.Currency,
            Reference = state.Reference ?? transfer,
            Reason = state.Recall ?? reason,
        };
        return state.Status == PayoutStatus.Started ? [Posted(state, payout, transfer), returned] : [returned];
    }

    /// <summary>Books a voided payout that has left all the same; the worker owes it. A second time changes nothing.</summary>
    public static Outcome<PayoutEvent[]> Find(PayoutState state, PayoutId payout, string reference, string reason) => state.Status switch
    {
        PayoutStatus.None => Reject.NotFound("such payout"),
        PayoutStatus.Voided when string.IsNullOrWhiteSpace(reference) || reference.Length > 200 => Reject.Invalid([new("reference", "length", "give the transfer's id of 1 to 200 characters.")]),
        PayoutStatus.Voided => new PayoutEvent[]
        {
            new PayoutEvent.FoundPaid { Payout = payout, Worker = state.Worker, AmountMicros = state.Amount.Micros, Currency = state.Amount.Currency, Reference = reference, Reason = reason },
        },
        PayoutStatus.Posted when state.Reference == reference => Array.Empty<PayoutEvent>(),
        _ => Reject.Invalid([new("payout", "status", "only a payout that was voided can be found to be paid.")]),
    };

    private static PayoutEvent.Posted Posted(PayoutState state, PayoutId payout, string reference) =>
        new() { Payout = payout, Worker = state.Worker, AmountMicros = state.Amount.Micros, Currency = state.Amount.Currency, Reference = reference };
}
