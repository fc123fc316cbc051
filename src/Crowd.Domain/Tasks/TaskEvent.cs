using System.Text.Json.Serialization;

namespace Crowd.Domain;

/// <summary>What can happen to a task. Every event names the job, so that it can be told where it belongs without the rest of the stream.</summary>
public abstract record TaskEvent : DomainEvent
{
    private TaskEvent() { }

    /// <summary>The task's job.</summary>
    public required JobId Job { get; init; }

    /// <summary>A worker got a lease on the task.</summary>
    public sealed record Offered : TaskEvent
    {
        public required AssignmentId Assignment { get; init; }

        public required WorkerId Worker { get; init; }

        public required DateTimeOffset LeaseUntil { get; init; }

        /// <summary>Pay for the answer, if it is accepted.</summary>
        public required long PayMicros { get; init; }

        /// <summary>Fee on the pay.</summary>
        public required long FeeMicros { get; init; }

        /// <summary>The known answer of a gold task.</summary>
        public Answer? Gold { get; init; }

        /// <summary>The arm of the job's experiment that the worker or task is in.</summary>
        public string? Arm { get; init; }

        /// <summary>When the worker sees the prediction.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public ShowPrediction Show { get; init; }

        /// <summary>The prediction that the worker sees with the task.</summary>
        public SeenPrediction? Shown { get; init; }

        /// <summary>The assignment on which the same worker answered the task before: this one only measures whether they answer alike.</summary>
        public AssignmentId? Repeats { get; init; }
    }

    /// <summary>A worker answered.</summary>
    public sealed record Submitted : TaskEvent
    {
        public required AssignmentId Assignment { get; init; }

        public required WorkerId Worker { get; init; }

        public required Answer Answer { get; init; }

        /// <summary>Time from the offer to the answer.</summary>
        public required long DurationMilliseconds { get; init; }

        /// <summary>When it counts as accepted if the requester has not reviewed it; null when answers are not reviewed.</summary>
        public DateTimeOffset? ReviewDue { get; init; }

        /// <summary>On a gold task: whether the answer agrees with the known one.</summary>
        public bool? GoldRight { get; init; }

        /// <summary>The arm of the job's experiment.</summary>
        public string? Arm { get; init; }

        /// <summary>The prediction that the worker had seen when answering; null for none.</summary>
        public SeenPrediction? Saw { get; init; }

        /// <summary>On a hidden repeat: whether the answer agrees with the worker's first one. It is no vote.</summary>
        public bool? Consistent { get; init; }
    }

    /// <summary>The job's rules said what becomes of a prediction that came after its task.</summary>
    public sealed record Routed : TaskEvent
    {
        public required Routing Routing { get; init; }

        /// <summary>What the model said.</summary>
        public required Answer Label { get; init; }

        /// <summary>True when rules had held the task and no longer do: it is open again.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public bool Reopens { get; init; }
    }

    /// <summary>A worker was shown a prediction, at their request or after the answer.</summary>
    public sealed record PredictionShown : TaskEvent
    {
        public required AssignmentId Assignment { get; init; }

        public required WorkerId Worker { get; init; }

        public required SeenPrediction Seen { get; init; }
    }

    /// <summary>A worker gave the lease back.</summary>
    public sealed record Returned : TaskEvent
    {
        public required AssignmentId Assignment { get; init; }

        public required WorkerId Worker { get; init; }

        public string? Reason { get; init; }

        /// <summary>Pay and fee that were reserved for the answer.</summary>
        public required long ReleasedMicros { get; init; }
    }

    /// <summary>A worker said that something is wrong with the task; the lease is given back with it.</summary>
    public sealed record Reported : TaskEvent
    {
        public required AssignmentId Assignment { get; init; }

        public required WorkerId Worker { get; init; }

        public required Problem Problem { get; init; }

        /// <summary>What the worker wrote.</summary>
        public string? Message { get; init; }
    }

    /// <summary>A lease ended without an answer.</summary>
    public sealed record Expired : TaskEvent
    {
        public required AssignmentId Assignment { get; init; }

        public required WorkerId Worker { get; init; }

        /// <summary>Pay and fee that were reserved for the answer.</summary>
        public required long ReleasedMicros { get; init; }
    }

