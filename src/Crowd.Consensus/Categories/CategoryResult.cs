using Crowd.Consensus.Oversight;

namespace Crowd.Consensus.Categories;

/// <summary>What a category method found: for each task, each worker and the job.</summary>
public sealed record CategoryResult
{
    /// <summary>The name by which the method is asked for, such as <c>dawid-skene</c>.</summary>
    public required string Method { get; init; }

    /// <summary>The number of labels.</summary>
    public required int LabelCount { get; init; }

    /// <summary>The label of each task; −1 for a task without answers or gold.</summary>
    public required int[] Labels { get; init; }

    /// <summary>Row by task, <c>LabelCount</c> columns; each row adds up to one.</summary>
    public required double[] Posteriors { get; init; }

    /// <summary>How far each worker's answers can be trusted.</summary>
    public required WorkerEstimate[] Workers { get; init; }

    /// <summary>How the fit went.</summary>
    public required Fit Fit { get; init; }

    /// <summary>The share of each label among the tasks as the method estimates it; length <c>LabelCount</c>.</summary>
    public required double[] LabelShares { get; init; }

    /// <summary>
    /// For each worker a matrix with a row for each true label and a column for each answered label, or null where the method has no such
    /// model; length <c>WorkerCount · LabelCount · LabelCount</c>. Rows add up to one.
    /// </summary>
    public double[]? Confusions { get; init; }

    /// <summary>The posterior row of a task.</summary>
    public ReadOnlySpan<double> Posterior(int task) => Posteriors.AsSpan(task * LabelCount, LabelCount);

    /// <summary>The posterior of the label that was chosen; zero without a label.</summary>
    public double Confidence(int task) => Labels[task] < 0 ? 0 : Posteriors[(task * LabelCount) + Labels[task]];
}

/// <summary>The probability that a worker's answer is right, with the bounds of a 95 % interval, and the answers it rests on.</summary>
public readonly record struct WorkerEstimate(double Accuracy, double Low, double High, int Answers)
{
    /// <summary>From right answers, or shares of them, out of all, with Wilson's interval.</summary>
    public static WorkerEstimate Of(double right, double count)
    {
        var share = Share.Wilson(right, count);
        return new WorkerEstimate(share.Value, share.Low, share.High, share.Count);
    }
}

/// <summary>How a fit went.</summary>
/// <param name="Rounds">Rounds that ran; zero for a method in one pass.</param>
/// <param name="LogLikelihood">The objective at the end, natural logarithm; NaN for a method without one.</param>
/// <param name="Converged">Whether it stopped by itself.</param>
/// <param name="Trace">The objective after each round; empty for a method without one.</param>
/// <param name="Note">What a reader should know: why <c>auto</c> chose, what was left out. May be empty.</param>
public sealed record Fit(int Rounds, double LogLikelihood, bool Converged, double[] Trace, string Note)
{
    /// <summary>A method that needs no rounds.</summary>
    public static Fit OnePass { get; } = new(0, double.NaN, Converged: true, [], "");
}
