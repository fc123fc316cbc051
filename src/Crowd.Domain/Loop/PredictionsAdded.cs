namespace Crowd.Domain;

/// <summary>
/// Predictions on tasks that are there already. Kept in a stream of the job's own (<see cref="StreamOf"/>) that nobody replays; predictions that come with
/// their task stand in <see cref="NewTask.Predictions"/>.
/// </summary>
public sealed record PredictionsAdded : DomainEvent
{
    /// <summary>Most predictions in one event.</summary>
    public const int MaxPredictions = 500;

    public required JobId Job { get; init; }

    public required IReadOnlyList<TaskPrediction> Predictions { get; init; }

    /// <summary>The stream that holds the predictions of a job.</summary>
    public static string StreamOf(JobId job) => "predictions_" + job.Body();
}
