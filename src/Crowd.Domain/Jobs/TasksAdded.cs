using System.Text.Json;

namespace Crowd.Domain;

/// <summary>
/// Tasks that came in with one import, a part of it. Kept in a stream of the job's own (<see cref="StreamOf"/>) that the job does not replay,
/// so that a job with a million tasks starts as fast as one with ten.
/// </summary>
public sealed record TasksAdded : DomainEvent
{
    /// <summary>Most tasks in one event.</summary>
    public const int MaxTasks = 1_000;

    public required JobId Job { get; init; }

    /// <summary>Which import, as in <see cref="JobEvent.Imported"/>.</summary>
    public required string Import { get; init; }

    public required IReadOnlyList<NewTask> Tasks { get; init; }

    /// <summary>The stream that holds the imports of a job.</summary>
    public static string StreamOf(JobId job) => "tasks_" + job.Body();
}

/// <summary>A task as it is added.</summary>
public sealed record NewTask
{
    public required TaskId Id { get; init; }

    /// <summary>The requester's own id, unique within the job.</summary>
    public required string ExternalId { get; init; }

    /// <summary>SHA-256 of the input's JSON, in lower case hexadecimal: its key in the table of inputs.</summary>
    public required string InputHash { get; init; }

    /// <summary>Higher is given out first; 0 by default, -1,000 to 1,000.</summary>
    public int Priority { get; init; }

    /// <summary>The known answer that makes this a gold task.</summary>
    public Answer? Gold { get; init; }

    /// <summary>The requester's own data on the task, given back with results.</summary>
    public JsonElement? Metadata { get; init; }

    /// <summary>Predictions that came with the task, at most <see cref="MaxPredictions"/>.</summary>
    public IReadOnlyList<Prediction>? Predictions { get; init; }

    /// <summary>What the job's rules said of the last of them; for a task that puts a decision before people, of the decision.</summary>
    public Routing? Routing { get; init; }

    /// <summary>Most predictions that come with one task.</summary>
    public const int MaxPredictions = 20;
}
