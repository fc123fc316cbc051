using Crowd.Domain;

namespace Crowd.Marketplace.Loop;

/// <summary>Takes the predictions on a job's tasks. Key: the job's id.</summary>
public interface IPredictionsGrain : IGrainWithStringKey
{
    /// <summary>
    /// Adds predictions on tasks that are there. What the same version said of the same task before is passed over when it is the same and refused when it is not.
    /// </summary>
    /// <param name="drafts">At most <see cref="PredictionsAdded.MaxPredictions"/>.</param>
    /// <param name="actor">Who.</param>
    Task<Outcome<AddedPredictions>> AddAsync(IReadOnlyList<PredictionDraft> drafts, string actor);
}

/// <summary>A prediction as it comes in: on a task by its id or by the requester's own id.</summary>
public sealed record PredictionDraft(TaskId? Task, string? ExternalId, Prediction Prediction);

/// <summary>What became of predictions.</summary>
/// <param name="Added">Predictions added.</param>
/// <param name="Known">Predictions that were there already with the same content.</param>
/// <param name="Refused">Those refused, by their place, and why.</param>
public sealed record AddedPredictions(int Added, int Known, IReadOnlyList<RefusedPrediction> Refused);

/// <summary>A prediction that was refused.</summary>
public sealed record RefusedPrediction(int Place, Rejection Why);
