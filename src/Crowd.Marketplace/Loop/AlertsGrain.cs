using System.Text.Json.Serialization.Metadata;
using Crowd.Domain;
using Crowd.Marketplace.Jobs;
using Crowd.Marketplace.Log;

namespace Crowd.Marketplace.Loop;

/// <inheritdoc cref="IAlertsGrain"/>
internal sealed class AlertsGrain(EventLog log) : EventSourcedGrain<AlertState, AlertEvent>(log), IAlertsGrain
{
    private const string System = "system";

    protected override AlertState Initial => new();

    protected override JsonTypeInfo<AlertState> StateJson => DomainJson.Default.AlertState;

    private JobId Job => AlertEvent.JobOf(Stream);

    public async Task<Outcome<Done>> SetRulesAsync(IReadOnlyList<AlertRule> rules, string actor)
    {
        var sight = await GrainFactory.GetGrain<IJobGrain>(Job.Value).GetSightAsync();
        if (sight.Spec is not { } spec)
            return Reject.NotFound("such job");
        return await DecideAsync(AlertDecider.SetRules(State, Job, spec.Schema, rules), actor, Log.Now);
    }

    public Task ObserveAsync(IReadOnlyList<AlertFinding> found) => CommitAsync(AlertDecider.Observe(State, Job, found), System, Log.Now);

    protected override AlertState Apply(AlertState state, AlertEvent e, DateTimeOffset at) => state.Apply(e);
}
