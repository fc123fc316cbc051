namespace Crowd.Consensus.Learning;

/// <summary>How items are chosen for labelling.</summary>
public enum QueryStrategy
{
    /// <summary>By chance.</summary>
    Random,

    /// <summary><see cref="QueryScore.LeastConfidence"/>.</summary>
    LeastConfidence,

    /// <summary><see cref="QueryScore.Margin"/>.</summary>
    Margin,

    /// <summary><see cref="QueryScore.Entropy"/>.</summary>
    Entropy,

    /// <summary><see cref="Committee.Disagreement"/>.</summary>
    Disagreement,

    /// <summary><see cref="QueryScore.ExpectedGain"/>.</summary>
    ExpectedGain,
}

/// <summary>How a curve is measured.</summary>
public sealed record CurveOptions
{
    /// <summary>Share of the items held out for measuring, 0 to 1, never asked for.</summary>
    public double HeldOut { get; init; } = 0.3;

    /// <summary>Labels to begin with: by chance where the strategy is, else of <see cref="Representatives"/>.</summary>
    public int Begin { get; init; } = 20;

    /// <summary>Whether all strategies begin by chance, so that they differ in nothing but what follows.</summary>
    public bool BeginByChance { get; init; }

    /// <summary>Labels asked for between two trainings.</summary>
    public int Batch { get; init; } = 10;

    /// <summary>Repetitions, each with a split and a beginning of its own.</summary>
    public int Seeds { get; init; } = 20;

    public QueryOptions Query { get; init; } = new();

    /// <summary>Passes of a training.</summary>
    public int Passes { get; init; } = TextClassifier.DefaultPasses;
}

/// <summary>Accuracy by the number of labels, the mean over all repetitions.</summary>
/// <param name="Labels">How many labels the model was trained with, rising.</param>
/// <param name="HeldOut">Accuracy on items that are never asked for, 0 to 1.</param>
/// <param name="Whole">Accuracy of all other items when the model labels those that were not asked for, 0 to 1: what a job would be delivered with.</param>
public sealed record LearningCurve(int[] Labels, double[] HeldOut, double[] Whole)
{
    /// <summary>Asks for labels until the pool is empty, over and over.</summary>
    /// <param name="items">Features of all items.</param>
    /// <param name="truth">Their labels.</param>
    public static LearningCurve Measure(IReadOnlyList<SparseVector> items, ReadOnlySpan<int> truth, int labelCount, QueryStrategy strategy, CurveOptions options)
    {
        var (labels, heldOut, whole) = (new List<int>(), new List<double>(), new List<double>());
        for (var seed = 1; seed <= options.Seeds; seed++)
        {
            var run = Run(items, truth, labelCount, strategy, options, seed);
            for (var i = 0; i < run.Count; i++)
            {
                if (i == labels.Count)
                {
                    labels.Add(run[i].Labels);
                    heldOut.Add(0);
                    whole.Add(0);
                }

                heldOut[i] += run[i].HeldOut / options.Seeds;
                whole[i] += run[i].Whole / options.Seeds;
            }
        }

        return new LearningCurve([.. labels], [.. heldOut], [.. whole]);
    }

    /// <summary>The labels needed for the accuracy, interpolated between the two points where a curve comes to it for good; null if it never does.</summary>
    public static double? LabelsFor(double accuracy, int[] labels, double[] curve)
    {
        for (var i = labels.Length - 1; i >= 0; i--)
        {
            if (curve[i] >= accuracy) continue;
            if (i == labels.Length - 1) return null;
            var part = (accuracy - curve[i]) / (curve[i + 1] - curve[i]);
            return labels[i] + (part * (labels[i + 1] - labels[i]));
        }

        return labels.Length == 0 ? null : labels[0];
    }

    private static List<Measured> Run(
        IReadOnlyList<SparseVector> items, ReadOnlySpan<int> truth, int labelCount, QueryStrategy strategy, CurveOptions options, int seed)
    {
        // The split hangs on the seed alone, so that strategies differ in nothing but their choices.
        var order = new int[items.Count];
        for (var i = 0; i < order.Length; i++) order[i] = i;
        new Random(seed).Shuffle(order);
        var heldOut = (int)(order.Length * options.HeldOut);
        var test = order[..heldOut];
        var pool = order[heldOut..].ToList();
        var labelled = new List<Example>();
        var points = new List<Measured>();
        var begin = Math.Min(options.Begin, pool.Count);
        var wanted = strategy == QueryStrategy.Random || options.BeginByChance
            ? pool.GetRange(0, begin)
            : [.. Representatives.Take([.. pool.Select(i => items[i])], begin, seed).Select(i => pool[i])];
        while (wanted.Count > 0)
        {
            foreach (var item in wanted) labelled.Add(new Example(items[item], truth[item]));
            pool.RemoveAll(wanted.Contains);
            var model = TextClassifier.Train([.. labelled], labelCount, seed, options.Passes);
            points.Add(Point(model, items, truth, test, pool, labelled.Count));
            wanted = Choose(model, items, labelled, pool, strategy, options, unchecked((seed * 31) + labelled.Count));
        }

        return points;
    }

    private static Measured Point(TextClassifier model, IReadOnlyList<SparseVector> items, ReadOnlySpan<int> truth, int[] test, List<int> pool, int labels)
    {
        int rightOfTest = 0, rightOfPool = 0;
        foreach (var item in test) rightOfTest += Best(model, items[item]) == truth[item] ? 1 : 0;
        foreach (var item in pool) rightOfPool += Best(model, items[item]) == truth[item] ? 1 : 0;
        return new Measured(labels, (double)rightOfTest / test.Length, (double)(labels + rightOfPool) / (labels + pool.Count));
    }

    private static List<int> Choose(
        TextClassifier model, IReadOnlyList<SparseVector> items, List<Example> labelled, List<int> pool, QueryStrategy strategy, CurveOptions options, int seed)
    {
        if (strategy == QueryStrategy.Random) return pool.GetRange(0, Math.Min(options.Batch, pool.Count));

        SparseVector[] features = [.. pool.Select(i => items[i])];
        var scores = QueryScores.Of(model, labelled, features, strategy, seed);
        int[] expected = [.. features.Select(f => Best(model, f))];
        var chosen = QueryOrder.Take(scores, features, expected, options.Batch, options.Query with { Seed = seed }, [.. labelled.Select(e => e.Features)]);
        return [.. chosen.Select(c => pool[c])];
    }

    private static int Best(TextClassifier model, SparseVector features)
    {
        var probabilities = model.Predict(features);
        return Array.IndexOf(probabilities, probabilities.Max());
    }

    private readonly record struct Measured(int Labels, double HeldOut, double Whole);
}
