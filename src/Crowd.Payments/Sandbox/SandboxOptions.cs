using System.ComponentModel.DataAnnotations;

namespace Crowd.Payments;

/// <summary>How the sandbox behaves.</summary>
public sealed class SandboxOptions
{
    /// <summary>
    /// What goes wrong with a payment; asked at every call, a repeated one too, under no lock and possibly by several callers at once. Default: nothing does.
    /// </summary>
    [Required]
    public Func<SandboxPayment, SandboxFault> Fault { get; set; } = static _ => SandboxFault.None;

    /// <summary>
    /// Whether a top-up waits as at a checkout, until <see cref="SandboxPayments.Happen"/> says what became of it. Default false: it is paid at once.
    /// </summary>
    public bool Checkout { get; set; }
}

/// <summary>Schedules of faults for <see cref="SandboxOptions.Fault"/>.</summary>
public static class SandboxFaults
{
    private static readonly SandboxFault[] Kinds = [SandboxFault.BeforeEffect, SandboxFault.AfterEffect, SandboxFault.Refuse];

    /// <summary>A share of all calls fails, in a way that is drawn evenly.</summary>
    /// <param name="share">From 0 to 1.</param>
    /// <param name="random">Locked while used.</param>
    public static Func<SandboxPayment, SandboxFault> Share(double share, Random random) => _ =>
    {
        lock (random)
            return random.NextDouble() < share ? Kinds[random.Next(Kinds.Length)] : SandboxFault.None;
    };
}

/// <summary>What can be made to happen to a top-up in the sandbox.</summary>
public enum SandboxHappening
{
    /// <summary>Somebody pays it.</summary>
    Paid,

    /// <summary>An attempt to pay it fails.</summary>
    Declined,

    /// <summary>Nobody has paid it in time.</summary>
    Expired,

    /// <summary>Who paid it wants the money back.</summary>
    Disputed,

    /// <summary>The dispute is won.</summary>
    DisputeWon,

    /// <summary>The dispute is lost.</summary>
    DisputeLost,
}

/// <summary>What can go wrong with a payment.</summary>
public enum SandboxFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The request is lost: the caller does not know, and no money has moved.</summary>
    BeforeEffect,

    /// <summary>The reply is lost: the caller does not know, and the money has moved.</summary>
    AfterEffect,

    /// <summary>The provider refuses for good, as for a closed account; a payment that has moved already stays so.</summary>
    Refuse,
}
