using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Crowd.Domain;
using Crowd.Marketplace.Consensus;
using Crowd.Marketplace.Jobs;
using Crowd.Marketplace.Log;
using Crowd.Marketplace.Tables;
using Microsoft.Extensions.Logging;

namespace Crowd.Marketplace.Tasks;

/// <inheritdoc cref="ITaskGrain"/>
internal sealed partial class TaskGrain(EventLog log, ILogger<TaskGrain> logger) : EventSourcedGrain<TaskState, TaskEvent>(log), ITaskGrain
{
    private const string System = "system";

    private JobSpec? _spec;
    private TaskInput? _input;

    protected override TaskState Initial => new();

    protected override JsonTypeInfo<TaskState> StateJson => DomainJson.Default.TaskState;

    private TaskId Id => TaskId.From(Stream);

    /// <summary>Nothing is read yet: a task that is given out for the first time has nothing to replay.</summary>
    public override Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<Outcome<TaskProgress>> OfferAsync(TaskOffer offer)
    {
        if (offer.Fresh)
            LoadEmpty();
        else
            await LoadAsync(CancellationToken.None);
        _spec = offer.Spec;
        var now = Log.Now;
        var predicted = await PredictedAsync(offer.Spec);
        var offered = offer.Again
            ? TaskDecider.OfferAgain(State, Id, offer.Spec, offer.Worker, now, predicted)
            : TaskDecider.Offer(State, Id, offer.Job, offer.Spec, offer.Gold, offer.Worker, now, predicted);
        if (!offered.Accepted)
            return offered.Rejection;
        await CommitAsync(offered.Value, offer.Actor, now);
        return About(State.Assignments[^1]);
    }

    public async Task<Outcome<Receipt>> SubmitAsync(AssignmentId assignment, WorkerId worker, Answer answer, string actor)
    {
        await LoadAsync(CancellationToken.None);
        if (State.Find(assignment) is null)
            return Reject.NotFound("such assignment of yours");
        var spec = await SpecAsync();
        var now = Log.Now;
        var submitted = TaskDecider.Submit(State, spec, assignment, worker, answer, await InputAsync(spec), now);
        if (!submitted.Accepted)
            return submitted.Rejection;
        if (submitted.Value.Length == 0)
            return new Receipt(assignment, Repeated: true);

        var answered = State.Apply(submitted.Value[0], now);
        var evaluation = TaskDecider.NeedsEvaluation(answered, spec) ? await EvaluateAsync(answered, spec) : null;
        TaskEvent[] events = [.. submitted.Value, .. TaskDecider.AfterSubmit(answered, spec, evaluation)];
        await CommitAsync(events, actor, now);

        var goldRight = ((TaskEvent.Submitted)submitted.Value[0]).GoldRight;
        await TellAsync(events, About(State.Find(assignment)!) with { GoldRight = goldRight });
        return new Receipt(assignment, Repeated: false);
    }

    public async Task<Outcome<Done>> ReturnAsync(AssignmentId assignment, WorkerId worker, string? reason, string actor)
    {
        await LoadAsync(CancellationToken.None);
        var now = Log.Now;
        var returned = TaskDecider.Return(State, assignment, worker, reason);
        if (!returned.Accepted)
            return returned.Rejection;
        await CommitAsync(returned.Value, actor, now);
        await TellAsync(returned.Value, About(State.Find(assignment)!));
        return default(Done);
    }

    public async Task<Outcome<Done>> ReportAsync(AssignmentId assignment, WorkerId worker, Problem problem, string? message, string actor)
    {
        await LoadAsync(CancellationToken.None);
        var reported = TaskDecider.Report(State, assignment, worker, problem, message);
        if (!reported.Accepted)
            return reported.Rejection;
        await CommitAsync(reported.Value, actor, Log.Now);
        await TellAsync(reported.Value, About(State.Find(assignment)!));
        return default(Done);
    }

    public async Task<TaskProgress> ExpireAsync(JobSpec spec, IReadOnlyList<AssignmentId> about)
    {
        await LoadAsync(CancellationToken.None);
        _spec = spec;
        if (State.Assignments.Length > 0)
        {
            var now = Log.Now;
            await CommitAsync([.. TaskDecider.Expire(State, now), .. TaskDecider.AcceptUnreviewed(State, spec, now)], System, now);
            await CatchUpAsync(spec, now);
        }

        return Progress() with
        {
            Assignments = [.. State.Assignments.Where(a => State.Gold is null || a.Status == AssignmentStatus.Leased || about.Contains(a.Id))
                .Select(AssignmentProgress.Of)],
        };
    }

    public async Task<TaskProgress> CloseAsync(bool cancelled)
    {
        await LoadAsync(CancellationToken.None);
        var spec = await SpecAsync();
        var evaluation = !cancelled && State.Answers > 0 && State.Gold is null && State.Stage is TaskStage.Open or TaskStage.Escalated ? await EvaluateAsync(State, spec) : null;
        var events = TaskDecider.Close(State, await JobAsync(), spec, cancelled, evaluation);
        await CommitAsync(events, System, Log.Now);
        await TellConsensusAsync(events, null);
        return Progress();
    }

