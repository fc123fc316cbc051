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
        Repeats = new() { Share = 0.05, Distance = 30 },
        Qualifications = ["lang:de", "reader"],
        ReviewWindow = TimeSpan.FromDays(2),
        AppealWindow = TimeSpan.FromDays(5),
        WhenUnsettled = WhenUnsettled.Escalate,
    };

    private static readonly Prediction Said = new()
    {
        Model = "net",
        Version = "2026-11",
        Label = Cat,
        Confidence = 0.75,
        Scores = [new("cat", 0.75), new("dog", 0.25)],
        Rationale = "whiskers",
    };

    private static readonly AlertRule Accuracy = new() { Id = "accuracy", Measure = AlertMeasure.AuditAccuracy, Limit = 0.95, Margin = 0.01, LeastCount = 50, Certain = true, Period = TimeSpan.FromDays(7) };

    private static readonly AlertRule Gap = new() { Id = "gap", Measure = AlertMeasure.ParityGap, Limit = 0.2, By = "metadata.group", Favourable = "cat" };

    private static readonly Routing Routed = new()
    {
        Action = RouteAction.Expert,
        Rule = "unsure",
        Version = 3,
        Why = [new("confidence", "0.75")],
        Qualification = "vet",
        Audited = true,
        Model = "net",
        ModelVersion = "2026-11",
    };

    private static readonly ModelFigures Figures = new()
    {
        Tasks = 100,
        Right = 90,
        Accuracy = 0.9,
        Low = 0.825,
        High = 0.945,
        CalibrationError = 0.03,
        Basis = "held out",
        Others = [new("loss", 0.4)],
    };

    private static readonly LoopPolicy FullLoop = new()
    {
        Version = 3,
        Model = "net",
        Show = ShowPrediction.OnRequest,
        Arms = [new("shown", 1, ShowPrediction.First), new("blind", 2, ShowPrediction.Never)],
        ArmBy = ArmUnit.Task,
        Seed = 7,
        ModelVotes = true,
        Costs = [new("cat", "dog", 5_000_000)],
        PersonRequired = ["owl"],
        AuditRate = 0.05,
        Gate = new() { ServiceLevel = TimeSpan.FromMinutes(5), Fallback = GateFallback.Escalate, VetoWindow = TimeSpan.FromSeconds(30) },
        Rules =
        [
            new() { Id = "unsure", Action = RouteAction.Expert, Qualification = "vet", When = new() { All =
            [
                new() { Any = [new() { Confidence = new(null, 0.6) }, new() { Margin = new(0, 0.2) }, new() { Cost = new(1_000, null) }] },
                new() { Not = new() { Label = ["owl"] } },
                new() { Field = new() { Path = "input.size", Number = new(1, 10) } },
                new() { Field = new() { Path = "metadata.source", OneOf = ["web"] } },
                new() { Field = new() { Path = "metadata.x[0]", Exists = false } },
                new() { Disagreement = new(0.5, null) }, new() { Novelty = new(0.3, null) }, new() { Sample = new(0.1, 5) },
            ] } },
            new() { Id = "rest", Action = RouteAction.Accept },
        ],
    };

    private static readonly ExamSpec Exam = new()
    {
        Title = "Animals",
        Instructions = "Name *it*.",
        Qualification = "animals",
        Schema = Animals,
        Questions = [new() { Input = JsonSerializer.Deserialize<JsonElement>("{\"text\":\"miaow\"}"), Answer = Cat }],
        PassMark = 0.8,
        Attempts = 3,
        CoolDown = TimeSpan.FromDays(1),
        TimeLimit = TimeSpan.FromMinutes(20),
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
            Tasks = [new() { Id = TheTask, ExternalId = "row 1", InputHash = "abc123", Priority = -5, Gold = Cat, Metadata = JsonSerializer.Deserialize<JsonElement>("""{"row":1}"""), Predictions = [Said], Routing = Routed }],
        },
        new TaskEvent.Offered { Job = Job, Assignment = Assignment, Worker = Worker(1), LeaseUntil = Now, PayMicros = 50_000, FeeMicros = 10_000, Gold = Cat, Arm = "shown", Show = ShowPrediction.First, Shown = new("net", "1", Dog), Repeats = AssignmentId.Of(TheTask, 0) },
        .. Schemas.All.Select(s => new TaskEvent.Submitted
        {
            Job = Job, Assignment = Assignment, Worker = Worker(1), Answer = s.One, DurationMilliseconds = 1_234, ReviewDue = Now, GoldRight = true, Arm = "shown", Saw = new("net", "1", Dog), Consistent = false,
        }),
        new TaskEvent.Returned { Job = Job, Assignment = Assignment, Worker = Worker(1), Reason = "too hard", ReleasedMicros = 60_000 },
        new TaskEvent.Reported { Job = Job, Assignment = Assignment, Worker = Worker(1), Problem = Problem.Broken, Message = "the image is white" },
        new TaskEvent.Expired { Job = Job, Assignment = Assignment, Worker = Worker(1), ReleasedMicros = 60_000 },
        new TaskEvent.MoreWanted { Job = Job, Wanted = 4, Confidence = 0.625 },
        new TaskEvent.Decided { Job = Job, Label = Cat, Confidence = 0.975, By = DecidedBy.Adjudication, Votes = Votes, Reason = "an expert", Replaces = Votes,
            Model = new() { Model = "net", Version = "1", Label = Dog, Weight = 0.9, Agrees = false, WithoutLabel = Cat, WithoutConfidence = 0.9, SavedAnswers = 2 } },
        new TaskEvent.Routed { Job = Job, Routing = Routed, Label = Cat, Reopens = true },
        new TaskEvent.PredictionShown { Job = Job, Assignment = Assignment, Worker = Worker(1), Seen = new("net", "1", Dog) },
        new JobEvent.LoopChanged { Loop = FullLoop },
        new PredictionsAdded { Job = Job, Predictions = [new(TheTask, Said)] },
        new ModelEvent.Registered { Job = Job, Model = "net", Version = "1", Note = "first" },
        new ModelEvent.Measured { Job = Job, Model = "net", Version = "1", Figures = Figures },
        new ModelEvent.Approved { Job = Job, Model = "net", Version = "1", Reason = "good enough", Figures = Figures },
        new ModelEvent.Retired { Job = Job, Model = "net", Version = "1", Reason = "drift" },
        new LearningEvent.Trained { Job = Job, Labels = 40, Version = 2, Compared = 12, Right = 9 },
        new AlertEvent.RulesSet { Job = Job, Rules = [Accuracy, Gap] },
        new AlertEvent.Raised { Job = Job, Rule = Gap, Value = 0.3, Low = 0.2, High = 0.4, Count = 120 },
        new AlertEvent.Cleared { Job = Job, Rule = "gap", Value = 0.05 },
        new LearningEvent.TrainingWanted { Job = Job, Labels = 40, Reason = TrainingReason.Drift, NewLabels = 20, Probability = 0.01 },
        new DecisionEvent.Requested { Job = Job, Decision = DecisionId.Of(Job, "k1"), Key = "k1", ContentHash = "c0ffee", InputHash = "abc123", Prediction = Said, Routing = Routed },
        new DecisionEvent.Accepted { Job = Job, Label = Cat, VetoUntil = Now, InAudit = true },
        new DecisionEvent.Held { Job = Job, For = RouteAction.Hold, Due = Now, Fallback = GateFallback.Refuse },
        new DecisionEvent.Vetoed { Job = Job, Reason = "looks wrong" },
        new DecisionEvent.FallbackApplied { Job = Job, Fallback = GateFallback.Escalate },
        new DecisionEvent.Released { Job = Job, Label = Dog, By = ReleasedBy.Person, Waited = true, Confidence = 1, Reason = "seen" },
        new DecisionEvent.Audited { Job = Job, Label = Dog, Agrees = false },
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
        new TaskEvent.MadeGold { Job = Job, Gold = Cat, Reason = "clear and common" },
        new TaskEvent.GoldRetired { Job = Job, Reason = "everybody knows it" },
        new TaskEvent.Invalidated { Job = Job, Assignment = Assignment, Worker = Worker(1), Reason = "clicks at random", Wanted = 3 },
        new WorkerEvent.Registered { Worker = Worker(1), Person = Person },
        new WorkerEvent.QualificationGranted { Qualification = "lang:de", Reason = "exam" },
        new WorkerEvent.QualificationRevoked { Qualification = "lang:de", Reason = "expired" },
        new WorkerEvent.Suspended { Until = Now, Reason = "rude" },
        new WorkerEvent.SuspensionLifted { Reason = "sorry" },
        new WorkerEvent.ReliabilityOverridden { Job = Job, Value = 0.25, Reason = "seen" },
        new WorkerEvent.ReliabilityOverrideCleared { Job = Job, Reason = "better" },
        new WorkerEvent.ExamBegun { Exam = Id<ExamId>(1), Attempt = 2, Until = Now, RetryFrom = Now.AddDays(1) },
        new WorkerEvent.ExamGraded { Exam = Id<ExamId>(1), Attempt = 2, Right = 7, Questions = 8, Passed = true },
        new ExamEvent.Published { Exam = Id<ExamId>(1), Requester = Requester, Spec = Exam },
        new ExamEvent.Retired { Exam = Id<ExamId>(1) },
        new WorkerEvent.PayoutRequested { Worker = Worker(1), Payout = Id<PayoutId>(1), AmountMicros = 2_000_000, Currency = Currency.Usd, Payee = "acct_1", ScheduledFor = new(2026, 3, 2) },
        new WorkerEvent.PayoutEnded { Payout = Id<PayoutId>(1), Paid = true },
        new RequesterEvent.Registered { Requester = Requester, Name = "Acme", Owner = Person },
        new RequesterEvent.MemberSet { Person = Person, Role = MemberRole.Editor },
        new RequesterEvent.MemberRemoved { Person = Person },
        new RequesterEvent.ToppedUp { Requester = Requester, TopUp = Id<TopUpId>(1), AmountMicros = 9, Currency = Currency.Usd, Payment = "pi_1" },
        new RequesterEvent.FundsHeld { Requester = Requester, Hold = Id<HoldId>(1), Job = Job, AmountMicros = 9, Currency = Currency.Usd },
        new RequesterEvent.FundsReturned { Job = Job, Hold = Id<HoldId>(1), AmountMicros = 9, Currency = Currency.Usd },
        new RequesterEvent.JobRegistered { Key = "my key", ContentHash = "c0ffee", Job = Job },
        new RequesterEvent.WebhookSet { Requester = Requester, Webhook = Id<WebhookId>(1), Url = "https://acme.example/crowd", Types = ["job.closed", "task.decided"] },
        new RequesterEvent.WebhookDisabled { Webhook = Id<WebhookId>(1), Reason = "nobody answers" },
        new RequesterEvent.WebhookEnabled { Webhook = Id<WebhookId>(1) },
        new RequesterEvent.WebhookReplayed { Webhook = Id<WebhookId>(1), AfterPosition = 41 },
        new RequesterEvent.WebhookRemoved { Webhook = Id<WebhookId>(1) },
        new RequesterEvent.WebhookSecretReplaced { Webhook = Id<WebhookId>(1) },
        new PayoutEvent.Started { Payout = Id<PayoutId>(1), Worker = Worker(1), AmountMicros = 9, Currency = Currency.Usd, Payee = "acct_1" },
        new PayoutEvent.Posted { Payout = Id<PayoutId>(1), Worker = Worker(1), AmountMicros = 9, Currency = Currency.Usd, Reference = "tr_1" },
        new PayoutEvent.Voided { Payout = Id<PayoutId>(1), Worker = Worker(1), AmountMicros = 9, Currency = Currency.Usd, Reason = "closed" },
        new AccountEvent.SignedUp { Person = Person },
        new AccountEvent.PasswordChanged { Person = Person },
        new AccountEvent.StaffRoleGranted { Person = Person, Role = StaffRole.QualityManager },
        new AccountEvent.StaffRoleRevoked { Person = Person, Role = StaffRole.Administrator },
        new AccountEvent.ApiKeyCreated { Key = Id<ApiKeyId>(1), Person = Person, Name = "robot" },
        new AccountEvent.ApiKeyRevoked { Key = Id<ApiKeyId>(1), Person = Person },
        .. SampleMoney.All,
    ];
}
