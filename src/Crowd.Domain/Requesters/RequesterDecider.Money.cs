namespace Crowd.Domain;

/// <content>Money in and out of an organisation's funds: top-ups, refunds, disputes, bonuses.</content>
public static partial class RequesterDecider
{
    /// <summary>Whether a top-up may begin: false when it is there already, else true or a refusal.</summary>
    public static Outcome<bool> MayTopUp(RequesterState state, TopUpId topUp, Money amount)
    {
        if (Missing(state) is { } missing)
            return missing;
        if (state.TopUps.TryGetValue(topUp, out var before))
            return before == amount ? false : Reject.With(RejectionCode.IdempotencyConflict, $"{topUp} was used for {before}: give a new id.");
        if (BadAmount(amount.Micros) is { } wrong)
            return wrong;
        if (amount.InWholeMinorUnits() != amount)
            return Reject.Invalid([new("amountMicros", "minorUnit", $"give whole minor units: a multiple of {amount.Currency.MicrosPerMinorUnit} micros.")]);
        return state.AvailableMicros(amount.Currency) > long.MaxValue - amount.Micros
            ? Reject.With(RejectionCode.LimitExceeded, "The account cannot hold so much money.")
            : true;
    }

    /// <summary>Credits money that has come in; what is owed is repaid of it first. The same top-up again changes nothing.</summary>
    /// <param name="state">The state.</param>
    /// <param name="topUp">The top-up.</param>
    /// <param name="amount">What was paid.</param>
    /// <param name="payment">The provider's id of the payment.</param>
    public static Outcome<RequesterEvent[]> Credit(RequesterState state, TopUpId topUp, Money amount, string payment) =>
        Missing(state) is { } missing ? missing
        : state.TopUps.ContainsKey(topUp) ? Nothing
        : WithRepayment(state, amount.Currency,
            new RequesterEvent.ToppedUp { Requester = state.Id, TopUp = topUp, AmountMicros = amount.Micros, Currency = amount.Currency, Payment = payment });

    /// <summary>
    /// Puts unused money of a top-up aside to go back. The same refund again changes nothing, with other content it is refused. Never more than is available, nor
    /// than is left of the top-up.
    /// </summary>
    public static Outcome<RequesterEvent[]> RequestRefund(RequesterState state, RefundId refund, TopUpId topUp, Money amount)
    {
        if (Missing(state) is { } missing)
            return missing;
        if (!state.TopUps.TryGetValue(topUp, out var paid))
            return Reject.NotFound($"top-up {topUp} that was paid");
        if (state.Refunds.TryGetValue(refund, out var before))
            return before.TopUp == topUp && before.Amount == amount ? Nothing : Reject.With(RejectionCode.IdempotencyConflict, $"{refund} was used for {before.Amount} of {before.TopUp}: give a new id.");
        if (BadAmount(amount.Micros) is { } wrong)
            return wrong;
        if (amount.Currency != paid.Currency)
            return Reject.Invalid([new("currency", "same", $"the top-up is in {paid.Currency}.")]);
        if (amount.InWholeMinorUnits() != amount)
            return Reject.Invalid([new("amountMicros", "minorUnit", $"give whole minor units: a multiple of {amount.Currency.MicrosPerMinorUnit} micros.")]);
        if (!state.Payments.TryGetValue(topUp, out var payment))
            return Reject.With(RejectionCode.Invalid, "The top-up was made by an earlier version and cannot be refunded here.");
        var rest = state.RestMicros(topUp);
        if (amount.Micros > rest)
            return Reject.With(RejectionCode.InsufficientFunds, $"{new Money(rest, paid.Currency)} is left of the top-up, {amount} is wanted.");
        return amount.Micros > state.AvailableMicros(amount.Currency) ? TooLittle(state, amount) : One(new RequesterEvent.RefundRequested
        {
            Requester = state.Id,
            Refund = refund,
            TopUp = topUp,
            Payment = payment.Payment,
            AmountMicros = amount.Micros,
            Currency = amount.Currency,
        });
    }

    /// <summary>Takes back a refund that came to nothing. A second time changes nothing.</summary>
    /// <param name="state">The state.</param>
    /// <param name="refund">The refund.</param>
    /// <param name="reason">Why.</param>
    /// <param name="reference">The provider's id of it when it had left; null when it never did.</param>
    public static Outcome<RequesterEvent[]> ReturnRefund(RequesterState state, RefundId refund, string reason, string? reference) =>
        !state.Refunds.TryGetValue(refund, out var known) || known.Returned
            ? Nothing
            : WithRepayment(state, known.Amount.Currency, new RequesterEvent.RefundReturned
            {
                Requester = state.Id,
                Refund = refund,
                AmountMicros = known.Amount.Micros,
                Currency = known.Amount.Currency,
                Reason = reason,
                Reference = reference,
            });

