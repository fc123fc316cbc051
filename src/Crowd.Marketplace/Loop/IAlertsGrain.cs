using Crowd.Domain;

namespace Crowd.Marketplace.Loop;

/// <summary>The alerts of a job. Key: <see cref="AlertEvent.StreamOf"/> of the job.</summary>
public interface IAlertsGrain : IGrainWithStringKey
{
    /// <summary>Replaces the rules.</summary>
    Task<Outcome<Done>> SetRulesAsync(IReadOnlyList<AlertRule> rules, string actor);

    /// <summary>Raises and clears alerts by what was measured. What could not be measured is left out.</summary>
    Task ObserveAsync(IReadOnlyList<AlertFinding> found);
}
