namespace Crowd.Payments;

/// <summary>What came of a call: closed, so that a lost reply cannot be taken for a refusal.</summary>
internal abstract record StripeReply<T>
{
    private StripeReply() { }

    /// <summary>Stripe did it.</summary>
    public sealed record Given(T Value) : StripeReply<T>;

    /// <summary>Stripe said no, and says so again if asked again.</summary>
    public sealed record Refused(StripeError Error) : StripeReply<T>;

    /// <summary>Whether it was done is not known, or nobody was there to say: no connection, no answer in time, too busy, a fault of Stripe's own or of our key.</summary>
    public sealed record Lost(string Reason) : StripeReply<T>;

    /// <summary>The same reply with another value.</summary>
    public StripeReply<TOther> Select<TOther>(Func<T, TOther> map) => this switch
    {
        Given given => new StripeReply<TOther>.Given(map(given.Value)),
        Refused refused => new StripeReply<TOther>.Refused(refused.Error),
        Lost lost => new StripeReply<TOther>.Lost(lost.Reason),
        _ => throw new InvalidOperationException(),
    };
}

/// <summary>An error as Stripe describes it.</summary>
internal sealed record StripeError
{
    /// <summary>Characters of a reason that are kept.</summary>
    public const int MaxReason = 300;

    /// <summary>For example <c>invalid_request_error</c>, <c>card_error</c>, <c>idempotency_error</c>, <c>api_error</c>.</summary>
    public string? Type { get; init; }

    /// <summary>For example <c>balance_insufficient</c>; many errors have none.</summary>
    public string? Code { get; init; }

    /// <summary>What the card's bank said.</summary>
    public string? DeclineCode { get; init; }

    public string? Message { get; init; }

    /// <summary>The code, or else the type, as the stable beginning of a reason.</summary>
    public string Name => Code ?? Type ?? "error";

    /// <summary>Name and message, cut to <see cref="MaxReason"/> characters.</summary>
    public string Reason
    {
        get
        {
            var name = DeclineCode is null || DeclineCode == Code ? Name : $"{Name}/{DeclineCode}";
            var reason = string.IsNullOrEmpty(Message) ? name : $"{name}: {Message}";
            return reason.Length <= MaxReason ? reason : reason[..MaxReason];
        }
    }
}

/// <summary>The body of a reply that is not a success.</summary>
internal sealed record StripeErrorBody(StripeError? Error = null);
