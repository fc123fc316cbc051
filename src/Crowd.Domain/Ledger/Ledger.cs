namespace Crowd.Domain;

/// <summary>Money moving from one account (debited) to another (credited). Immutable; made from events only.</summary>
public sealed record Transfer(string Debit, string Credit, long AmountMicros, Currency Currency, TransferKind Kind, string Reference)
{
    /// <summary>
    /// For what moves money at the provider: the provider's id of it (payment, refund, dispute, transfer), by which the provider's books are compared with
    /// these. Null for what does not, and in events of earlier versions.
    /// </summary>
    public string? Source { get; init; }
}

/// <summary>Money that is on its way to an account or from it, and not yet counted there as come or gone for good.</summary>
/// <param name="Account">The account.</param>
/// <param name="Currency">Its currency.</param>
/// <param name="InMicros">Change of what is to come in.</param>
/// <param name="OutMicros">Change of what is put aside to go out.</param>
public sealed record Pending(string Account, Currency Currency, long InMicros, long OutMicros);

/// <summary>Why money moved.</summary>
public enum TransferKind
{
    /// <summary>A requester paid in.</summary>
    TopUp,

    /// <summary>Put aside for a job.</summary>
    Hold,

    /// <summary>Pay for an accepted answer.</summary>
    Pay,

    /// <summary>The platform's fee on accepted answers.</summary>
    Fee,

    /// <summary>What a job did not spend.</summary>
    Release,

    /// <summary>Put aside to be paid out.</summary>
    PayoutReserved,

    /// <summary>Left through the provider.</summary>
    PayoutPosted,

    /// <summary>Did not leave and came back.</summary>
    PayoutVoided,

    /// <summary>Had left, and came back from the worker's account at the provider.</summary>
    PayoutReturned,

    /// <summary>Was voided and had left all the same.</summary>
    PayoutFound,

    /// <summary>A bonus for a worker.</summary>
    Bonus,

    /// <summary>Put aside to go back to whom it came from.</summary>
    RefundReserved,

    /// <summary>Went back through the provider.</summary>
    RefundPosted,

    /// <summary>Did not go back, or came back again.</summary>
    RefundVoided,

    /// <summary>Held because the payment is disputed.</summary>
    DisputeHeld,

    /// <summary>Taken by the provider until the dispute is settled.</summary>
    DisputeTaken,

    /// <summary>A dispute was won: the money is back.</summary>
    DisputeWon,

    /// <summary>A dispute was lost: the money is gone.</summary>
    DisputeLost,

    /// <summary>What was owed was taken from what came in.</summary>
    DebtRepaid,

    /// <summary>A fee of the provider's.</summary>
    ProviderFee,

    /// <summary>The platform's own money at the provider: taken out to its bank, or put in.</summary>
    Platform,
}
