using System.Text.Json.Serialization;

namespace Crowd.Domain;

/// <summary>What can happen to the model versions of a job. One stream a job: <see cref="StreamOf"/>.</summary>
public abstract record ModelEvent : DomainEvent
{
    private ModelEvent() { }

    public required JobId Job { get; init; }

    public required string Model { get; init; }

    public required string Version { get; init; }

    /// <summary>The version was made known before it predicted; it is a candidate.</summary>
    public sealed record Registered : ModelEvent
    {
        public string? Note { get; init; }
    }

    /// <summary>The version was compared with what people said of tasks it was not trained on.</summary>
    public sealed record Measured : ModelEvent
    {
        public required ModelFigures Figures { get; init; }
    }

    /// <summary>Rules may accept what the version predicts.</summary>
    public sealed record Approved : ModelEvent
    {
        public required string Reason { get; init; }

        /// <summary>The figures it was approved by.</summary>
        public required ModelFigures Figures { get; init; }
    }

    /// <summary>Rules accept nothing of the version any more.</summary>
    public sealed record Retired : ModelEvent
    {
        public required string Reason { get; init; }
    }

    /// <summary>The stream of a job's models, which is the key of their grain.</summary>
    public static string StreamOf(JobId job) => "models_" + job.Body();

    /// <summary>The job of the stream.</summary>
    public static JobId JobOf(string stream) => JobId.From($"{JobId.Prefix}_{stream["models_".Length..]}");
}

/// <summary>How a version did against people.</summary>
public sealed record ModelFigures
{
    /// <summary>Tasks compared.</summary>
    public required int Tasks { get; init; }

    /// <summary>Tasks where it agreed with the people's label.</summary>
    public required int Right { get; init; }

    /// <summary>Share of agreement, 0 to 1.</summary>
    public required double Accuracy { get; init; }

    /// <summary>Lower end of the 95 % interval of the accuracy (Wilson).</summary>
    public required double Low { get; init; }

    /// <summary>Upper end.</summary>
    public required double High { get; init; }

    /// <summary>Expected calibration error over ten bands of stated confidence, 0 to 1; null when it states none.</summary>
    public double? CalibrationError { get; init; }

    /// <summary>Which tasks were compared, in words.</summary>
    public required string Basis { get; init; }

    /// <summary>Other measures by name, as a trainer gives them.</summary>
    public EquatableList<NamedFigure>? Others { get; init; }
}

/// <summary>A measure by its name.</summary>
public sealed record NamedFigure(string Name, double Value);

/// <summary>Where a model version stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ModelStatus>))]
public enum ModelStatus
{
    /// <summary>It may predict, vote and be shown, but decides nothing.</summary>
    Candidate,

    /// <summary>Rules may accept what it predicts.</summary>
    Approved,

    /// <summary>It decides nothing any more.</summary>
    Retired,
}