    /// <summary>
    /// Takes in where a dispute stands, in whatever order this is heard: its end is heard once, and an end before the beginning is both. What is not available
    /// is owed.
    /// </summary>
    /// <param name="state">The state.</param>
    /// <param name="dispute">The provider's id.</param>
    /// <param name="topUp">The disputed top-up, which has been credited.</param>
    /// <param name="amount">How much is disputed.</param>
    /// <param name="phase">Where it stands.</param>
    /// <param name="reason">Why.</param>
    public static Outcome<RequesterEvent[]> Dispute(RequesterState state, string dispute, TopUpId topUp, Money amount, DisputePhase phase, string reason)
    {
        if (Missing(state) is { } missing)
            return missing;
        if (!state.Payments.ContainsKey(topUp))
            return Reject.NotFound($"top-up {topUp} that was paid");
        var events = new List<RequesterEvent>();
        if (!state.Disputes.TryGetValue(dispute, out var known))
        {
            var owed = Math.Max(0, amount.Micros - state.AvailableMicros(amount.Currency));
            var opened = new RequesterEvent.DisputeOpened
            {
                Requester = state.Id,
                Dispute = dispute,
                TopUp = topUp,
                AmountMicros = amount.Micros,
                OwedMicros = owed,
                Currency = amount.Currency,
                Reason = reason,
            };
            events.Add(opened);
            state = state.Apply(opened);
            known = state.Disputes[dispute];
        }

        if (phase == DisputePhase.Open || known.Phase != DisputePhase.Open)
            return events.ToArray();
        if (phase == DisputePhase.Lost)
        {
            events.Add(new RequesterEvent.DisputeLost { Requester = state.Id, Dispute = dispute, AmountMicros = known.Amount.Micros, Currency = known.Amount.Currency });
            return events.ToArray();
        }

        var won = new RequesterEvent.DisputeWon { Requester = state.Id, Dispute = dispute, AmountMicros = known.Amount.Micros, Currency = known.Amount.Currency };
        events.AddRange(WithRepayment(state, known.Amount.Currency, won).Value!);
        return events.ToArray();
    }

    /// <summary>Pays a worker more than the price of the answers, with the job's fee on top. The same bonus again changes nothing.</summary>
    /// <param name="state">The state.</param>
    /// <param name="bonus">The bonus.</param>
    /// <param name="job">A job of the requester's that the worker answered on.</param>
    /// <param name="worker">Who gets it.</param>
    /// <param name="amount">What the worker gets.</param>
    /// <param name="feeBasisPoints">The job's fee, in hundredths of a percent.</param>
    /// <param name="reason">What for: 1 to 500 characters.</param>
    public static Outcome<RequesterEvent[]> PayBonus(RequesterState state, BonusId bonus, JobId job, WorkerId worker, Money amount, int feeBasisPoints, string reason)
    {
        if (Missing(state) is { } missing)
            return missing;
        if (state.Bonuses.TryGetValue(bonus, out var before))
            return before == new GivenBonus(job, worker, amount) ? Nothing : Reject.With(RejectionCode.IdempotencyConflict, $"{bonus} was used for {before.Amount} to {before.Worker}: give a new id.");
        if (BadAmount(amount.Micros) is { } wrong)
            return wrong;
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > TaskDecider.ReasonLength)
            return Reject.Invalid([new("reason", "length", $"give a reason of 1 to {TaskDecider.ReasonLength} characters.")]);
        var fee = Fees.On(amount.Micros, feeBasisPoints);
        var whole = amount + new Money(fee, amount.Currency);
        return whole.Micros > state.AvailableMicros(amount.Currency) ? TooLittle(state, whole) : One(new RequesterEvent.BonusPaid
        {
            Requester = state.Id,
            Bonus = bonus,
            Job = job,
            Worker = worker,
            AmountMicros = amount.Micros,
            FeeMicros = fee,
            Currency = amount.Currency,
            Reason = reason,
        });
    }

    /// <summary>An event that makes money available, and the repayment of what is owed by as much as that allows.</summary>
    private static Outcome<RequesterEvent[]> WithRepayment(RequesterState state, Currency currency, RequesterEvent e)
    {
        var owed = state.OwedMicros(currency);
        if (owed == 0)
            return One(e);
        var repaid = Math.Min(owed, state.Apply(e).AvailableMicros(currency));
        return repaid <= 0 ? One(e) : new[] { e, new RequesterEvent.DebtRepaid { Requester = state.Id, AmountMicros = repaid, Currency = currency } };
    }

    private static Rejection TooLittle(RequesterState state, Money wanted) => state.OwedMicros(wanted.Currency) is > 0 and var owed
        ? Reject.With(RejectionCode.InsufficientFunds, $"{new Money(owed, wanted.Currency)} is owed after a dispute: top up that and {wanted} first.")
        : Reject.With(RejectionCode.InsufficientFunds, $"{new Money(state.AvailableMicros(wanted.Currency), wanted.Currency)} is available, {wanted} is wanted: top up first.");
}
