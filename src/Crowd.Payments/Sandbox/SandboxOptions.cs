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
