using Crowd.Consensus.Categories;

namespace Crowd.Consensus.Calibration;

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
