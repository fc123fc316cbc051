namespace Crowd.Domain;

/// <summary>What may happen to a job. Pure: the state and a command in, events or a refusal out.</summary>
public static class JobDecider
{
    /// <summary>Least and greatest priority of a task.</summary>
    public const int PriorityLimit = 1_000;

    /// <summary>Most tasks of one job.</summary>
    public const int TaskLimit = 10_000_000;

    /// <summary>Makes the job. The same command again changes nothing.</summary>
    public static Outcome<JobEvent[]> Create(JobState state, JobId job, RequesterId requester, JobSpec spec, string contentHash)
    {
        if (state.Status != JobStatus.None)
        {
            return state.Requester == requester && state.ContentHash == contentHash
                ? Nothing
                : Reject.With(RejectionCode.AlreadyExists, $"The job {job} exists and is another one.");
        }

        return spec.Check() is { Count: > 0 } wrong
            ? Reject.Invalid(wrong)
            : One(new JobEvent.Created { Job = job, Requester = requester, Spec = spec with { Loop = null }, ContentHash = contentHash });
    }

    /// <summary>
    /// Replaces the specification. A draft may change in everything; afterwards the label schema, the currency and which answers are paid stay, since
    /// answers and money hang on them. A new price holds for assignments given out from now on.
    /// </summary>
    public static Outcome<JobEvent[]> Change(JobState state, JobSpec spec)
    {
        if (Missing(state) is { } missing)
            return missing;
        if (state.Status is not (JobStatus.Draft or JobStatus.Open or JobStatus.Paused))
            return WrongStatus(state, "changed", "draft, open or paused");
        spec = spec with { Loop = state.Spec!.Loop };
        if (spec == state.Spec)
            return Nothing;
        if (state.Tasks + state.GoldTasks > 0 && spec.Schema != state.Spec!.Schema)
            return Reject.With(RejectionCode.JobStatus, "The label schema stays once tasks were added: gold answers hang on it. Make a new job.");
        if (state.HeldMicros > 0 && spec.Currency != state.Spec!.Currency)
            return Reject.With(RejectionCode.JobStatus, "The currency stays once the job was funded. Make a new job.");
        if (state.Status != JobStatus.Draft && spec.Policies.PayFor != state.Spec!.Policies.PayFor)
            return Reject.With(RejectionCode.JobStatus, "Which answers are paid stays once the job was opened: workers rely on it. Make a new job.");
        return spec.Check() is { Count: > 0 } wrong ? Reject.Invalid(wrong) : One(new JobEvent.Changed { Spec = spec });
    }

    /// <summary>Replaces how machines take part. The same policy again changes nothing.</summary>
    public static Outcome<JobEvent[]> ChangeLoop(JobState state, LoopPolicy loop)
    {
        if (Missing(state) is { } missing)
            return missing;
        if (state.Status is not (JobStatus.Draft or JobStatus.Open or JobStatus.Paused))
            return WrongStatus(state, "changed", "draft, open or paused");
        var version = state.Spec!.Loop?.Version ?? 0;
        if (state.Spec.Loop is { } before && loop with { Version = version } == before)
            return Nothing;
        return loop.Check(state.Spec.Schema) is { Count: > 0 } wrong
            ? Reject.Invalid(wrong)
            : One(new JobEvent.LoopChanged { Loop = loop with { Version = version + 1 } });
    }

    /// <summary>Whether tasks may be added now.</summary>
    public static Rejection? MayAddTasks(JobState state, int count) =>
        Missing(state)
        ?? (state.Status is JobStatus.Draft or JobStatus.Open or JobStatus.Paused ? null : WrongStatus(state, "given more tasks", "draft, open or paused"))
        ?? (state.Tasks + state.GoldTasks + (long)count > TaskLimit ? Reject.With(RejectionCode.LimitExceeded, $"A job has at most {TaskLimit} tasks.") : null);

