namespace Crowd.Domain;

/// <summary>Whoever moves real money: Stripe, or the sandbox.</summary>
public interface IPaymentProvider
{
    /// <summary>Name for people, for example <c>sandbox</c>.</summary>
    string Name { get; }

    /// <summary>False when no real money moves.</summary>
    bool IsReal { get; }

    /// <summary>Takes money from the requester. The id is the idempotency key: the same call again has one effect.</summary>
    Task<PaymentOutcome> CollectAsync(TopUpId topUp, RequesterId requester, Money amount, CancellationToken cancellationToken);

    /// <summary>Pays the worker. The amount is in whole minor units. The id is the idempotency key: the same call again has one effect.</summary>
    Task<PaymentOutcome> PayAsync(PayoutId payout, WorkerId worker, Money amount, CancellationToken cancellationToken);
}

/// <summary>What a payment provider says of a payment.</summary>
public abstract record PaymentOutcome
{
    private PaymentOutcome() { }

    /// <summary>The money has moved.</summary>
    public sealed record Done(string Reference) : PaymentOutcome;

    /// <summary>It will not move; trying again with the same data is of no use.</summary>
    public sealed record Refused(string Reason) : PaymentOutcome;

    /// <summary>Whether it has moved is not known: ask again with the same key.</summary>
    public sealed record Unknown(string Reason) : PaymentOutcome;
}
