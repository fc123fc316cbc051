namespace Crowd.Domain;

/// <summary>What a payment provider says of a payment.</summary>
public abstract record PaymentOutcome
{
    private PaymentOutcome() { }

    /// <summary>The money has moved.</summary>
    /// <param name="Reference">The provider's id of the payment, refund or transfer.</param>
    public sealed record Done(string Reference) : PaymentOutcome;

    /// <summary>It has been begun; an event will say what became of it.</summary>
    /// <param name="Reference">The provider's id of what was begun.</param>
    /// <param name="PayAt">Where a person pays; null when nobody needs to do anything.</param>
    public sealed record Pending(string Reference, Uri? PayAt) : PaymentOutcome;

    /// <summary>It will not move; trying again with the same data is of no use.</summary>
    public sealed record Refused(string Reason) : PaymentOutcome;

    /// <summary>Whether it has moved is not known: ask again with the same key.</summary>
    public sealed record Unknown(string Reason) : PaymentOutcome;
}

/// <summary>What a payment provider answers to a question that moves no money.</summary>
public abstract record ProviderAnswer<T>
{
    private ProviderAnswer() { }

    /// <summary>The answer.</summary>
    public sealed record Got(T Value) : ProviderAnswer<T>;

    /// <summary>There will be none; asking again with the same data is of no use.</summary>
    public sealed record Refused(string Reason) : ProviderAnswer<T>;

    /// <summary>There was none: ask again.</summary>
    public sealed record Unknown(string Reason) : ProviderAnswer<T>;
}

/// <summary>Whether an account can be paid to.</summary>
/// <param name="Ready">Payouts can be made.</param>
/// <param name="Submitted">The worker has told the provider all that it asked for up to now.</param>
/// <param name="Reason">What is missing or wrong, in the provider's words; null when nothing is.</param>
public sealed record PayeeStanding(bool Ready, bool Submitted, string? Reason);
