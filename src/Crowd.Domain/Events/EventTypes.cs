using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Crowd.Domain;

/// <summary>The stable names of events in the log, and their JSON. A name is never given to another event.</summary>
public static class EventTypes
{
    private static readonly FrozenDictionary<Type, (string Name, JsonTypeInfo Json)> ByType = Entries().ToFrozenDictionary(e => e.Json.Type, e => e);

    private static readonly FrozenDictionary<string, JsonTypeInfo> ByName = Entries().ToFrozenDictionary(e => e.Name, e => e.Json, StringComparer.Ordinal);

    /// <summary>All names and types.</summary>
    public static IEnumerable<(string Name, Type Type)> All => ByName.Select(e => (e.Key, e.Value.Type));

    /// <summary>The name of the event's type in the log.</summary>
    public static string NameOf(DomainEvent e) => ByType[e.GetType()].Name;

    /// <summary>The event's JSON as UTF-8.</summary>
    public static byte[] Write(DomainEvent e) => JsonSerializer.SerializeToUtf8Bytes(e, ByType[e.GetType()].Json);

    /// <summary>Reads an event. Fields that this version does not know are passed over.</summary>
    /// <exception cref="InvalidOperationException">The log holds an event of a type that this version does not know: it was written by a newer one.</exception>
    public static DomainEvent Read(string name, ReadOnlySpan<byte> json) =>
        ByName.TryGetValue(name, out var info)
            ? (DomainEvent)JsonSerializer.Deserialize(json, info)!
            : throw new InvalidOperationException($"The log holds an event of the unknown type '{name}': it was written by a newer version.");