    /// <summary>Counts tasks that an import has added, whatever became of the job since. The same import again changes nothing.</summary>
    public static Outcome<JobEvent[]> Import(JobState state, IReadOnlyList<ImportedPart> parts)
    {
        if (Missing(state) is { } missing)
            return missing;
        return parts.Where(p => p.Tasks > 0 && !state.Imports.Contains(p.Import))
            .Select(p => (JobEvent)new JobEvent.Imported { Import = p.Import, Tasks = p.Tasks, Gold = p.Gold }).ToArray();
    }

    /// <summary>Takes money of the requester into the escrow. The same hold again changes nothing.</summary>
    public static Outcome<JobEvent[]> Fund(JobState state, HoldId hold, long amountMicros)
    {
        if (Missing(state) is { } missing)
            return missing;
        if (state.Holds.Contains(hold))
            return Nothing;
        return amountMicros <= 0
            ? Reject.Invalid([new("amountMicros", "range", "give an amount above 0.")])
            : One(new JobEvent.Funded { Hold = hold, AmountMicros = amountMicros });
    }

    /// <summary>Whether the requester may put money of the currency into the escrow now.</summary>
    public static Rejection? MayFund(JobState state, RequesterId requester, Currency currency)
    {
        if (state.Status == JobStatus.None || state.Requester != requester)
            return Reject.NotFound("such job of yours");
        if (state.Status is JobStatus.Closing or JobStatus.Closed or JobStatus.Cancelled)
            return WrongStatus(state, "funded", "draft, open or paused");
        return state.Spec!.Currency == currency ? null : Reject.Invalid([new("currency", "same", $"the job pays in {state.Spec.Currency}.")]);
    }

    /// <summary>Takes money that arrives when the job has ended: it goes back at once, unless it went back with the rest of the escrow.</summary>
    /// <param name="leftMicros">What the escrow holds by the ledger.</param>
    public static Outcome<JobEvent[]> FundAfterEnd(JobState state, HoldId hold, long amountMicros, long leftMicros)
    {
        if (state.Holds.Contains(hold))
            return Nothing;
        JobEvent funded = new JobEvent.Funded { Hold = hold, AmountMicros = amountMicros };
        return leftMicros == 0
            ? One(funded)
            : new[] { funded, new JobEvent.HoldReturned { Job = state.Id, Requester = state.Requester, Hold = hold, Currency = state.Spec!.Currency, AmountMicros = leftMicros } };
    }

    /// <summary>Lets workers take tasks.</summary>
    public static Outcome<JobEvent[]> Open(JobState state)
    {
        if (Missing(state) is { } missing)
            return missing;
        if (state.Status == JobStatus.Open)
            return Nothing;
        if (state.Status is not (JobStatus.Draft or JobStatus.Paused))
            return WrongStatus(state, "opened", "draft or paused");
        if (state.Tasks == 0 && state.Spec!.Loop is null)
            return Reject.With(RejectionCode.JobStatus, "The job has no tasks to be labelled: add some first, or say how machines take part if it is to be a gate.");
        var cost = state.Spec!.CostOfAnswerMicros;
        return state.HeldMicros < cost
            ? Reject.With(RejectionCode.InsufficientFunds, $"The escrow holds {state.HeldMicros} micros, less than one answer costs ({cost}): fund the job first.")
            : One(new JobEvent.Opened());
    }

    /// <summary>Stops giving out tasks.</summary>
    public static Outcome<JobEvent[]> Pause(JobState state, string? reason)
    {
        if (Missing(state) is { } missing)
            return missing;
        return state.Status switch
        {
            JobStatus.Paused => Nothing,
            JobStatus.Open => One(new JobEvent.Paused { Reason = reason }),
            _ => WrongStatus(state, "paused", "open"),
        };
    }

    /// <summary>Begins to end the job.</summary>
    public static Outcome<JobEvent[]> Close(JobState state, bool cancel)
    {
        if (Missing(state) is { } missing)
            return missing;
        return state.Status switch
        {
            JobStatus.Closing or JobStatus.Closed or JobStatus.Cancelled when state.GivenUp == cancel => Nothing,
            JobStatus.Draft or JobStatus.Open or JobStatus.Paused => One(new JobEvent.Closing { Cancelled = cancel }),
            _ => WrongStatus(state, cancel ? "cancelled" : "closed", "draft, open or paused"),
        };
    }

