using System.Diagnostics;

namespace Crowd.GrainRuntime;

/// <summary>The names under which the runtime's metrics and traces are collected.</summary>
public static class GrainRuntimeTelemetry
{
    /// <summary>The meter and the activity source.</summary>
    public const string Name = "Crowd.GrainRuntime";

    /// <summary>Calls made from outside grains and from grains, by grain.</summary>
    public const string Calls = "crowd.grains.calls";

    /// <summary>Calls whose caller got a <see cref="TimeoutException"/>.</summary>
    public const string Timeouts = "crowd.grains.timeouts";

    /// <summary>Calls refused by a full mailbox, by grain.</summary>
    public const string Refusals = "crowd.grains.refusals";

    /// <summary>Activations alive, by grain.</summary>
    public const string Activations = "crowd.grains.activations";

    /// <summary>Calls that wait in mailboxes.</summary>
    public const string Queued = "crowd.grains.queued";

    /// <summary>Calls that somebody waits for: in mailboxes or running.</summary>
    public const string Pending = "crowd.grains.pending";

    /// <summary>The tag that names the kind of grain.</summary>
    public const string GrainTag = "crowd.grain";

    internal static readonly ActivitySource Source = new(Name);
}
