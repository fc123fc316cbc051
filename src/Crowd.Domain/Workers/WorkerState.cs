using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Crowd.Domain;

/// <summary>A worker as the events make them. Earnings stand in the ledger.</summary>
public sealed record WorkerState
{
    public WorkerId Id { get; init; }

    public PersonId Person { get; init; }

    public ImmutableHashSet<string> Qualifications { get; init; } = [];

    public DateTimeOffset? SuspendedUntil { get; init; }

    public string? SuspensionReason { get; init; }

    /// <summary>Override for all jobs.</summary>
    public double? Reliability { get; init; }

    /// <summary>Overrides by job.</summary>
    public ImmutableDictionary<JobId, double> ReliabilityByJob { get; init; } = ImmutableDictionary<JobId, double>.Empty;

    /// <summary>Tries of exams.</summary>
    public ImmutableDictionary<ExamId, ExamRecord> Exams { get; set; } = ImmutableDictionary<ExamId, ExamRecord>.Empty;

    /// <summary>Payouts under way.</summary>
    public ImmutableDictionary<PayoutId, long> Payouts { get; init; } = ImmutableDictionary<PayoutId, long>.Empty;

    /// <summary>Payouts that ended, paid or not: their ids are not used again.</summary>
    public ImmutableDictionary<PayoutId, long> EndedPayouts { get; init; } = ImmutableDictionary<PayoutId, long>.Empty;

    /// <summary>The provider's id of the worker's account; null as long as there is none.</summary>
    public string? Payee { get; init; }

    /// <summary>What the provider last said of the account.</summary>
    public PayeeStanding? PayeeStanding { get; init; }

    /// <summary>When earned money is paid out by itself; null for never.</summary>
    public PayoutSchedule? Schedule { get; init; }

    /// <summary>The last day on which it was.</summary>
    public DateOnly? LastScheduled { get; init; }

    /// <summary>True once registered.</summary>
    [JsonIgnore]
    public bool Registered => Id != default;

    [JsonIgnore]
    public WorkerStanding Standing => new(Registered, Qualifications, SuspendedUntil, SuspensionReason);

    /// <summary>The state after the event.</summary>
    public WorkerState Apply(WorkerEvent e) => e switch
    {
        WorkerEvent.Registered r => this with { Id = r.Worker, Person = r.Person },
        WorkerEvent.QualificationGranted q => this with { Qualifications = Qualifications.Add(q.Qualification) },
        WorkerEvent.QualificationRevoked q => this with { Qualifications = Qualifications.Remove(q.Qualification) },
        WorkerEvent.Suspended s => this with { SuspendedUntil = s.Until, SuspensionReason = s.Reason },
        WorkerEvent.SuspensionLifted => this with { SuspendedUntil = null, SuspensionReason = null },
        WorkerEvent.ReliabilityOverridden { Job: { } job } o => this with { ReliabilityByJob = ReliabilityByJob.SetItem(job, o.Value) },
        WorkerEvent.ReliabilityOverridden o => this with { Reliability = o.Value },
        WorkerEvent.ReliabilityOverrideCleared { Job: { } job } => this with { ReliabilityByJob = ReliabilityByJob.Remove(job) },
        WorkerEvent.ReliabilityOverrideCleared => this with { Reliability = null },
        WorkerEvent.ExamBegun b => this with { Exams = Exams.SetItem(b.Exam, RecordOf(b.Exam) with { Attempts = b.Attempt, Until = b.Until, RetryFrom = b.RetryFrom }) },
        WorkerEvent.ExamGraded g => this with
        {
            Exams = Exams.SetItem(g.Exam, RecordOf(g.Exam) with
            {
                Until = null,
                Passed = g.Passed || RecordOf(g.Exam).Passed,
                Best = Math.Max(RecordOf(g.Exam).Best ?? 0, (double)g.Right / g.Questions),
            }),
        },
        WorkerEvent.PayoutRequested p => this with { Payouts = Payouts.SetItem(p.Payout, p.AmountMicros), LastScheduled = p.ScheduledFor ?? LastScheduled },
        WorkerEvent.PayeeOpened p => this with { Payee = p.Payee },
        WorkerEvent.PayeeChanged p => this with { PayeeStanding = new(p.Ready, p.Submitted, p.Reason) },
        WorkerEvent.PayoutsScheduled p => this with { Schedule = p.Schedule },
        WorkerEvent.PayoutsUnscheduled => this with { Schedule = null },
        WorkerEvent.DebtRecovered => this,
        WorkerEvent.PayoutEnded p => this with { Payouts = Payouts.Remove(p.Payout), EndedPayouts = EndedPayouts.SetItem(p.Payout, Payouts.GetValueOrDefault(p.Payout)) },
        _ => throw new InvalidOperationException($"A worker does not know {e.GetType().Name}."),
    };

    private ExamRecord RecordOf(ExamId exam) => Exams.GetValueOrDefault(exam) ?? new();
}
