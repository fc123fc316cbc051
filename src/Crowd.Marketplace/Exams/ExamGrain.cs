using System.Text.Json.Serialization.Metadata;
using Crowd.Domain;
using Crowd.Marketplace.Log;

namespace Crowd.Marketplace.Exams;

/// <inheritdoc cref="IExamGrain"/>
internal sealed class ExamGrain(EventLog log) : EventSourcedGrain<ExamState, ExamEvent>(log), IExamGrain
{
    protected override ExamState Initial => new();

    protected override JsonTypeInfo<ExamState> StateJson => DomainJson.Default.ExamState;

    private ExamId Id => ExamId.From(Stream);

    public Task<Outcome<ExamId>> PublishAsync(RequesterId? requester, ExamSpec spec, string actor) =>
        DecideAsync(ExamDecider.Publish(State, Id, requester, spec), actor, Log.Now, () => Id);

    public Task<Outcome<Done>> RetireAsync(string actor) => DecideAsync(ExamDecider.Retire(State, Id), actor, Log.Now);

    public Task<ExamState> GetAsync() => Task.FromResult(State);

    protected override ExamState Apply(ExamState state, ExamEvent e, DateTimeOffset at) => state.Apply(e);
}
