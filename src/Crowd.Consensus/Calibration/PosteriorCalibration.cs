using Crowd.Consensus.Answers;
using Crowd.Consensus.Categories;

namespace Crowd.Consensus.Calibration;

/// <summary>
/// Makes posteriors mean what they say. Models take answers for independent and so are far too sure; posteriors are raised to the power 1/T (temperature
/// scaling, Guo et al. 2017) and mixed with the label shares, and T and the mix are those that make known answers likeliest.
/// </summary>
/// <param name="Temperature">1 leaves posteriors alone; above 1 they become less sure.</param>
/// <param name="Doubt">The share of the mix that goes to the label shares, 0 to 1.</param>
public readonly record struct PosteriorCalibration(double Temperature, double Doubt)
{
    private static readonly double[] Temperatures = [0.7, 1, 1.4, 2, 2.8, 4, 5.6, 8];
    private static readonly double[] Doubts = [0, 0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4];

    /// <summary>From tasks whose label is known but was not told to the method.</summary>
    /// <param name="known">The label of each task, −1 where it is not known.</param>
    public static PosteriorCalibration FromGold(CategoryResult result, int[] known) => Search(calibration =>
    {
        // One pseudo-task for each direction keeps a handful of gold tasks from certainty.
        var loss = -Math.Log(1 - calibration.Doubt + 1e-3);
        var row = new double[result.LabelCount];
        for (var t = 0; t < known.Length; t++)
        {
            if (known[t] < 0 || result.Labels[t] < 0) continue;

            calibration.Apply(result.Posterior(t), result.LabelShares, row);
            loss -= Math.Log(Math.Max(row[known[t]], 1e-12));
        }

        return loss;
    });

    /// <summary>
    /// Without any truth: each answer is foreseen from the posterior of its task under the other answers. If the posteriors are too sure, tempered ones foresee
    /// better. Tells of dependence between answers and of tasks that are hard for all, but not of errors that everyone makes.
    /// </summary>
    /// <param name="result">A result with confusion matrices, over <paramref name="answers"/>.</param>
    public static PosteriorCalibration FromAnswers(CategoryAnswers answers, CategoryResult result)
    {
        var confusions = result.Confusions ?? HeldOut.Confusions(answers, result.Posteriors);
        var rows = LeaveOneOut(answers, result, confusions);
        return Search(calibration =>
        {
            var loss = 0.0;
            var row = new double[result.LabelCount];
            foreach (var (others, worker, label) in rows)
            {
                calibration.Apply(others, result.LabelShares, row);
                var probability = 0.0;
                for (var k = 0; k < row.Length; k++) probability += row[k] * confusions[(((worker * row.Length) + k) * row.Length) + label];
                loss -= Math.Log(Math.Max(probability, 1e-12));
            }

            return loss;
        });
    }

    /// <summary>One posterior row, calibrated, into <paramref name="calibrated"/>.</summary>
    public void Apply(ReadOnlySpan<double> posterior, ReadOnlySpan<double> shares, Span<double> calibrated)
    {
        var sum = 0.0;
        for (var k = 0; k < posterior.Length; k++) sum += calibrated[k] = Math.Pow(Math.Max(posterior[k], 1e-300), 1 / Temperature);
        for (var k = 0; k < posterior.Length; k++) calibrated[k] = ((1 - Doubt) * calibrated[k] / sum) + (Doubt * shares[k]);
    }

    /// <summary>All posteriors of a result; labels stay as they are.</summary>
    public CategoryResult Apply(CategoryResult result)
    {
        var posteriors = new double[result.Posteriors.Length];
        for (var t = 0; t < result.Labels.Length; t++)
            Apply(result.Posterior(t), result.LabelShares, posteriors.AsSpan(t * result.LabelCount, result.LabelCount));
        return result with { Posteriors = posteriors };
    }

    private static PosteriorCalibration Search(Func<PosteriorCalibration, double> loss)
    {
        var best = new PosteriorCalibration(1, 0);
        var least = loss(best);
        foreach (var temperature in Temperatures)
        {
            foreach (var doubt in Doubts)
            {
                var candidate = new PosteriorCalibration(temperature, doubt);
                var value = loss(candidate);
                if (value < least - 1e-9) (best, least) = (candidate, value);
            }
        }

        return best;
    }

    private static List<(double[] Others, int Worker, int Label)> LeaveOneOut(CategoryAnswers answers, CategoryResult result, double[] confusions)
    {
        const int MostRows = 5000;
        var labels = answers.LabelCount;
        var step = Math.Max(1, answers.Count / MostRows);
        var rows = new List<(double[] Others, int Worker, int Label)>();
        for (var t = 0; t < answers.TaskCount; t++)
        {
            var (start, end) = (answers.TaskStarts[t], answers.TaskStarts[t + 1]);
            for (var i = start; i < end; i++)
            {
                if (end - start < 2 || i % step != 0) continue;

                var logs = new double[labels];
                for (var k = 0; k < labels; k++)
                {
                    logs[k] = Math.Log(Math.Max(result.LabelShares[k], 1e-12));
                    for (var j = start; j < end; j++)
                    {
                        if (j != i) logs[k] += Math.Log(Math.Max(confusions[(((answers.Workers[j] * labels) + k) * labels) + answers.Labels[j]], 1e-12));
                    }
                }

                OnlineBayes.Normalise(logs, logs);
                rows.Add((logs, answers.Workers[i], answers.Labels[i]));
            }
        }

        return rows;
    }
}

/// <summary>How far confidences are from the truth.</summary>
public static class CalibrationError
{
    private const int Bins = 10;

    /// <summary>Expected calibration error (Naeini et al. 2015): the mean over ten bins of |share right − mean confidence|, weighted by their tasks, 0 to 1.</summary>
    /// <param name="truth">The true label of each task; negative where it is not known.</param>
    public static double Of(CategoryResult result, ReadOnlySpan<int> truth)
    {
        Span<double> gaps = stackalloc double[Bins];
        var tasks = 0;
        for (var t = 0; t < truth.Length; t++)
        {
            if (truth[t] < 0 || result.Labels[t] < 0) continue;

            var confidence = result.Confidence(t);
            gaps[Math.Min(Bins - 1, (int)(confidence * Bins))] += confidence - (result.Labels[t] == truth[t] ? 1 : 0);
            tasks++;
        }

        var sum = 0.0;
        foreach (var gap in gaps) sum += Math.Abs(gap);
        return tasks == 0 ? double.NaN : sum / tasks;
    }
}
