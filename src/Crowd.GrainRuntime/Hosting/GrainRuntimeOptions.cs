using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace Crowd.GrainRuntime;

/// <summary>How the grain runtime works. Checked when the host starts; not looked at for changes afterwards.</summary>
public sealed class GrainRuntimeOptions
{
    /// <summary>Where grain classes and interfaces are looked for. At least one assembly; default: none.</summary>
    [MinLength(1, ErrorMessage = "No assembly is given to look for grains in.")]
    public IList<Assembly> Assemblies { get; } = new List<Assembly>();

    /// <summary>
    /// How long a caller waits before it gets a <see cref="TimeoutException"/>; counted in tenths, so it may be a tenth more. The call itself
    /// goes on. From 10 milliseconds to a day; default 30 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")]
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How many calls one activation may have beside one that runs: in the mailbox, and in a reentrant grain also those that have begun and
    /// not ended. One more gets a <see cref="LimitExceededException"/>. In calls, from 1 to 1,000,000; default 10,000.
    /// </summary>
    [Range(1, 1_000_000)]
    public int MailboxLimit { get; set; } = 10_000;

    /// <summary>
    /// An activation that no call has used for so long is ended, at the next look. From 1 second to 30 days; default 15 minutes.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan CollectionAge { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Time between looks for idle activations. From 100 milliseconds to a day; default 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan CollectionQuantum { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long the end of an activation may take: waiting for its running calls, then <see cref="Grain.OnDeactivateAsync"/>. What is
    /// not done by then is given up. From 10 milliseconds to an hour; default 30 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan DeactivationTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long stopping waits for the calls under way before it ends the activations regardless. From zero to an hour; default 30 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The shortest period that a reminder may have. From 1 second to a day; default 1 minute, as in Orleans.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan MinimumReminderPeriod { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// What the turns of all activations run on, one at a time each; null, the default, is the thread pool. With a scheduler of its own, as in
    /// a simulation, the runtime starts no turn anywhere else and none inline.
    /// </summary>
    public TaskScheduler? TurnScheduler { get; set; }
}
