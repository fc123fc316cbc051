namespace Crowd.Consensus.Learning;

/// <summary>
/// Several classifiers, each trained on a sample of its own: every example counts a Poisson(1) number of times, which is the bootstrap for examples that come
/// one by one (Oza and Russell 2001). Where they disagree, the labels so far do not settle the matter.
/// </summary>
public sealed class Committee
{
    private const int MostRepeats = 6;

    private readonly TextClassifier[] _members;

    private Committee(TextClassifier[] members) => _members = members;

    public int LabelCount => _members[0].LabelCount;

    /// <summary>Trains all members from nothing.</summary>
    /// <param name="members">2 or more.</param>
    public static Committee Train(ReadOnlySpan<Example> examples, int labelCount, int members = 5, int seed = 1, int passes = TextClassifier.DefaultPasses)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(members, 2);
        var trained = new TextClassifier[members];
        for (var m = 0; m < members; m++)
        {
            var random = new Random(unchecked((seed * 7919) + m));
            var sample = new List<Example>(examples.Length);
            foreach (var example in examples)
            {
                if (Poisson(random) is > 0 and var times) sample.Add(example with { Weight = example.Weight * times });
            }

            trained[m] = TextClassifier.Train([.. sample], labelCount, unchecked(seed + m), passes);
        }

        return new Committee(trained);
    }

    /// <summary>
    /// The mean of the members' probabilities, and how far they are from it: the mean Kullback-Leibler divergence of the members from their mean, in nats
    /// (McCallum and Nigam 1998); nought where all agree.
    /// </summary>
    public double Disagreement(SparseVector features, Span<double> mean)
    {
        var rows = new double[_members.Length][];
        mean.Clear();
        for (var m = 0; m < rows.Length; m++)
        {
            rows[m] = _members[m].Predict(features);
            for (var k = 0; k < mean.Length; k++) mean[k] += rows[m][k] / rows.Length;
        }

        var divergence = 0.0;
        foreach (var row in rows)
        {
            for (var k = 0; k < row.Length; k++)
            {
                if (row[k] > 0) divergence += row[k] * Math.Log(row[k] / mean[k]) / rows.Length;
            }
        }

        return Math.Max(0, divergence);
    }

    /// <summary>Knuth's method; cut where less than one in ten thousand would lie.</summary>
    private static int Poisson(Random random)
    {
        var bound = Math.Exp(-1);
        var product = random.NextDouble();
        var count = 0;
        while (product > bound && count < MostRepeats)
        {
            product *= random.NextDouble();
            count++;
        }

        return count;
    }
}
