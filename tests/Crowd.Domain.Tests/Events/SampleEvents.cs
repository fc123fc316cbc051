using System.Text.Json;
using Crowd.Domain.Tests.Labels;
using static Crowd.Domain.Tests.Some;

namespace Crowd.Domain.Tests.Events;

/// <summary>At least one event of every type, with every field set, and every kind of schema and answer among them.</summary>
internal static class SampleEvents
{
    private static readonly AssignmentId Assignment = AssignmentId.Of(TheTask, 3);

    private static readonly Vote[] Votes =
    [
        new() { Assignment = Assignment, Worker = Worker(1), Weight = 0.708333, Agrees = true },
        new() { Assignment = AssignmentId.Of(TheTask, 4), Worker = Worker(2), Weight = 0.5, Agrees = false },
    ];

    private static readonly JobPolicies FullPolicies = new()
    {
        Redundancy = new() { MinAnswers = 2, MaxAnswers = 7, TargetConfidence = 0.95 },
        PayMicros = 50_000,
        FeeBasisPoints = 1_500,
        PayFor = PayFor.Reviewed,
        LeaseTime = TimeSpan.FromMinutes(30),
        Caps = new() { LeasesPerWorker = 3, AnswersPerWorker = 100, SharePerWorker = 0.25 },
        Gold = new() { Share = 0.1, Window = 20, MinAnswers = 5, MinAccuracy = 0.7, OnFailure = OnGoldFailure.Measure },
        Qualifications = ["lang:de", "reader"],
        ReviewWindow = TimeSpan.FromDays(2),
        AppealWindow = TimeSpan.FromDays(5),
        WhenUnsettled = WhenUnsettled.Escalate,
    };

