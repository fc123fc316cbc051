using System.Text.Json;
using Crowd.Api.Access;
using Crowd.Api.Hosting;
using Crowd.Api.Jobs;
using Crowd.Api.Labels;
using Crowd.Api.Tasks;
using Crowd.Domain;
using Crowd.GraphQL;
using Crowd.Journal;
using Crowd.Marketplace.Loop;

namespace Crowd.Api.Loop;

/// <summary>A model version of a job.</summary>
[GraphQLName("ModelVersion")]
public sealed class ModelView
{
    internal const string Columns = "model, model_version as version, status as status_text, predictions, figures as figures_json, note, reason, measured_at";

    [GraphQLIgnore]
    public string StatusText { get; set; } = "";

    [GraphQLIgnore]
    public string? FiguresJson { get; set; }

    [GraphQLIgnore]
    public long? MeasuredAt { get; set; }

    public string Model { get; set; } = "";

    public string Version { get; set; } = "";

    public ModelStatus Status => Enum.Parse<ModelStatus>(StatusText, ignoreCase: true);

    /// <summary>Tasks that it predicted.</summary>
    [GraphQLName("predictionCount")]
    public int Predictions { get; set; }

    /// <summary>How it did against people.</summary>
    public ModelFigures? Figures => FiguresJson is null ? null : JsonSerializer.Deserialize(FiguresJson, DomainJson.Default.ModelFigures);

    public string? Note { get; set; }

    /// <summary>Why it was approved or retired.</summary>
    public string? Reason { get; set; }

    [GraphQLName("measuredAt")]
    public DateTimeOffset? Measured => MeasuredAt is { } at ? Instants.FromMicroseconds(at) : null;
}

/// <summary>What a policy would have done.</summary>
/// <param name="Tasks">Tasks with predictions that were looked at.</param>
/// <param name="Complete">False when there are more than 20,000.</param>
/// <param name="CostMicros">What people's answers would cost at least, pay and fees.</param>
/// <param name="AllCostMicros">The same, had all tasks gone to people.</param>
/// <param name="KnownCount">Accepted predictions whose task people labelled, too.</param>
/// <param name="Error">Share of those that people contradict; null when there are none.</param>
/// <param name="ErrorLow">Lower end of its 95 % interval.</param>
/// <param name="ErrorHigh">Upper end.</param>
[GraphQLName("LoopPreview")]
public sealed record PreviewView(
    int Tasks, bool Complete, IReadOnlyList<PreviewPartView> Parts, long CostMicros, long AllCostMicros, int KnownCount, double? Error, double ErrorLow, double ErrorHigh)
{
    internal static PreviewView Of(RoutingPreview p) => new(
        p.Tasks, p.Complete,
        [.. p.Parts.Select(x => new PreviewPartView(x.Rule, x.Action, x.Tasks, x.Known, x.Wrong, x.Error.IsMeasured ? x.Error.Value : null, x.Error.Low, x.Error.High))],
        p.CostMicros, p.AllCostMicros, p.Error.Count, p.Error.IsMeasured ? p.Error.Value : null, p.Error.Low, p.Error.High);
}

/// <summary>What a rule would have done; without a rule, what none matched.</summary>
/// <param name="Known">Tasks that people labelled, too.</param>
/// <param name="Wrong">Those whose prediction people contradict.</param>
[GraphQLName("LoopPreviewPart")]
public sealed record PreviewPartView(string? Rule, RouteAction Action, int Tasks, int Known, int Wrong, double? Error, double ErrorLow, double ErrorHigh);

/// <summary>A job's running totals of what machines do in it.</summary>
[GraphQLName("LoopTotals")]
public sealed class LoopTotals
{
    internal const string Columns =
        "predictions, machine_decided, model_votes, saved_answers, requested, waiting, held, vetoed, escalated, refused, by_machine, by_person, by_consensus, audited, audit_agreed";

    /// <summary>Predictions on its tasks.</summary>
    public int Predictions { get; set; }

    /// <summary>Tasks that a machine decided.</summary>
    public int MachineDecided { get; set; }

    /// <summary>Tasks that were decided with a model's vote.</summary>
    public int ModelVotes { get; set; }

    /// <summary>
    /// Answers of people that models' votes saved: those that people alone would still have had to give before the wanted confidence, had all of them agreed, up to the
    /// policy's most answers. Fewer would not have done, so it is the least.
    /// </summary>
    public int SavedAnswers { get; set; }

    /// <summary>Decisions asked for.</summary>
    public int Requested { get; set; }

    /// <summary>Decisions with a veto window or service level that is running.</summary>
    public int Waiting { get; set; }

    /// <summary>Decisions ever held.</summary>
    public int Held { get; set; }

    public int Vetoed { get; set; }

    public int Escalated { get; set; }

    public int Refused { get; set; }

    /// <summary>Decisions released by the machine.</summary>
    public int ByMachine { get; set; }

    public int ByPerson { get; set; }

    public int ByConsensus { get; set; }

    /// <summary>Accepted decisions that people labelled as well.</summary>
    public int Audited { get; set; }

    /// <summary>Those where they agree with the machine.</summary>
    public int AuditAgreed { get; set; }
}

