using Crowd.Domain;

namespace Crowd.Payments;

/// <summary>A payment as the sandbox is asked for it. No real money.</summary>
/// <param name="Id">The id of the top-up or payout: the idempotency key.</param>
/// <param name="Direction">In from a requester or out to a worker.</param>
/// <param name="Party">The id of the requester or worker.</param>
/// <param name="Amount">Above 0.</param>
public sealed record SandboxPayment(string Id, PaymentDirection Direction, string Party, Money Amount);

/// <summary>Which way money goes.</summary>
public enum PaymentDirection
{
    /// <summary>From a requester to the platform.</summary>
    In,

    /// <summary>From the platform to a worker.</summary>
    Out,
}
