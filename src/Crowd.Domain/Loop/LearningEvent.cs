using System.Text.Json.Serialization;

namespace Crowd.Domain;

/// <summary>What a job learns from its labels. One stream a job: <see cref="StreamOf"/>.</summary>
public abstract record LearningEvent : DomainEvent
{
    private LearningEvent() { }

    public required JobId Job { get; init; }

    /// <summary>Labels that people had given by then.</summary>
    public required int Labels { get; init; }

    /// <summary>The built-in classifier was trained; its predictions on the tasks asked about next carry the version.</summary>
    public sealed record Trained : LearningEvent
    {
        /// <summary>Counts from 1.</summary>
        public required int Version { get; init; }

        /// <summary>Tasks that the version before had predicted and that people have labelled since.</summary>
        public required int Compared { get; init; }

        /// <summary>Of those, where it had been right.</summary>
        public required int Right { get; init; }
    }

    /// <summary>The requester's model should be trained anew: a webhook on this event tells the trainer.</summary>
    public sealed record TrainingWanted : LearningEvent
    {
        public required TrainingReason Reason { get; init; }

        /// <summary>Labels since the last time.</summary>
        public required int NewLabels { get; init; }

        /// <summary>With drift: the probability that chance alone makes the model agree so much less.</summary>
        public double? Probability { get; init; }
    }

    /// <summary>The stream of a job's learning, which is the key of its grain.</summary>
    public static string StreamOf(JobId job) => "learning_" + job.Body();

    /// <summary>The job of the stream.</summary>
    public static JobId JobOf(string stream) => JobId.From($"{JobId.Prefix}_{stream["learning_".Length..]}");
}

/// <summary>Why training is wanted.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TrainingReason>))]
public enum TrainingReason
{
    /// <summary>There are as many new labels as the policy says.</summary>
    Labels,

    /// <summary>There are new labels and the policy's time is over.</summary>
    Age,

    /// <summary>The model agrees with people less than it did.</summary>
    Drift,
}