    /// <summary>One more answer is wanted.</summary>
    public sealed record MoreWanted : TaskEvent
    {
        /// <summary>Answers wanted from now on.</summary>
        public required int Wanted { get; init; }

        /// <summary>The confidence that was too low.</summary>
        public required double Confidence { get; init; }
    }

    /// <summary>The task has its label.</summary>
    public sealed record Decided : TaskEvent
    {
        public required Answer Label { get; init; }

        /// <summary>Posterior of the label, or agreement where labels have no finite set: 0 to 1.</summary>
        public required double Confidence { get; init; }

        public required DecidedBy By { get; init; }

        /// <summary>The votes that it came from, in the order of the answers.</summary>
        public required IReadOnlyList<Vote> Votes { get; init; }

        /// <summary>What an adjudicator gave as the reason.</summary>
        public string? Reason { get; init; }

        /// <summary>The votes of the decision that this one replaces, so that what they said of the workers can be taken back; null for a first decision.</summary>
        public IReadOnlyList<Vote>? Replaces { get; init; }

        /// <summary>The model's vote, where the job's policy lets models vote.</summary>
        public ModelVote? Model { get; init; }
    }

    /// <summary>The crowd could not settle the task.</summary>
    public sealed record Escalated : TaskEvent
    {
        public required double Confidence { get; init; }

        /// <summary>The likeliest label so far.</summary>
        public required Answer Label { get; init; }

        public required IReadOnlyList<Vote> Votes { get; init; }
    }

    /// <summary>Answers were accepted (and are paid by this very event) or rejected.</summary>
    public sealed record Settled : TaskEvent
    {
        public required IReadOnlyList<Settlement> Settlements { get; init; }

        public required Currency Currency { get; init; }
    }

    /// <summary>A worker appealed against a rejection.</summary>
    public sealed record Appealed : TaskEvent
    {
        public required AssignmentId Assignment { get; init; }

        public required WorkerId Worker { get; init; }

        public required string Message { get; init; }
    }

    /// <summary>An appeal was answered; an upheld one is followed by a settlement.</summary>
    public sealed record AppealResolved : TaskEvent
    {
        public required AssignmentId Assignment { get; init; }

        public required WorkerId Worker { get; init; }

        public required bool Upheld { get; init; }

        public required string Reason { get; init; }
    }

    /// <summary>The re-estimation at the job's end gave another label or confidence; the one at decision time is kept beside it.</summary>
    public sealed record Revised : TaskEvent
    {
        public required Answer Label { get; init; }

        public required double Confidence { get; init; }

        /// <summary>The method, for example <c>dawid-skene</c>.</summary>
        public required string Method { get; init; }
    }

    /// <summary>The task ended without a label.</summary>
    public sealed record Closed : TaskEvent;

    /// <summary>A decided task's label counts as known from now on: the task is given out unmarked to measure workers. What was answered and paid before stands.</summary>
    public sealed record MadeGold : TaskEvent
    {
        /// <summary>The answer that later ones are held against.</summary>
        public required Answer Gold { get; init; }

        public required string Reason { get; init; }
    }

    /// <summary>A gold task is given out no more: too many workers know it, or its answer is doubted.</summary>
    public sealed record GoldRetired : TaskEvent
    {
        public required string Reason { get; init; }
    }

    /// <summary>An answer no longer counts: another worker is asked in its place. Followed by a settlement.</summary>
    public sealed record Invalidated : TaskEvent
    {
        public required AssignmentId Assignment { get; init; }

        public required WorkerId Worker { get; init; }

        public required string Reason { get; init; }

        /// <summary>Answers wanted from now on.</summary>
        public required int Wanted { get; init; }
    }
}

/// <summary>What a worker saw of a model.</summary>
/// <param name="Model">The model.</param>
/// <param name="Version">Its version.</param>
/// <param name="Label">What it said.</param>
public sealed record SeenPrediction(string Model, string Version, Answer Label);

/// <summary>A model's part in a decision.</summary>
public sealed record ModelVote
{
    public required string Model { get; init; }

    public required string Version { get; init; }

    public required Answer Label { get; init; }

