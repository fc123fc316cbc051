namespace Crowd.Consensus.Agreement;

/// <summary>How often each label was given to each task: the shape that the chance-corrected coefficients start from. One answer a worker and task.</summary>
internal sealed class LabelTable
{
    private LabelTable(double[,] counts, int[] totals)
    {
        Counts = counts;
        Totals = totals;
    }

    public double[,] Counts { get; }

    /// <summary>The answers of each task.</summary>
    public int[] Totals { get; }

    public int Tasks => Totals.Length;

    public int Labels => Counts.GetLength(1);

    public static LabelTable Of(ReadOnlySpan<int> tasks, ReadOnlySpan<int> labels, int labelCount)
    {
        if (tasks.Length != labels.Length) throw new ArgumentException("One task for each label.", nameof(labels));

        var count = 0;
        foreach (var task in tasks) count = Math.Max(count, task + 1);
        var counts = new double[count, labelCount];
        var totals = new int[count];
        for (var i = 0; i < tasks.Length; i++)
        {
            counts[tasks[i], labels[i]]++;
            totals[tasks[i]]++;
        }

        return new LabelTable(counts, totals);
    }

    /// <summary>
    /// The mean over tasks with two answers or more of the weighted share of agreeing pairs; NaN without such a task.
    /// </summary>
    public double Observed(double[,] weights)
    {
        double sum = 0, tasks = 0;
        for (var t = 0; t < Tasks; t++)
        {
            if (Totals[t] < 2) continue;

            sum += Observed(t, weights);
            tasks++;
        }

        return tasks > 0 ? sum / tasks : double.NaN;
    }

    /// <summary>Σ r_k (r*_k − 1) / r (r − 1), with r*_k the answers weighted by their closeness to k (Gwet 2014, section 2).</summary>
    public double Observed(int task, double[,] weights)
    {
        var sum = 0.0;
        for (var k = 0; k < Labels; k++)
        {
            if (Counts[task, k] <= 0) continue;

            var near = 0.0;
            for (var l = 0; l < Labels; l++) near += weights[k, l] * Counts[task, l];
            sum += Counts[task, k] * (near - 1);
        }

        return sum / ((double)Totals[task] * (Totals[task] - 1));
    }

    /// <summary>The mean over tasks of each label's share among the task's answers.</summary>
    public double[] MeanShares()
    {
        var shares = new double[Labels];
        var tasks = 0;
        for (var t = 0; t < Tasks; t++)
        {
            if (Totals[t] == 0) continue;

            tasks++;
            for (var k = 0; k < Labels; k++) shares[k] += Counts[t, k] / Totals[t];
        }

        for (var k = 0; k < Labels; k++) shares[k] /= Math.Max(1, tasks);
        return shares;
    }
}

/// <summary>How much two labels count as agreement: 1 for equals, 0 for the farthest apart.</summary>
public static class LabelWeights
{
    /// <summary>Only equals agree.</summary>
    public static double[,] Identity(int labels) => Fill(labels, (k, l) => k == l ? 1 : 0);

    /// <summary>Falls with the distance on the scale.</summary>
    public static double[,] Linear(int labels) => Fill(labels, (k, l) => 1 - ((double)Math.Abs(k - l) / Math.Max(1, labels - 1)));

    /// <summary>Falls with the squared distance on the scale.</summary>
    public static double[,] Quadratic(int labels) => Fill(labels, (k, l) => 1 - Math.Pow((double)(k - l) / Math.Max(1, labels - 1), 2));

    private static double[,] Fill(int labels, Func<int, int, double> weight)
    {
        var weights = new double[labels, labels];
        for (var k = 0; k < labels; k++)
        {
            for (var l = 0; l < labels; l++) weights[k, l] = weight(k, l);
        }

        return weights;
    }
}
