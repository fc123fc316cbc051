namespace Crowd.Api.CommandLine.Consensus;

/// <summary>What an aggregation gives the writer, whatever the type of the labels.</summary>
internal sealed record Aggregated
{
    public required string Method { get; init; }

    /// <summary>The columns of <see cref="Rows"/>.</summary>
    public string[] Header { get; init; } = ["task", "label", "confidence"];

    public required IEnumerable<string[]> Rows { get; init; }

    public required IReadOnlyList<AggregatedWorker> Workers { get; init; }

    public required Crowd.Consensus.Categories.Fit Fit { get; init; }

    /// <summary>The estimated share of each label, for types with a finite set of labels.</summary>
    public IReadOnlyDictionary<string, double>? LabelShares { get; init; }
}

/// <summary>One row of the workers' file.</summary>
/// <param name="Reliability">0 to 1: the probability of a right answer, or the agreement with others; NaN where unknown.</param>
/// <param name="Weight">What an answer counts beside the others'; NaN where the method has none.</param>
internal sealed record AggregatedWorker(string Id, int Answers, double Reliability, double Low, double High, double Weight);