    /// <summary>A policy that changed may want fewer answers than there are, and no answer will come that would have them evaluated.</summary>
    private async Task CatchUpAsync(JobSpec spec, DateTimeOffset now)
    {
        if (State.Answers == 0 || State.LiveLeases > 0 || !TaskDecider.NeedsEvaluation(State, spec))
            return;
        var events = TaskDecider.AfterSubmit(State, spec, await EvaluateAsync(State, spec));
        await CommitAsync(events, System, now);
        await TellConsensusAsync(events, null);
    }

    public async Task ReviseAsync(Answer label, double confidence, string method)
    {
        await LoadAsync(CancellationToken.None);
        await CommitAsync(TaskDecider.Revise(State, label, confidence, method), System, Log.Now);
    }

    protected override TaskState Apply(TaskState state, TaskEvent e, DateTimeOffset at) => state.Apply(e, at);

    private async Task<Evaluation> EvaluateAsync(TaskState state, JobSpec spec)
    {
        var consensus = GrainFactory.GetGrain<IConsensusGrain>(state.Job.Value);
        CastVote[] votes = [.. state.Voting.Select(a => new CastVote(a.Id, a.Worker, a.Answer!))];
        return await VoteOfModelAsync(spec) is { } said
            ? await consensus.EvaluateWithModelAsync(spec.Schema, votes, spec.Policies.Redundancy, said)
            : await consensus.EvaluateAsync(spec.Schema, votes);
    }

    private TaskProgress Progress()
    {
        DateTimeOffset? due = null;
        var committed = 0L;
        var (answers, leases, unsettled) = (0, 0, 0);
        List<AssignmentProgress>? repeats = null;
        foreach (var a in State.Assignments)
        {
            answers += a is { Answered: true, Invalid: false, Repeats: null } ? 1 : 0;
            leases += a is { Status: AssignmentStatus.Leased, Repeats: null } ? 1 : 0;
            unsettled += a.Status == AssignmentStatus.Submitted ? 1 : 0;
            if (a is { Status: AssignmentStatus.Leased or AssignmentStatus.Submitted, Repeats: null } or { Status: AssignmentStatus.Accepted, PaidByPlatform: false })
                committed += a.PayMicros + a.FeeMicros;
            if (a.Status == AssignmentStatus.Submitted && (due is null || a.ReviewDue < due))
                due = a.ReviewDue;
            if (a.Repeats is not null)
                (repeats ??= []).Add(AssignmentProgress.Of(a));
        }

        return new()
        {
            Task = Id,
            Version = Version,
            Stage = State.Stage,
            Wanted = _spec is null ? State.Wanted : TaskDecider.Wanted(State, _spec),
            Answers = answers,
            Leases = leases,
            Unsettled = unsettled,
            Routing = State.Routing,
            CommittedMicros = committed,
            ReviewDue = due,
            Repeats = repeats,
        };
    }

    private TaskProgress About(Assignment a) => Progress() with
    {
        Assignment = a.Id,
        Worker = a.Worker,
        Status = a.Status,
        LeaseUntil = a.LeaseUntil,
        PayMicros = a.PayMicros,
        IsRepeat = a.Repeats is not null,
    };

    private async Task<JobId> JobAsync()
    {
        if (State.Job != default)
            return State.Job;
        var row = await Log.Journal.ReadRowAsync(TasksTable.Table, [Stream], CancellationToken.None);
        return row is null ? default : JobId.From(row.Columns[TasksTable.JobId].Text);
    }

    /// <summary>The known answer: a task that was never given out does not have it from its events yet.</summary>
    private async Task<Answer?> GoldAsync()
    {
        if (State.Assignments.Length > 0)
            return State.Gold;
        var row = await Log.Journal.ReadRowAsync(TasksTable.Table, [Stream], CancellationToken.None);
        return row?.Columns[TasksTable.Gold] is { IsNull: false } gold ? JsonSerializer.Deserialize(gold.Text, DomainJson.Default.Answer) : null;
    }

    private async Task<JobSpec> SpecAsync() => _spec ??= await GrainFactory.GetGrain<IJobGrain>((await JobAsync()).Value).GetSpecAsync();

    private async Task<TaskInput> InputAsync(JobSpec spec)
    {
        if (!spec.Schema.ReadsInput)
            return TaskInput.Unknown;
        if (_input is not null)
            return _input;
        var task = await Log.Journal.ReadRowAsync(TasksTable.Table, [Stream], CancellationToken.None) ?? throw new InvalidOperationException($"{Stream} has no row.");
        var input = await Log.Journal.ReadRowAsync(InputsTable.Table, [task.Columns[TasksTable.InputHash]], CancellationToken.None)
            ?? throw new InvalidOperationException($"The input of {Stream} is not there.");
        using var json = JsonDocument.Parse(input.Columns[InputsTable.Input].Text);
        return _input = TaskInput.Of(json.RootElement);
    }
}