    /// <summary>Ends the job and gives back what is left of the escrow, money under way to the job included.</summary>
    public static Outcome<JobEvent[]> Finish(JobState state, long leftMicros)
    {
        if (Missing(state) is { } missing)
            return missing;
        if (state.Status is JobStatus.Closed or JobStatus.Cancelled)
            return Nothing;
        if (state.Status != JobStatus.Closing)
            return WrongStatus(state, "finished", "closing");
        if (leftMicros < 0)
            throw new InvalidOperationException($"{leftMicros} micros are left of {state.HeldMicros} held for {state.Id}.");
        return One(new JobEvent.Closed { Job = state.Id, Requester = state.Requester, Currency = state.Spec!.Currency, ReturnedMicros = leftMicros });
    }

    /// <summary>Excludes the worker from the job's further work.</summary>
    public static Outcome<JobEvent[]> Exclude(JobState state, WorkerId worker, string reason)
    {
        if (Missing(state) is { } missing)
            return missing;
        return state.Excluded.ContainsKey(worker) ? Nothing : One(new JobEvent.WorkerExcluded { Worker = worker, Reason = reason });
    }

    /// <summary>Lets an excluded worker work again.</summary>
    public static Outcome<JobEvent[]> Readmit(JobState state, WorkerId worker, string reason)
    {
        if (Missing(state) is { } missing)
            return missing;
        return state.Excluded.ContainsKey(worker) ? One(new JobEvent.WorkerReadmitted { Worker = worker, Reason = reason }) : Nothing;
    }

    /// <summary>Whether the worker may be given work: the job open, the worker in good standing, qualified and under the caps.</summary>
    public static Rejection? MayWork(JobState state, WorkerId worker, WorkerStanding standing, int answersSoFar, DateTimeOffset now)
    {
        if (Missing(state) is { } missing)
            return missing;
        if (!standing.Registered)
            return Reject.NotFound($"worker {worker}");
        if (state.Status != JobStatus.Open)
            return WrongStatus(state, "worked on", "open");
        if (standing.SuspendedUntil > now)
            return Reject.With(RejectionCode.WorkerSuspended, $"Suspended until {standing.SuspendedUntil:u}: {standing.SuspensionReason}");
        if (state.Excluded.TryGetValue(worker, out var reason))
            return Reject.With(RejectionCode.WorkerExcluded, $"No more work of this job: {reason}");
        var lacking = state.Spec!.Policies.Qualifications.Where(q => !standing.Qualifications.Contains(q)).ToArray();
        if (lacking.Length > 0)
            return Reject.With(RejectionCode.QualificationMissing, $"This job wants the qualifications: {string.Join(", ", lacking)}.");
        var cap = state.Spec.Policies.Caps.AnswerCap(state.Tasks);
        return answersSoFar >= cap ? Reject.With(RejectionCode.WorkerCapReached, $"This job takes at most {cap} answers from one worker.") : null;
    }

    private static Outcome<JobEvent[]> Nothing => Array.Empty<JobEvent>();

    private static Rejection? Missing(JobState state) => state.Status == JobStatus.None ? Reject.NotFound("such job") : null;

    private static Outcome<JobEvent[]> One(JobEvent e) => new[] { e };

    private static Rejection WrongStatus(JobState state, string verb, string wanted) =>
        Reject.With(RejectionCode.JobStatus, $"The job is {state.Status.ToString().ToLowerInvariant()}; it can be {verb} while it is {wanted}.");
}

/// <summary>What an event of the stream of tasks adds to its job.</summary>
/// <param name="Import">Name of the import and version of the event in the stream of tasks.</param>
/// <param name="Tasks">All its tasks.</param>
/// <param name="Gold">How many of them are gold.</param>
public readonly record struct ImportedPart(string Import, int Tasks, int Gold);
