using System.Text.Json;
using Crowd.Domain;

namespace Crowd.Marketplace.Loop;

/// <summary>A job's gate: applies its rules to predictions and sees that decisions go on when their time is over. Key: the job's id.</summary>
public interface IGateGrain : IGrainWithStringKey
{
    /// <summary>What the policy says of each; null where there is nothing to route.</summary>
    Task<IReadOnlyList<Routing?>> RouteAsync(LoopPolicy policy, LabelSchema schema, IReadOnlyList<RoutingDraft> drafts);

    /// <summary>Routes tasks that predictions came for: each is done with as the job's rules say, unless people have begun.</summary>
    Task RouteTasksAsync(IReadOnlyList<TaskId> tasks);

    /// <summary>Takes a program's request for a decision and says at once where it stands. The same key again gives the same decision.</summary>
    Task<Outcome<DecisionSight>> RequestAsync(DecisionDraft draft, string actor);

    /// <summary>Has the decision go on at the time.</summary>
    Task WatchAsync(DecisionId decision, DateTimeOffset due);

    /// <summary>Reads again which model versions are approved.</summary>
    Task RefreshModelsAsync();

    /// <summary>Makes sure that the gate is active, so that decisions go on in time.</summary>
    Task WakeAsync();
}

/// <summary>Something that rules are applied to.</summary>
/// <param name="Key">Id of the task or decision.</param>
/// <param name="Input">The input's JSON; null when it is not there any more.</param>
/// <param name="Metadata">The task's metadata.</param>
/// <param name="Predictions">All its predictions, oldest first.</param>
public sealed record RoutingDraft(string Key, string? Input, JsonElement? Metadata, IReadOnlyList<Prediction> Predictions);

/// <summary>A program's request for a decision as it comes.</summary>
/// <param name="Key">The caller's key.</param>
/// <param name="Input">The input's JSON.</param>
/// <param name="Prediction">What the machine says.</param>
public sealed record DecisionDraft(string Key, string Input, Prediction Prediction);

/// <summary>Where a decision stands.</summary>
/// <param name="Id">The decision.</param>
/// <param name="State">As its events make it.</param>
/// <param name="Repeated">Whether the request was there before.</param>
public sealed record DecisionSight(DecisionId Id, DecisionState State, bool Repeated);
