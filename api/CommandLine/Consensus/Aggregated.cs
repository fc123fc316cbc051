namespace Crowd.Api.CommandLine.Consensus;

/// <summary>What an aggregation gives the writer, whatever the type of the labels.</summary>
internal sealed record Aggregated
{
    public required string Method { get; init; }

    /// <summary>The columns of <see cref="Rows"/>.</summary>
    public string[] Header { get; init; } = ["task", "label", "confidence"];

    public required IEnumerable<string[]> Rows { get; init; }

    public required IReadOnlyList<AggregatedWorker> Workers { get; init; }

    /// <summary>Every answer with what it counted, by task, worker and label.</summary>
    public required IEnumerable<AggregatedVote> Votes { get; init; }

    public required Crowd.Consensus.Categories.Fit Fit { get; init; }

    /// <summary>The estimated share of each label, for types with a finite set of labels.</summary>
    public IReadOnlyDictionary<string, double>? LabelShares { get; init; }

    /// <summary>How the confidences were calibrated, for types with posteriors.</summary>
    public Crowd.Consensus.Calibration.PosteriorCalibration? Calibration { get; init; }
}

/// <summary>One row of the workers' file.</summary>
/// <param name="Reliability">0 to 1: the probability of a right answer, or the agreement with others; NaN where unknown.</param>
/// <param name="Weight">What an answer counts beside the others'; NaN where the method has none.</param>
internal sealed record AggregatedWorker(string Id, int Answers, double Reliability, double Low, double High, double Weight)
{
    /// <summary>With the interval of a share of that many answers.</summary>
    public static AggregatedWorker Of(string id, int answers, double reliability, double weight)
    {
        if (double.IsNaN(reliability)) return new AggregatedWorker(id, answers, reliability, double.NaN, double.NaN, weight);

        var estimate = Crowd.Consensus.Categories.WorkerEstimate.Of(reliability * answers, answers);
        return new AggregatedWorker(id, answers, reliability, estimate.Low, estimate.High, weight);
    }
}

/// <summary>One row of the votes' file.</summary>
/// <param name="Weight">For choice and ordinal what the answer says for its label, in nats; for other types what it counts beside the others'.</param>
internal readonly record struct AggregatedVote(string Task, string Worker, string Label, double Weight);
