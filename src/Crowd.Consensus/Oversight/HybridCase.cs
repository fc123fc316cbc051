namespace Crowd.Consensus.Oversight;

/// <summary>One thing that was decided by a machine, by people, or by a machine with people looking after it.</summary>
public readonly record struct HybridCase
{
    /// <summary>The machine's label, 0 or more; −1 for none.</summary>
    public required int Machine { get; init; }

    /// <summary>The machine's stated confidence, 0 to 1; NaN for none.</summary>
    public double Confidence { get; init; }

    /// <summary>The label that was given out, −1 while there is none.</summary>
    public required int Final { get; init; }

    /// <summary>Whether the rules let the machine decide it; people may have looked at it all the same, by chance.</summary>
    public required bool Accepted { get; init; }

    /// <summary>The label that people settled on; −1 where none looked.</summary>
    public required int Reference { get; init; }

    /// <summary>How sure that label is, 0 to 1; 1 for an expert's.</summary>
    public double ReferenceConfidence { get; init; }

    /// <summary>With <see cref="Accepted"/>: the chance that people would look at it, above 0 where they did. 1 otherwise.</summary>
    public required double Probability { get; init; }

    /// <summary>The share of single answers that agree with the settled label, 0 to 1; NaN without answers.</summary>
    public double AnswersRight { get; init; }

    /// <summary>What people cost on it; 0 where none looked. Any unit.</summary>
    public double Cost { get; init; }

    /// <summary>Seconds from when it came in to its label; NaN while there is none.</summary>
    public double Seconds { get; init; }
}

/// <summary>Costs of errors.</summary>
/// <param name="Labels">How many labels there are.</param>
/// <param name="Costs">By true label times <paramref name="Labels"/> plus given label; 0 or more.</param>
/// <param name="Critical">An error of at least this cost is critical; above 0.</param>
public sealed record ErrorCosts(int Labels, double[] Costs, double Critical)
{
    /// <summary>Every error is critical and costs one.</summary>
    public static ErrorCosts Equal(int labels) => new(labels, [.. Enumerable.Range(0, labels * labels).Select(i => i / labels == i % labels ? 0.0 : 1)], 1);

    /// <summary>Whether giving the label is a critical error.</summary>
    public bool IsCritical(int truth, int given) => truth != given && Costs[(truth * Labels) + given] >= Critical;

    /// <summary>The cost as a part of the greatest, 0 to 1.</summary>
    public double Part(int truth, int given) => Most > 0 ? Costs[(truth * Labels) + given] / Most : 0;

    /// <summary>The greatest cost.</summary>
    public double Most => Costs.Length == 0 ? 0 : Costs.Max();
}
