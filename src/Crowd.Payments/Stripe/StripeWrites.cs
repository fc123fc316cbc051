namespace Crowd.Payments;

/// <summary>A page where a person pays an amount by card.</summary>
internal sealed record NewSession
{
    public required string Reference { get; init; }

    public required long Amount { get; init; }

    public required string Currency { get; init; }

    /// <summary>What the person reads beside the amount.</summary>
    public required string Title { get; init; }

    public required string ReturnUrl { get; init; }

    /// <summary>From 30 minutes to 24 hours after the call.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Put on the session and on its payment, so that the events of both say what they are for.</summary>
    public required StripeForm Metadata { get; init; }

    public StripeForm Form() => new()
    {
        { "mode", "payment" },
        { "client_reference_id", Reference },
        {
            "line_items",
            [
                new StripeForm
                {
                    { "quantity", 1 },
                    {
                        "price_data",
                        new StripeForm { { "currency", Currency }, { "unit_amount", Amount }, { "product_data", new StripeForm { { "name", Title } } } }
                    },
                },
            ]
        },
        { "payment_method_types", ["card"] },
        // The ledger is credited in the currency that was asked for.
        { "adaptive_pricing", new StripeForm { { "enabled", false } } },
        { "payment_intent_data", new StripeForm { { "metadata", Metadata } } },
        { "metadata", Metadata },
        { "success_url", ReturnUrl },
        { "cancel_url", ReturnUrl },
        { "expires_at", ExpiresAt },
    };
}

/// <summary>
/// A connected account that only receives. Stripe collects what the law asks of its owner and gives the owner a page of the owner's own; the platform bears fees and negative
/// balances: what Stripe called an Express account (why: docs/decisions/0008).
/// </summary>
internal sealed record NewAccount
{
    public required string Email { get; init; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public required string Country { get; init; }

    public required StripeForm Metadata { get; init; }

    public StripeForm Form() => new()
    {
        {
            "controller",
            new StripeForm
            {
                { "fees", new StripeForm { { "payer", "application" } } },
                { "losses", new StripeForm { { "payments", "application" } } },
                { "requirement_collection", "stripe" },
                { "stripe_dashboard", new StripeForm { { "type", "express" } } },
            }
        },
        { "country", Country },
        { "email", Email },
        { "business_type", "individual" },
        { "capabilities", new StripeForm { { "transfers", new StripeForm { { "requested", true } } } } },
        { "metadata", Metadata },
    };
}

/// <summary>Money from the platform's balance to a connected account.</summary>
internal sealed record NewTransfer
{
    public required long Amount { get; init; }

    public required string Currency { get; init; }

    public required string Destination { get; init; }

    /// <summary>What the transfer can be found by, longer than its idempotency key lives.</summary>
    public required string Group { get; init; }

    public required StripeForm Metadata { get; init; }

    public StripeForm Form() => new()
    {
        { "amount", Amount },
        { "currency", Currency },
        { "destination", Destination },
        { "transfer_group", Group },
        { "metadata", Metadata },
    };
}
