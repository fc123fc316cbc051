using System.Text.Json.Serialization.Metadata;
using Crowd.Domain;
using Crowd.Marketplace.Jobs;
using Crowd.Marketplace.Log;

namespace Crowd.Marketplace.Loop;

/// <inheritdoc cref="IModelsGrain"/>
internal sealed class ModelsGrain(EventLog log) : EventSourcedGrain<ModelsState, ModelEvent>(log), IModelsGrain
{
    protected override ModelsState Initial => new();

    protected override JsonTypeInfo<ModelsState> StateJson => DomainJson.Default.ModelsState;

    private JobId Job => ModelEvent.JobOf(Stream);

    public Task<Outcome<ModelVersion>> RegisterAsync(string model, string version, string? note, string actor) =>
        ChangeAsync(ModelsDecider.Register(State, Job, model, version, note), model, version, actor);

    public async Task<Outcome<ModelVersion>> CompareAsync(string model, string version, string actor)
    {
        var spec = await GrainFactory.GetGrain<IJobGrain>(Job.Value).GetSpecAsync();
        var figures = await ModelComparison.RunAsync(Log.Journal, Job, spec.Schema, model, version);
        return await ChangeAsync(ModelsDecider.Measure(State, Job, model, version, figures), model, version, actor);
    }

    public Task<Outcome<ModelVersion>> MeasureAsync(string model, string version, ModelFigures figures, string actor) =>
        ChangeAsync(ModelsDecider.Measure(State, Job, model, version, figures), model, version, actor);

    public Task<Outcome<ModelVersion>> ApproveAsync(string model, string version, string reason, string actor) =>
        ChangeAsync(ModelsDecider.Approve(State, Job, model, version, reason), model, version, actor);

    public Task<Outcome<ModelVersion>> RetireAsync(string model, string version, string reason, string actor) =>
        ChangeAsync(ModelsDecider.Retire(State, Job, model, version, reason), model, version, actor);

    protected override ModelsState Apply(ModelsState state, ModelEvent e, DateTimeOffset at) => state.Apply(e);

    private async Task<Outcome<ModelVersion>> ChangeAsync(Outcome<ModelEvent[]> decided, string model, string version, string actor)
    {
        var changed = await DecideAsync(decided, actor, Log.Now, () => State.Of(model, version));

        // A retired version must not pass the gate any more when this call is answered. The reactor does the same, should the server stop here.
        if (changed.Accepted && decided.Value!.Length > 0)
            await GrainFactory.GetGrain<IGateGrain>(Job.Value).RefreshModelsAsync();
        return changed;
    }
}