    public static IReadOnlyList<DomainEvent> All { get; } =
    [
        .. Schemas.All.Select(s => new JobEvent.Created
        {
            Job = Job, Requester = Requester, ContentHash = "c0ffee",
            Spec = new() { Title = "A title", Instructions = "Do *this*.", Schema = s.Schema, Policies = FullPolicies, Currency = Currency.Usd },
        }),
        new JobEvent.Changed { Spec = Spec() },
        new JobEvent.Imported { Import = "import-1", Tasks = 10, Gold = 2 },
        new JobEvent.Funded { Hold = Id<HoldId>(1), AmountMicros = 5_000_000 },
        new JobEvent.Opened(),
        new JobEvent.Paused { Reason = "lunch" },
        new JobEvent.Closing { Cancelled = true },
        new JobEvent.Closed { Job = Job, Requester = Requester, Currency = Currency.Usd, ReturnedMicros = 123 },
        new JobEvent.HoldReturned { Job = Job, Requester = Requester, Hold = Id<HoldId>(1), Currency = Currency.Usd, AmountMicros = 5 },
        new JobEvent.WorkerExcluded { Worker = Worker(1), Reason = "gold" },
        new JobEvent.WorkerReadmitted { Worker = Worker(1), Reason = "a mistake" },
        new TasksAdded
        {
            Job = Job, Import = "import-1",
            Tasks = [new() { Id = TheTask, ExternalId = "row 1", InputHash = "abc123", Priority = -5, Gold = Cat, Metadata = JsonSerializer.Deserialize<JsonElement>("""{"row":1}""") }],
        },
        new TaskEvent.Offered { Job = Job, Assignment = Assignment, Worker = Worker(1), LeaseUntil = Now, PayMicros = 50_000, FeeMicros = 10_000, Gold = Cat },
        .. Schemas.All.Select(s => new TaskEvent.Submitted
        {
            Job = Job, Assignment = Assignment, Worker = Worker(1), Answer = s.One, DurationMilliseconds = 1_234, ReviewDue = Now, GoldRight = true,
        }),
        new TaskEvent.Returned { Job = Job, Assignment = Assignment, Worker = Worker(1), Reason = "too hard", ReleasedMicros = 60_000 },
        new TaskEvent.Expired { Job = Job, Assignment = Assignment, Worker = Worker(1), ReleasedMicros = 60_000 },
        new TaskEvent.MoreWanted { Job = Job, Wanted = 4, Confidence = 0.625 },
        new TaskEvent.Decided { Job = Job, Label = Cat, Confidence = 0.975, By = DecidedBy.Adjudication, Votes = Votes, Reason = "an expert", Replaces = Votes },
        new TaskEvent.Escalated { Job = Job, Label = Cat, Confidence = 0.5, Votes = Votes },
        new TaskEvent.Settled
        {
            Job = Job, Currency = Currency.Usd,
            Settlements = [.. Enum.GetValues<SettlementReason>().Select((reason, i) => new Settlement
            {
                Assignment = AssignmentId.Of(TheTask, i), Worker = Worker(i), Accepted = i % 2 == 0, PayMicros = 5, FeeMicros = 1, ReservedMicros = 6, Reason = reason, Note = "a note",
                PaidByPlatform = i % 2 == 1,
            })],
        },
        new TaskEvent.Appealed { Job = Job, Assignment = Assignment, Worker = Worker(1), Message = "I was right" },
        new TaskEvent.AppealResolved { Job = Job, Assignment = Assignment, Worker = Worker(1), Upheld = true, Reason = "so it is" },
        new TaskEvent.Revised { Job = Job, Label = Dog, Confidence = 0.75, Method = "dawid-skene" },
        new TaskEvent.Closed { Job = Job },
        new WorkerEvent.Registered { Worker = Worker(1), Person = Person },
        new WorkerEvent.QualificationGranted { Qualification = "lang:de", Reason = "exam" },
        new WorkerEvent.QualificationRevoked { Qualification = "lang:de", Reason = "expired" },
        new WorkerEvent.Suspended { Until = Now, Reason = "rude" },
        new WorkerEvent.SuspensionLifted { Reason = "sorry" },
        new WorkerEvent.ReliabilityOverridden { Job = Job, Value = 0.25, Reason = "seen" },
        new WorkerEvent.ReliabilityOverrideCleared { Job = Job, Reason = "better" },
        new WorkerEvent.PayoutRequested { Worker = Worker(1), Payout = Id<PayoutId>(1), AmountMicros = 2_000_000, Currency = Currency.Usd },
        new WorkerEvent.PayoutEnded { Payout = Id<PayoutId>(1), Paid = true },
        new RequesterEvent.Registered { Requester = Requester, Name = "Acme", Owner = Person },
        new RequesterEvent.MemberSet { Person = Person, Role = MemberRole.Editor },
        new RequesterEvent.MemberRemoved { Person = Person },
        new RequesterEvent.ToppedUp { Requester = Requester, TopUp = Id<TopUpId>(1), AmountMicros = 9, Currency = Currency.Usd },
        new RequesterEvent.FundsHeld { Requester = Requester, Hold = Id<HoldId>(1), Job = Job, AmountMicros = 9, Currency = Currency.Usd },
        new RequesterEvent.FundsReturned { Job = Job, Hold = Id<HoldId>(1), AmountMicros = 9, Currency = Currency.Usd },
        new RequesterEvent.JobRegistered { Key = "my key", ContentHash = "c0ffee", Job = Job },
        new PayoutEvent.Started { Payout = Id<PayoutId>(1), Worker = Worker(1), AmountMicros = 9, Currency = Currency.Usd },
        new PayoutEvent.Posted { Payout = Id<PayoutId>(1), Worker = Worker(1), AmountMicros = 9, Currency = Currency.Usd, Reference = "tr_1" },
        new PayoutEvent.Voided { Payout = Id<PayoutId>(1), Worker = Worker(1), AmountMicros = 9, Currency = Currency.Usd, Reason = "closed" },
        new AccountEvent.SignedUp { Person = Person },
        new AccountEvent.PasswordChanged { Person = Person },
        new AccountEvent.StaffRoleGranted { Person = Person, Role = StaffRole.QualityManager },
        new AccountEvent.StaffRoleRevoked { Person = Person, Role = StaffRole.Administrator },
        new AccountEvent.ApiKeyCreated { Key = Id<ApiKeyId>(1), Person = Person, Name = "robot" },
        new AccountEvent.ApiKeyRevoked { Key = Id<ApiKeyId>(1), Person = Person },
    ];
}
