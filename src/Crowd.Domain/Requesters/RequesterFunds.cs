using System.Text.Json.Serialization;

namespace Crowd.Domain;

/// <summary>How a top-up was paid and what of it is gone.</summary>
/// <param name="Payment">The provider's id of the payment.</param>
/// <param name="RefundedMicros">Went back, or is on its way.</param>
/// <param name="DisputedMicros">Is or was disputed, and was not won.</param>
public sealed record PaidTopUp(string Payment, long RefundedMicros, long DisputedMicros);

/// <summary>A refund of a top-up.</summary>
/// <param name="TopUp">What it is a part of.</param>
/// <param name="Amount">How much.</param>
/// <param name="Returned">It came to nothing.</param>
public sealed record RefundedFunds(TopUpId TopUp, Money Amount, bool Returned);

/// <summary>A dispute of a top-up.</summary>
public sealed record DisputedFunds(TopUpId TopUp, Money Amount, DisputePhase Phase);

/// <summary>A bonus.</summary>
public sealed record GivenBonus(JobId Job, WorkerId Worker, Money Amount);

/// <summary>Where a dispute is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DisputePhase>))]
public enum DisputePhase
{
    /// <summary>The money is held.</summary>
    Open,

    /// <summary>The money is here again.</summary>
    Won,

    /// <summary>The money is gone.</summary>
    Lost,
}
