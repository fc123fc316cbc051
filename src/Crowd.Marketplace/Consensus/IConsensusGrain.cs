using Crowd.Domain;

namespace Crowd.Marketplace.Consensus;

/// <summary>A job's model of its workers. Key: the job's id.</summary>
public interface IConsensusGrain : IGrainWithStringKey
{
    /// <summary>What the answers of a task add up to.</summary>
    Task<Evaluation> EvaluateAsync(LabelSchema schema, IReadOnlyList<CastVote> votes);

    /// <summary>Learns from a decision; takes back what a decision it replaces had said.</summary>
    Task ObserveAsync(IReadOnlyList<Vote> votes, IReadOnlyList<Vote>? replaced);

    /// <summary>Learns from an answer to a gold task.</summary>
    Task ObserveGoldAsync(WorkerId worker, bool right);

    /// <summary>Takes a quality manager's word for the worker's reliability, or with null the measured one again.</summary>
    Task OverrideAsync(WorkerId worker);

    /// <summary>
    /// Estimates all labels of the job together and gives those that differ from the label at decision time. It may take longer than a call may:
    /// the first call begins and every call returns null until the result is there.
    /// </summary>
    Task<Reestimation?> ReestimateAsync();
}

/// <summary>An answer as a vote.</summary>
public readonly record struct CastVote(AssignmentId Assignment, WorkerId Worker, Answer Answer);

/// <summary>What a re-estimation of the whole job found.</summary>
/// <param name="Method">The method; empty when the schema has no finite set of labels or there was too little to go by.</param>
/// <param name="Revisions">Tasks whose label differs.</param>
public sealed record Reestimation(string Method, IReadOnlyList<Revision> Revisions);

/// <summary>Another label for a task.</summary>
public sealed record Revision(TaskId Task, Answer Label, double Confidence);
