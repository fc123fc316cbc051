namespace Crowd.Consensus.MultiChoice;

/// <summary>Each label for itself: in the answer if more than half of the weight chose it.</summary>
public static class LabelwiseMajority
{
    /// <summary>The consolidated set; exactly half leaves the label out.</summary>
    /// <param name="answers">The label sets of the workers, 0 to <paramref name="labelCount"/> − 1.</param>
    /// <param name="weights">One positive weight for each answer.</param>
    public static LabelSetConsensus Of(IReadOnlyList<int[]> answers, ReadOnlySpan<double> weights, int labelCount)
    {
        var shares = new double[labelCount];
        var total = 0.0;
        for (var i = 0; i < answers.Count; i++)
        {
            total += weights[i];
            foreach (var label in answers[i]) shares[label] += weights[i];
        }

        var chosen = new List<int>();
        var confidence = 1.0;
        for (var k = 0; k < labelCount; k++)
        {
            shares[k] = total > 0 ? shares[k] / total : 0;
            if (shares[k] > 0.5 + 1e-12) chosen.Add(k);
            confidence = Math.Min(confidence, Math.Max(shares[k], 1 - shares[k]));
        }

        return new LabelSetConsensus([.. chosen], shares, confidence);
    }
}

/// <summary>The set of labels that a task gets.</summary>
/// <param name="Labels">The chosen labels, ascending.</param>
/// <param name="Shares">For each label the probability that it belongs.</param>
/// <param name="Confidence">The certainty of the least certain label, ½ to 1.</param>
public sealed record LabelSetConsensus(int[] Labels, double[] Shares, double Confidence);
