using System.Collections.Immutable;

namespace Crowd.Domain;

/// <summary>Where a job is in its life.</summary>
public enum JobStatus
{
    /// <summary>There is no such job.</summary>
    None,

    /// <summary>It is being written: nobody sees it.</summary>
    Draft,

    /// <summary>Workers may take tasks.</summary>
    Open,

    /// <summary>No new tasks are given out.</summary>
    Paused,

    /// <summary>It ends once leases are over and answers settled.</summary>
    Closing,

    /// <summary>It has ended.</summary>
    Closed,

    /// <summary>It was given up and has ended.</summary>
    Cancelled,
}

/// <summary>A job as its events make it. What its tasks do is kept by the tasks.</summary>
public sealed record JobState
{
    public JobId Id { get; init; }

    public RequesterId Requester { get; init; }

    public JobStatus Status { get; init; }

    public JobSpec? Spec { get; init; }

    public string ContentHash { get; init; } = "";

    /// <summary>True when the job was given up rather than closed.</summary>
    public bool GivenUp { get; init; }

    /// <summary>Tasks to be labelled, gold ones not counted.</summary>
    public int Tasks { get; init; }

    public int GoldTasks { get; init; }

    /// <summary>All that was ever put into the escrow, in micros.</summary>
    public long HeldMicros { get; init; }

    public ImmutableHashSet<HoldId> Holds { get; init; } = [];

    public ImmutableHashSet<string> Imports { get; init; } = [];

    public ImmutableDictionary<WorkerId, string> Excluded { get; init; } = ImmutableDictionary<WorkerId, string>.Empty;

    /// <summary>The state after the event.</summary>
    public JobState Apply(JobEvent e) => e switch
    {
        JobEvent.Created c => this with { Id = c.Job, Requester = c.Requester, Spec = c.Spec, ContentHash = c.ContentHash, Status = JobStatus.Draft },
        JobEvent.Changed c => this with { Spec = c.Spec },
        JobEvent.LoopChanged l => this with { Spec = (Spec ?? throw new InvalidOperationException("The job has policies before it was created.")) with { Loop = l.Loop } },
        JobEvent.Imported i => this with { Tasks = Tasks + i.Tasks - i.Gold, GoldTasks = GoldTasks + i.Gold, Imports = Imports.Add(i.Import) },
        JobEvent.Funded f => this with { HeldMicros = HeldMicros + f.AmountMicros, Holds = Holds.Add(f.Hold) },
        JobEvent.Opened => this with { Status = JobStatus.Open },
        JobEvent.Paused => this with { Status = JobStatus.Paused },
        JobEvent.Closing c => this with { Status = JobStatus.Closing, GivenUp = c.Cancelled },
        JobEvent.Closed => this with { Status = GivenUp ? JobStatus.Cancelled : JobStatus.Closed },
        JobEvent.HoldReturned => this,
        JobEvent.WorkerExcluded x => this with { Excluded = Excluded.SetItem(x.Worker, x.Reason) },
        JobEvent.WorkerReadmitted x => this with { Excluded = Excluded.Remove(x.Worker) },
        _ => throw new InvalidOperationException($"A job does not know {e.GetType().Name}."),
    };
}
