using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Crowd.Domain;
using Crowd.Journal;
using Crowd.Marketplace.Jobs;
using Crowd.Marketplace.Log;
using Crowd.Marketplace.Tables;
using Microsoft.Extensions.Logging;

namespace Crowd.Marketplace.Loop;

/// <inheritdoc cref="IDecisionGrain"/>
internal sealed partial class DecisionGrain(EventLog log, ILogger<DecisionGrain> logger) : EventSourcedGrain<DecisionState, DecisionEvent>(log), IDecisionGrain
{
    private const string System = "system";

    protected override DecisionState Initial => new();

    protected override JsonTypeInfo<DecisionState> StateJson => DomainJson.Default.DecisionState;

    private DecisionId Id => DecisionId.From(Stream);

    /// <summary>Nothing is read yet: a decision that is asked for the first time has nothing to replay.</summary>
    public override Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<Outcome<DecisionSight>> RequestAsync(DecisionOrder order)
    {
        if (order.Fresh)
            LoadEmpty();
        else
            await LoadAsync(CancellationToken.None);
        var now = Log.Now;
        var decided = DecisionDecider.Request(State, Id, order.JobId, order.Job.Spec!.Loop ?? new(), order.Request, order.Routing, order.Job.Status, now);
        if (!decided.Accepted)
            return decided.Rejection;
        try
        {
            await CommitAsync(decided.Value, order.Actor, now, [RowChange.Put(InputsTable.Table, [order.Request.InputHash], InputsTable.Input.Set(order.Input))]);
        }
        catch (JournalUnavailableException e) when (order.Fresh)
        {
            // That there is nothing to replay was only assumed, and now nothing has confirmed it.
            throw new InconsistentStateException($"{Stream} could not be committed; its state is read.", e);
        }

        if (State.Due is null)
            DeactivateOnIdle(); // most decisions are never asked about again
        return new DecisionSight(Id, State, Repeated: decided.Value.Length == 0);
    }

    public async Task<Outcome<DecisionSight>> VetoAsync(string reason, string actor)
    {
        await LoadAsync(CancellationToken.None);
        if (State.Status == DecisionStatus.None)
            return Reject.NotFound("such decision");
        var spec = await SpecAsync();
        var now = Log.Now;
        var vetoed = await DecideAsync(DecisionDecider.Veto(State, spec.Loop ?? new(), reason, now), actor, now, Sight);
        if (vetoed.Accepted)
            await TellAsync();
        return vetoed;
    }

    public async Task<Outcome<DecisionSight>> ResolveAsync(Answer label, string reason, string actor)
    {
        await LoadAsync(CancellationToken.None);
        if (State.Status == DecisionStatus.None)
            return Reject.NotFound("such decision");
        var spec = await SpecAsync();
        var input = await InputAsync(spec);
        return await DecideAsync(DecisionDecider.Resolve(State, spec.Schema, input, label, reason), actor, Log.Now, Sight);
    }

    public async Task HearAsync(Answer label, double confidence, bool byPerson, string? reason)
    {
        await LoadAsync(CancellationToken.None);
        if (State.Status == DecisionStatus.None)
            return;
        var spec = await SpecAsync();
        await CommitAsync(DecisionDecider.Hear(State, spec.Schema, label, confidence, byPerson, reason), System, Log.Now);
    }

    public async Task<DateTimeOffset?> PassAsync()
    {
        await LoadAsync(CancellationToken.None);
        var now = Log.Now;
        await CommitAsync(DecisionDecider.Pass(State, now), System, now);
        return State.Due;
    }

    protected override DecisionState Apply(DecisionState state, DecisionEvent e, DateTimeOffset at) => state.Apply(e);

    private DecisionSight Sight() => new(Id, State, Repeated: false);

    private Task<JobSpec> SpecAsync() => GrainFactory.GetGrain<IJobGrain>(State.Job.Value).GetSpecAsync();

    private async Task<TaskInput> InputAsync(JobSpec spec)
    {
        if (!spec.Schema.ReadsInput)
            return TaskInput.Unknown;
        var row = await Log.Journal.ReadRowAsync(DecisionsTable.Table, [Stream], CancellationToken.None) ?? throw new InvalidOperationException($"{Stream} has no row.");
        if (await Log.Journal.ReadRowAsync(InputsTable.Table, [row.Columns[DecisionsTable.InputHash]], CancellationToken.None) is not { } input)
            return TaskInput.Unknown;
        using var json = JsonDocument.Parse(input.Columns[InputsTable.Input].Text);
        return TaskInput.Of(json.RootElement);
    }

    /// <summary>Tells the gate of the new time. If that fails, the gate comes by at the old one, and the keeper wakes it.</summary>
    private async Task TellAsync()
    {
        if (State.Due is not { } due)
            return;
        try
        {
            await GrainFactory.GetGrain<IGateGrain>(State.Job.Value).WatchAsync(Id, due);
        }
        catch (Exception e)
        {
            LogNotTold(e, Stream);
        }
    }

    [LoggerMessage(5001, LogLevel.Warning, "{Decision}: its gate could not be told of a new time; it comes by at the old one.")]
    private partial void LogNotTold(Exception exception, string decision);
}
