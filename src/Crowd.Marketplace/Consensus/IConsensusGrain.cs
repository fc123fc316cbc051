using Crowd.Domain;

namespace Crowd.Marketplace.Consensus;

/// <summary>A job's model of its workers. Key: the job's id.</summary>
public interface IConsensusGrain : IGrainWithStringKey
{
    /// <summary>What the answers of a task add up to.</summary>
    Task<Evaluation> EvaluateAsync(LabelSchema schema, IReadOnlyList<CastVote> votes);

    /// <summary>The same with a model's prediction as one more vote, for schemas with a finite set of labels.</summary>
    Task<Evaluation> EvaluateWithModelAsync(LabelSchema schema, IReadOnlyList<CastVote> votes, Redundancy redundancy, Prediction said);

    /// <summary>Learns what a model's vote was worth from what people alone said.</summary>
    Task ObserveModelAsync(LabelSchema schema, ModelVote vote, long position);

    /// <summary>Learns from a decision; takes back what a decision it replaces had said.</summary>
    /// <param name="votes">The decision's votes.</param>
    /// <param name="replaced">Those of the decision that it replaces.</param>
    /// <param name="position">Where the decision stands in the log.</param>
    Task ObserveAsync(IReadOnlyList<Vote> votes, IReadOnlyList<Vote>? replaced, long position);

    /// <summary>Learns from an answer to a gold task.</summary>
    /// <param name="worker">Who answered.</param>
    /// <param name="right">Whether the answer was the known one.</param>
    /// <param name="position">Where the answer stands in the log.</param>
    Task ObserveGoldAsync(WorkerId worker, bool right, long position);

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
