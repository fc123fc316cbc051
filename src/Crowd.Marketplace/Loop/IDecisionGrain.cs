using Crowd.Domain;

namespace Crowd.Marketplace.Loop;

/// <summary>One decision that a program asked for. Key: the decision's id.</summary>
public interface IDecisionGrain : IGrainWithStringKey
{
    /// <summary>Takes the request. Called by the job's gate.</summary>
    Task<Outcome<DecisionSight>> RequestAsync(DecisionOrder order);

    /// <summary>A person stops the machine's decision.</summary>
    Task<Outcome<DecisionSight>> VetoAsync(string reason, string actor);

    /// <summary>A person decides.</summary>
    Task<Outcome<DecisionSight>> ResolveAsync(Answer label, string reason, string actor);

    /// <summary>Hears the label of the task that was made for the decision.</summary>
    Task HearAsync(Answer label, double confidence, bool byPerson, string? reason);

    /// <summary>Does what the time asks for, and says when it asks next; null for never.</summary>
    Task<DateTimeOffset?> PassAsync();
}

/// <summary>A request that the gate has checked and routed.</summary>
/// <param name="Job">What the gate knows of the job.</param>
/// <param name="JobId">The job.</param>
/// <param name="Request">The request.</param>
/// <param name="Input">The input's JSON.</param>
/// <param name="Routing">What the rules say.</param>
/// <param name="Fresh">True when the decision is taken to be new: then there is nothing to replay, and if there is, the commit fails.</param>
/// <param name="Actor">Who asked.</param>
public sealed record DecisionOrder(Jobs.JobSight Job, JobId JobId, DecisionRequest Request, string Input, Routing Routing, bool Fresh, string Actor);
