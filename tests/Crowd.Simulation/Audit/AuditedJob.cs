namespace Crowd.Simulation;

/// <summary>A job as the auditor sees it.</summary>
internal sealed class AuditedJob(JobSpec spec)
{
    public string Status { get; private set; } = "draft";

    /// <summary>Most answers that any specification of the job allowed.</summary>
    public int MaxAnswers { get; private set; } = spec.Policies.Redundancy.MaxAnswers;

    public int MaxLeases { get; private set; } = spec.Policies.Caps.LeasesPerWorker;

    public int? AnswersPerWorker { get; private set; } = spec.Policies.Caps.AnswersPerWorker;

    public JobSpec Spec { get; private set; } = spec;

    /// <summary>Pay and fee of leases and of answers not settled.</summary>
    public long ReservedMicros { get; set; }

    /// <summary>Leases and answers not settled.</summary>
    public int Live { get; set; }

    /// <summary>Live leases by worker.</summary>
    public Dictionary<WorkerId, int> Leases { get; } = [];

    public Dictionary<WorkerId, int> Answers { get; } = [];

    public void Take(JobEvent e)
    {
        switch (e)
        {
            case JobEvent.Changed c:
                Spec = c.Spec;
                MaxAnswers = Math.Max(MaxAnswers, c.Spec.Policies.Redundancy.MaxAnswers);
                MaxLeases = Math.Max(MaxLeases, c.Spec.Policies.Caps.LeasesPerWorker);
                break;
            case JobEvent.Opened:
                Status = "open";
                break;
            case JobEvent.Paused:
                Status = "paused";
                break;
            case JobEvent.Closing:
                Status = "closing";
                break;
            case JobEvent.Closed:
                Status = "closed";
                break;
        }
    }
}
