namespace Crowd.Consensus.Pairwise;

/// <summary>One worker's judgement of two items.</summary>
/// <param name="Outcome">1 for the left item, 0 for the right, ½ for a tie.</param>
public readonly record struct Comparison(int Worker, int Left, int Right, double Outcome)
{
    public const double LeftWins = 1;
    public const double Tie = 0.5;
    public const double RightWins = 0;

    public bool IsTie => Outcome is > RightWins and < LeftWins;
}

/// <summary>What a pairwise method found.</summary>
public sealed record PairwiseResult
{
    public required string Method { get; init; }

    /// <summary>For each item its strength in logits, with a mean of nought; an item that beats another by 1 is preferred with probability .73.</summary>
    public required double[] Scores { get; init; }

    /// <summary>For each item the standard error of its score.</summary>
    public required double[] Errors { get; init; }

    /// <summary>For each worker the probability that he looked, 0 to 1; one for methods without a model of workers, NaN without answers.</summary>
    public required double[] Reliabilities { get; init; }

    /// <summary>How likely a tie of two equal items is beside a win of either (Davidson's ν); nought for methods without the parameter, or where nobody tied.</summary>
    public double Ties { get; init; }

    public required Categories.Fit Fit { get; init; }
}