/// <summary>What a job says of machines.</summary>
[ExtendObjectType(typeof(Job))]
public static class JobLoopFields
{
    /// <summary>How machines take part, as JSON; null while they do not.</summary>
    public static JsonElement? GetLoop(Job job) => TaskView.Parse(job.LoopJson);

    /// <summary>What machines have done so far.</summary>
    public static async Task<LoopTotals> GetLoopTotalsAsync(Job job, Reads reads, CancellationToken cancellationToken) =>
        await reads.FirstAsync<LoopTotals>($"select {LoopTotals.Columns} from loops where job_id = @id", new { id = job.JobId }, cancellationToken) ?? new();
}

/// <summary>What a task says of machines, for those who see the task.</summary>
[ExtendObjectType(typeof(TaskView))]
public static class TaskLoopFields
{
    /// <summary>What models said of it, oldest first.</summary>
    public static async Task<IReadOnlyList<PredictionView>> GetPredictionsAsync(TaskView task, IJournal journal) =>
        [.. (await PredictionReads.OfTaskAsync(journal, task.Id)).Select(PredictionView.Of)];

    /// <summary>What the rules said of its prediction, and why.</summary>
    public static async Task<RoutingView?> GetRoutingAsync(TaskView task, Reads reads, CancellationToken cancellationToken) =>
        RoutingView.Of(await reads.FirstAsync<string>("select routing from tasks where task_id = @id", new { id = task.TaskId }, cancellationToken));

    /// <summary>The model's part in its decision, where models vote.</summary>
    public static async Task<ModelVoteView?> GetModelVoteAsync(TaskView task, Reads reads, CancellationToken cancellationToken) =>
        await reads.FirstAsync<string>("select model_vote from tasks where task_id = @id", new { id = task.TaskId }, cancellationToken) is { } json
            ? ModelVoteView.Of(JsonSerializer.Deserialize(json, DomainJson.Default.ModelVote)!)
            : null;
}

/// <summary>A model's part in a decision.</summary>
/// <param name="Weight">The probability that its label is right, as learnt from people.</param>
/// <param name="WithoutLabel">What people's answers alone say.</param>
/// <param name="SavedAnswers">The least number of further answers that people alone would have had to give.</param>
[GraphQLName("ModelVote")]
public sealed record ModelVoteView(
    string Model, string Version, AnswerView Label, double Weight, bool Agrees, AnswerView WithoutLabel, double WithoutConfidence, int SavedAnswers)
{
    internal static ModelVoteView Of(ModelVote v) =>
        new(v.Model, v.Version, AnswerView.Of(v.Label), v.Weight, v.Agrees, AnswerView.Of(v.WithoutLabel), v.WithoutConfidence, v.SavedAnswers);
}

/// <summary>What an assignment says of machines, for requesters and quality managers.</summary>
[ExtendObjectType(typeof(AssignmentView))]
public static class AssignmentLoopFields
{
    /// <summary>The arm of the job's experiment.</summary>
    public static Task<string?> GetArmAsync(AssignmentView assignment, Reads reads, CancellationToken cancellationToken) => ReadAsync("arm", assignment, reads, cancellationToken);

    /// <summary>The prediction that the worker had seen when answering; null for none.</summary>
    public static async Task<SeenPredictionView?> GetSawAsync(AssignmentView assignment, Reads reads, CancellationToken cancellationToken) =>
        SeenPredictionView.Of(await ReadAsync("saw", assignment, reads, cancellationToken));

    private static Task<string?> ReadAsync(string column, AssignmentView a, Reads reads, CancellationToken cancellationToken) => reads.FirstAsync<string>(
        $"select {column} from assignments where job_id = @job and task_id = @task and ordinal = @ordinal", new { job = a.JobId, task = a.TaskId, ordinal = a.Ordinal }, cancellationToken);
}

/// <summary>What a worker sees of machines beside a task.</summary>
[ExtendObjectType(typeof(Work))]
public static class WorkLoopFields
{
    /// <summary>What the model said, where the job shows it first or the worker has asked to see it; null otherwise, also when nothing was predicted.</summary>
    public static async Task<SeenPredictionView?> GetPredictionAsync(Work work, Caller caller, Reads reads, CancellationToken cancellationToken) =>
        SeenPredictionView.Of(await ReadAsync("seen", work, caller, reads, cancellationToken));

    /// <summary>Whether the worker may ask to see what a model said (showPrediction), now or once the answer is given.</summary>
    public static async Task<ShowPrediction> GetShowsPredictionAsync(Work work, Caller caller, Reads reads, CancellationToken cancellationToken) =>
        await ReadAsync("shows", work, caller, reads, cancellationToken) is { } shows ? Enum.Parse<ShowPrediction>(shows, ignoreCase: true) : ShowPrediction.Never;

    private static Task<string?> ReadAsync(string column, Work work, Caller caller, Reads reads, CancellationToken cancellationToken) => reads.FirstAsync<string>(
        $"select {column} from assignments where job_id = @job and task_id = @task and ordinal = @ordinal and worker_id = @worker",
        new { job = work.Job.Value, task = work.Task.Value, ordinal = work.Id.Ordinal, worker = caller.RequireWorker().Value }, cancellationToken);
}