    private static IEnumerable<(string Name, JsonTypeInfo Json)> Entries() =>
    [
        ("job.created", DomainJson.Default.Created),
        ("job.changed", DomainJson.Default.Changed),
        ("job.imported", DomainJson.Default.Imported),
        ("job.funded", DomainJson.Default.Funded),
        ("job.opened", DomainJson.Default.JobOpened),
        ("job.paused", DomainJson.Default.Paused),
        ("job.closing", DomainJson.Default.Closing),
        ("job.closed", DomainJson.Default.JobClosed),
        ("job.hold-returned", DomainJson.Default.HoldReturned),
        ("job.worker-excluded", DomainJson.Default.WorkerExcluded),
        ("job.worker-readmitted", DomainJson.Default.WorkerReadmitted),
        ("job.tasks-added", DomainJson.Default.TasksAdded),
        ("job.loop-changed", DomainJson.Default.LoopChanged),
        ("prediction.added", DomainJson.Default.PredictionsAdded),
        ("model.registered", DomainJson.Default.ModelRegistered),
        ("model.measured", DomainJson.Default.Measured),
        ("model.approved", DomainJson.Default.Approved),
        ("model.retired", DomainJson.Default.Retired),
        ("decision.requested", DomainJson.Default.Requested),
        ("decision.accepted", DomainJson.Default.Accepted),
        ("decision.held", DomainJson.Default.Held),
        ("decision.vetoed", DomainJson.Default.Vetoed),
        ("decision.fallback-applied", DomainJson.Default.FallbackApplied),
        ("decision.released", DomainJson.Default.Released),
        ("decision.audited", DomainJson.Default.Audited),
        ("task.routed", DomainJson.Default.Routed),
        ("task.prediction-shown", DomainJson.Default.PredictionShown),
        ("learning.trained", DomainJson.Default.Trained),
        ("learning.training-wanted", DomainJson.Default.TrainingWanted),
        ("alert.rules-set", DomainJson.Default.RulesSet),
        ("alert.raised", DomainJson.Default.AlertRaised),
        ("alert.cleared", DomainJson.Default.AlertCleared),
        ("task.offered", DomainJson.Default.Offered),
        ("task.submitted", DomainJson.Default.Submitted),
        ("task.returned", DomainJson.Default.Returned),
        ("task.reported", DomainJson.Default.Reported),
        ("task.expired", DomainJson.Default.Expired),
        ("task.more-wanted", DomainJson.Default.MoreWanted),
        ("task.decided", DomainJson.Default.Decided),
        ("task.escalated", DomainJson.Default.Escalated),
        ("task.settled", DomainJson.Default.Settled),
        ("task.appealed", DomainJson.Default.Appealed),
        ("task.appeal-resolved", DomainJson.Default.AppealResolved),
        ("task.revised", DomainJson.Default.Revised),
        ("task.closed", DomainJson.Default.TaskClosed),
        ("task.made-gold", DomainJson.Default.MadeGold),
        ("task.gold-retired", DomainJson.Default.GoldRetired),
        ("task.invalidated", DomainJson.Default.Invalidated),
        ("worker.registered", DomainJson.Default.WorkerRegistered),
        ("worker.qualification-granted", DomainJson.Default.QualificationGranted),
        ("worker.qualification-revoked", DomainJson.Default.QualificationRevoked),
        ("worker.suspended", DomainJson.Default.Suspended),
        ("worker.suspension-lifted", DomainJson.Default.SuspensionLifted),
        ("worker.reliability-overridden", DomainJson.Default.ReliabilityOverridden),
        ("worker.reliability-override-cleared", DomainJson.Default.ReliabilityOverrideCleared),
        ("worker.exam-begun", DomainJson.Default.ExamBegun),
        ("worker.exam-graded", DomainJson.Default.ExamGraded),
        ("worker.payout-requested", DomainJson.Default.PayoutRequested),
        ("worker.payout-ended", DomainJson.Default.PayoutEnded),
        ("requester.registered", DomainJson.Default.RequesterRegistered),
        ("requester.member-set", DomainJson.Default.MemberSet),
        ("requester.member-removed", DomainJson.Default.MemberRemoved),
        ("requester.topped-up", DomainJson.Default.ToppedUp),
        ("requester.funds-held", DomainJson.Default.FundsHeld),
        ("requester.funds-returned", DomainJson.Default.FundsReturned),
        ("requester.job-registered", DomainJson.Default.JobRegistered),
        ("requester.webhook-set", DomainJson.Default.WebhookSet),
        ("requester.webhook-disabled", DomainJson.Default.WebhookDisabled),
        ("requester.webhook-enabled", DomainJson.Default.WebhookEnabled),
        ("requester.webhook-replayed", DomainJson.Default.WebhookReplayed),
        ("requester.webhook-removed", DomainJson.Default.WebhookRemoved),
        ("requester.webhook-secret-replaced", DomainJson.Default.WebhookSecretReplaced),
        ("exam.published", DomainJson.Default.ExamPublished),
        ("exam.retired", DomainJson.Default.ExamRetired),
        ("payout.started", DomainJson.Default.Started),
        ("payout.posted", DomainJson.Default.Posted),
        ("payout.voided", DomainJson.Default.Voided),
        ("account.signed-up", DomainJson.Default.SignedUp),
        ("account.password-changed", DomainJson.Default.PasswordChanged),
        ("account.staff-role-granted", DomainJson.Default.StaffRoleGranted),
        ("account.staff-role-revoked", DomainJson.Default.StaffRoleRevoked),
        ("account.api-key-created", DomainJson.Default.ApiKeyCreated),
        ("account.api-key-revoked", DomainJson.Default.ApiKeyRevoked),
        ("requester.refund-requested", DomainJson.Default.RefundRequested),
        ("requester.refund-returned", DomainJson.Default.RefundReturned),
        ("requester.dispute-opened", DomainJson.Default.RequesterDisputeOpened),
        ("requester.dispute-won", DomainJson.Default.RequesterDisputeWon),
        ("requester.dispute-lost", DomainJson.Default.RequesterDisputeLost),
        ("requester.debt-repaid", DomainJson.Default.DebtRepaid),
        ("requester.bonus-paid", DomainJson.Default.BonusPaid),
        ("worker.payee-opened", DomainJson.Default.PayeeOpened),
        ("worker.payee-changed", DomainJson.Default.WorkerPayeeChanged),
        ("worker.payouts-scheduled", DomainJson.Default.PayoutsScheduled),
        ("worker.payouts-unscheduled", DomainJson.Default.PayoutsUnscheduled),
        ("worker.debt-recovered", DomainJson.Default.DebtRecovered),
        ("payout.recall-started", DomainJson.Default.RecallStarted),
        ("payout.recall-refused", DomainJson.Default.RecallRefused),
        ("payout.returned", DomainJson.Default.PayoutReturned),
        ("payout.found-paid", DomainJson.Default.FoundPaid),
        ("top-up.started", DomainJson.Default.TopUpStarted),
        ("top-up.pending", DomainJson.Default.TopUpPending),
        ("top-up.paid", DomainJson.Default.TopUpEventPaid),
        ("top-up.failed", DomainJson.Default.TopUpEventFailed),
        ("top-up.given-up", DomainJson.Default.GivenUp),
        ("refund.started", DomainJson.Default.RefundStarted),
        ("refund.posted", DomainJson.Default.RefundPosted),
        ("refund.confirmed", DomainJson.Default.Confirmed),
        ("refund.voided", DomainJson.Default.RefundVoided),
        ("inbox.received", DomainJson.Default.Received),
        ("inbox.processed", DomainJson.Default.Processed),
        ("movement.seen", DomainJson.Default.MovementSeen),
    ];
}
