using System.Text.Json.Serialization.Metadata;
using Crowd.Domain;
using Crowd.Marketplace.Exams;
using Crowd.Marketplace.Log;

namespace Crowd.Marketplace.Workers;

/// <inheritdoc cref="IWorkerGrain"/>
internal sealed partial class WorkerGrain(EventLog log, IPaymentProvider payments, IIdSource ids) : EventSourcedGrain<WorkerState, WorkerEvent>(log), IWorkerGrain
{
    protected override WorkerState Initial => new();

    protected override JsonTypeInfo<WorkerState> StateJson => DomainJson.Default.WorkerState;

    public Task<Outcome<WorkerId>> RegisterAsync(PersonId person, string actor)
    {
        var id = WorkerId.From(Stream);
        return DecideAsync(WorkerDecider.Register(State, id, person), actor, Log.Now, () => id);
    }

    public Task<WorkerStanding> GetStandingAsync() => Task.FromResult(State.Standing);

    public Task<Outcome<Done>> GrantAsync(string qualification, string reason, string actor) =>
        DecideAsync(WorkerDecider.Grant(State, qualification, reason), actor, Log.Now);

    public Task<Outcome<Done>> RevokeAsync(string qualification, string reason, string actor) =>
        DecideAsync(WorkerDecider.Revoke(State, qualification, reason), actor, Log.Now);

    public Task<Outcome<Done>> SuspendAsync(DateTimeOffset until, string reason, string actor) =>
        DecideAsync(WorkerDecider.Suspend(State, until, reason, Log.Now), actor, Log.Now);

    public Task<Outcome<Done>> LiftSuspensionAsync(string reason, string actor) =>
        DecideAsync(WorkerDecider.LiftSuspension(State, reason), actor, Log.Now);

    public Task<Outcome<Done>> OverrideReliabilityAsync(JobId? job, double value, string reason, string actor) =>
        DecideAsync(WorkerDecider.Override(State, job, value, reason), actor, Log.Now);

    public Task<Outcome<Done>> ClearReliabilityAsync(JobId? job, string reason, string actor) =>
        DecideAsync(WorkerDecider.ClearOverride(State, job, reason), actor, Log.Now);

    public async Task<Outcome<ExamRecord>> BeginExamAsync(ExamId exam, string actor)
    {
        var about = await GrainFactory.GetGrain<IExamGrain>(exam.Value).GetAsync();
        var now = Log.Now;
        return await DecideAsync(WorkerDecider.BeginExam(State, exam, about, now), actor, now, () => State.Exams[exam]);
    }

    public async Task<Outcome<WorkerEvent.ExamGraded>> SubmitExamAsync(ExamId exam, IReadOnlyList<Answer?> answers, string actor)
    {
        var about = await GrainFactory.GetGrain<IExamGrain>(exam.Value).GetAsync();
        var now = Log.Now;
        var graded = WorkerDecider.GradeExam(State, exam, about, answers, now);
        return await DecideAsync(graded, actor, now, () => (WorkerEvent.ExamGraded)graded.Value![0]);
    }

    public Task EndPayoutAsync(PayoutId payout, bool paid) => DecideAsync(WorkerDecider.EndPayout(State, payout, paid), "system", Log.Now);

    protected override WorkerState Apply(WorkerState state, WorkerEvent e, DateTimeOffset at) => state.Apply(e);
}
