namespace Crowd.Api.CommandLine.Consensus;

/// <summary>What goes into an aggregation beside the answers.</summary>
internal sealed record AggregationInputs
{
    /// <summary>The known label of tasks, by task; null for none.</summary>
    public IReadOnlyDictionary<string, string>? Gold { get; init; }

    /// <summary>What models said of tasks.</summary>
    public IReadOnlyList<PredictionRow> Predictions { get; init; } = [];

    /// <summary>Whether confidences are calibrated.</summary>
    public bool IsCalibrated { get; init; } = true;

    public int Seed { get; init; }

    public IProgress<double>? Progress { get; init; }
}

/// <summary>A row of a file of predictions.</summary>
/// <param name="Confidence">As the model states it, 0 to 1.</param>
internal sealed record PredictionRow(string Task, string Model, string Label, double Confidence);
