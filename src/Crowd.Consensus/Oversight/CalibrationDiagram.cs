namespace Crowd.Consensus.Oversight;

/// <summary>One bin of a reliability diagram.</summary>
/// <param name="From">Least confidence of the bin.</param>
/// <param name="Below">The confidence at which the next begins.</param>
/// <param name="Count">Observations in it.</param>
/// <param name="MeanConfidence">NaN in an empty bin.</param>
/// <param name="Right">The share that was right, with Wilson's interval on the effective number of observations.</param>
public sealed record CalibrationBin(double From, double Below, int Count, double MeanConfidence, Estimate Right);

/// <summary>
/// Whether confidences mean what they say: the reliability diagram (DeGroot and Fienberg 1983), the expected calibration error (Naeini et al. 2015) and Brier's
/// score (1950) of the event "was right". Observations count by the inverse of their chance of having been looked at.
/// </summary>
/// <param name="ExpectedError">Mean over the bins of |share right − mean confidence| by weight, 0 to 1; NaN without observations.</param>
/// <param name="Brier">Mean squared distance of confidence from 1 where right and 0 where wrong, 0 to 1; NaN without observations.</param>
public sealed record CalibrationDiagram(IReadOnlyList<CalibrationBin> Bins, double ExpectedError, double Brier, int Count)
{
    /// <summary>Bins of equal width unless another number is asked for.</summary>
    public const int DefaultBins = 10;

    /// <summary>The diagram of confidences whose outcome is known.</summary>
    /// <param name="observations">Confidence 0 to 1, whether it was right, and the chance of having been looked at.</param>
    public static CalibrationDiagram Of(
        IReadOnlyCollection<(double Confidence, bool Right, double Probability)> observations, int bins = DefaultBins, double level = Estimate.DefaultLevel)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        var groups = observations.ToLookup(o => Math.Clamp((int)(o.Confidence * bins), 0, bins - 1));
        var total = observations.Sum(o => 1 / o.Probability);
        var all = new List<CalibrationBin>(bins);
        double error = 0, brier = 0;
        for (var b = 0; b < bins; b++)
        {
            double weight = 0, squares = 0, confidence = 0, right = 0;
            foreach (var o in groups[b])
            {
                var w = 1 / o.Probability;
                weight += w;
                squares += w * w;
                confidence += w * o.Confidence;
                right += o.Right ? w : 0;
                brier += w * Math.Pow(o.Confidence - (o.Right ? 1 : 0), 2);
            }

            var effective = weight > 0 ? weight * weight / squares : 0;
            error += Math.Abs(right - confidence);
            var share = weight > 0 ? Share.Wilson(right / weight * effective, effective, level) : Share.Wilson(0, 0, level);
            all.Add(new CalibrationBin((double)b / bins, (b + 1.0) / bins, groups[b].Count(), weight > 0 ? confidence / weight : double.NaN, share));
        }

        return new CalibrationDiagram(all, total > 0 ? error / total : double.NaN, total > 0 ? brier / total : double.NaN, observations.Count);
    }
}