    /// <summary>As the model stated it; null when it stated none.</summary>
    public double? Confidence { get; init; }

    /// <summary>How far it was trusted: the probability that its label is right, as learnt from people, 0 to 1.</summary>
    public required double Weight { get; init; }

    public required bool Agrees { get; init; }

    /// <summary>What people's answers alone say: their likeliest label.</summary>
    public required Answer WithoutLabel { get; init; }

    /// <summary>The confidence of people's answers alone.</summary>
    public required double WithoutConfidence { get; init; }

    /// <summary>
    /// Answers that people alone would have given more than there are, had all further ones come from newcomers and agreed, up to the policy's most: the least that was
    /// saved. Below 0 where people alone had been sure at an earlier answer: then the model cost answers.
    /// </summary>
    public required int SavedAnswers { get; init; }
}

/// <summary>What can be wrong with a task.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Problem>))]
public enum Problem
{
    /// <summary>Something of the input cannot be loaded or read.</summary>
    Broken,

    /// <summary>The instructions do not say what to do here.</summary>
    Unclear,

    /// <summary>No answer that can be given is right.</summary>
    NoAnswerFits,

    /// <summary>It is offensive, illegal or distressing.</summary>
    Harmful,

    /// <summary>It shows personal data that should not be there.</summary>
    PersonalData,

    /// <summary>Something else, which the message says.</summary>
    Other,
}

/// <summary>One answer's part in a decision.</summary>
public sealed record Vote
{
    public required AssignmentId Assignment { get; init; }

    public required WorkerId Worker { get; init; }

    /// <summary>How far the worker was trusted: the probability of a right answer, 0 to 1.</summary>
    public required double Weight { get; init; }

    /// <summary>Whether the answer agrees with the label.</summary>
    public required bool Agrees { get; init; }
}

/// <summary>What became of one answer.</summary>
public sealed record Settlement
{
    public required AssignmentId Assignment { get; init; }

    public required WorkerId Worker { get; init; }

    public required bool Accepted { get; init; }

    /// <summary>Paid to the worker; 0 when rejected.</summary>
    public required long PayMicros { get; init; }

    /// <summary>Paid to the platform; 0 when rejected.</summary>
    public required long FeeMicros { get; init; }

    /// <summary>Pay and fee that were reserved for the answer until now; 0 when a rejection is taken back, since it had released them.</summary>
    public required long ReservedMicros { get; init; }

    /// <summary>Why, for the worker to read.</summary>
    public required SettlementReason Reason { get; init; }

    /// <summary>What the requester or quality manager wrote.</summary>
    public string? Note { get; init; }

    /// <summary>True when the platform pays because the job's escrow has gone back or does not cover it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool PaidByPlatform { get; init; }
}

/// <summary>Why an answer was accepted or rejected.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SettlementReason>))]
public enum SettlementReason
{
    /// <summary>It agrees with the task's label.</summary>
    Agrees,

    /// <summary>It does not agree with the task's label.</summary>
    Disagrees,

    /// <summary>The job pays every valid answer.</summary>
    EveryAnswer,

    /// <summary>The requester approved it.</summary>
    Approved,

    /// <summary>The requester rejected it.</summary>
    RejectedByRequester,

    /// <summary>Nobody reviewed it in time.</summary>
    ReviewWindowOver,

    /// <summary>The worker's appeal was upheld.</summary>
    AppealUpheld,

    /// <summary>The job ended before a label was found.</summary>
    JobEnded,

    /// <summary>It had been rejected, and agrees with the label of a later adjudication.</summary>
    ProvedRight,

    /// <summary>It no longer counts, because its worker's work is redone.</summary>
    Invalidated,
}

/// <summary>How a label came about.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DecidedBy>))]
public enum DecidedBy
{
    /// <summary>Enough answers at the wanted confidence.</summary>
    Consensus,

    /// <summary>All answers, with less than the wanted confidence.</summary>
    LowConfidence,

    /// <summary>An expert or a quality manager.</summary>
    Adjudication,

    /// <summary>The job closed and the answers there were had to do.</summary>
    JobClosed,

    /// <summary>A model whose version is approved, by a rule of the job.</summary>
    Machine,
}
