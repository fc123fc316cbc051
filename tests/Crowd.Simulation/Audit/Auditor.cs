namespace Crowd.Simulation;

/// <summary>Something that must never be so.</summary>
internal sealed class AuditException(string message) : Exception(message);

/// <summary>
/// Reads the log from its first event and checks the invariants of the design after each. It knows the events and nothing else: no decider, no table, no
/// state of a grain.
/// </summary>
internal sealed class Auditor
{
    private readonly Dictionary<string, long> _versions = new(StringComparer.Ordinal);
    private readonly HashSet<string> _once = new(StringComparer.Ordinal);
    private long _position;

    public Dictionary<TaskId, AuditedTask> Tasks { get; } = [];

    public Dictionary<JobId, AuditedJob> Jobs { get; } = [];

    public Books Books { get; } = new();

    public HashSet<string> Ended { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads on to the end of the log.</summary>
    public async Task ReadAsync(IJournal journal)
    {
        foreach (var stored in await journal.ReadLogAsync(_position, int.MaxValue, CancellationToken.None))
        {
            try
            {
                Take(stored);
            }
            catch (AuditException e)
            {
                throw new AuditException($"At position {stored.Position}, {stored.Type} of {stored.Stream}: {e.Message}");
            }
        }
    }

    private void Take(StoredEvent stored)
    {
        Want(stored.Position == ++_position, "the log has a hole");
        Want(stored.Version == (_versions[stored.Stream] = _versions.GetValueOrDefault(stored.Stream) + 1), "the stream has a hole");
        var e = EventTypes.Read(stored.Type, stored.Data.Span);
        Books.Take(e);
        switch (e)
        {
            case TasksAdded added:
                foreach (var task in added.Tasks)
                {
                    Once($"external {added.Job}/{task.ExternalId}");
                    Tasks.Add(task.Id, new(added.Job, task.Gold is not null));
                }

                break;
            case TaskEvent task:
                var about = Tasks[TaskId.From(stored.Stream)];
                Want(Jobs[task.Job].Status != "closed" || task is TaskEvent.Appealed or TaskEvent.AppealResolved or TaskEvent.Settled or TaskEvent.Decided, "the job has closed");
                about.Take(task, stored.At, Jobs[task.Job]);
                break;
            case JobEvent job:
                TakeJob(JobId.From(stored.Stream), job);
                break;
            case RequesterEvent.ToppedUp t:
                Once($"top-up {t.TopUp}");
                break;
            case RequesterEvent.FundsHeld h:
                Once($"hold {h.Hold}");
                break;
            case RequesterEvent.JobRegistered j:
                Once($"job key {stored.Stream}/{j.Key}");
                break;
            case WorkerEvent.PayoutRequested p:
                Once($"payout {p.Payout}");
                break;
            case WorkerEvent.PayoutEnded p:
                Once($"payout ended {p.Payout}");
                break;
            case PayoutEvent.Posted or PayoutEvent.Voided:
                Once($"payout concluded {stored.Stream}");
                Ended.Add(stored.Stream);
                break;
        }

        if (Books.Negative() is { } account)
            throw new AuditException($"{account} is {Books[account]}");
        if (e is TaskEvent { Job: var owner })
            CheckEscrow(owner);
    }

    /// <summary>Pay and fee of every lease and answer not settled is in the escrow.</summary>
    private void CheckEscrow(JobId id)
    {
        var (reserved, escrow) = (Jobs[id].ReservedMicros, Books[$"escrow:{id.Value}"]);
        Want(reserved <= escrow, $"{reserved} micros are reserved and {escrow} are in escrow");
    }

    private void TakeJob(JobId id, JobEvent e)
    {
        if (e is JobEvent.Created c)
            Jobs.Add(id, new(c.Spec));
        var job = Jobs[id];
        job.Take(e);
        if (e is JobEvent.Funded f)
            Once($"funded {f.Hold}");
        if (e is not JobEvent.Closed)
            return;
        Once($"closed {id}");
        Want(job.ReservedMicros == 0 && job.Live == 0, $"it closes with {job.Live} leases or answers under way");
        Want(Books[$"escrow:{id.Value}"] == 0, "it closes and keeps money");
    }

    private void Once(string what) => Want(_once.Add(what), $"{what} happened twice");

    internal static void Want(bool holds, string otherwise)
    {
        if (!holds)
            throw new AuditException(otherwise);
    }
}
