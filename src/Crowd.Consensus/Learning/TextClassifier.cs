namespace Crowd.Consensus.Learning;

/// <summary>A labelled text.</summary>
/// <param name="Features">Of <see cref="TextFeatures"/>.</param>
/// <param name="Label">0 to the number of labels − 1.</param>
/// <param name="Weight">How much it counts: positive; a label that is sure to 80 % may count 0.8.</param>
public readonly record struct Example(SparseVector Features, int Label, float Weight = 1);

/// <summary>
/// Multinomial logistic regression over hashed features: probabilities are the softmax of one linear score for each label. Trained by stochastic gradient
/// descent with a constant step (Bottou 2012), so that it goes on learning however many labels it has seen, and a pull of touched weights to nought.
/// Steps that adapt to each weight trust rare pieces of words too much: they were worse by ten points on the demo's texts. The same examples and seed give the same model. Not safe for concurrent training.
/// </summary>
public sealed class TextClassifier
{
    /// <summary>Passes over the examples of a training from nothing.</summary>
    public const int DefaultPasses = 12;

    private const float Step = 0.5f;

    private readonly int _labels;
    private readonly float _pull;
    private readonly float[] _weights;

    /// <summary>A model that knows nothing.</summary>
    /// <param name="labelCount">2 or more.</param>
    /// <param name="pull">How strongly weights are drawn to nought, 0 or more.</param>
    public TextClassifier(int labelCount, float pull = 1e-5f)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(labelCount, 2);
        ArgumentOutOfRangeException.ThrowIfNegative(pull);
        (_labels, _pull) = (labelCount, pull);

        // The weights of a feature lie together, and behind all features stand those of no feature: the labels' shares.
        _weights = new float[(TextFeatures.Dimensions + 1) * labelCount];
    }

    /// <summary>How many labels there are.</summary>
    public int LabelCount => _labels;

    /// <summary>Examples taken in so far, repetitions included.</summary>
    public long Seen { get; private set; }

    /// <summary>
    /// A model trained from nothing on all examples, in several passes of changing order. Each label counts as much as any other, however often it occurs:
    /// which texts were asked about first must not look like what texts there are.
    /// </summary>
    /// <param name="seed">Of the orders.</param>
    /// <param name="passes">1 or more.</param>
    public static TextClassifier Train(ReadOnlySpan<Example> examples, int labelCount, int seed = 1, int passes = DefaultPasses)
    {
        var model = new TextClassifier(labelCount);
        var balance = Balance(examples, labelCount);
        var order = new int[examples.Length];
        for (var i = 0; i < order.Length; i++) order[i] = i;
        var random = new Random(seed);
        for (var pass = 0; pass < passes; pass++)
        {
            random.Shuffle(order);
            foreach (var i in order) model.Learn(examples[i] with { Weight = examples[i].Weight * balance[examples[i].Label] });
        }

        return model;
    }

    /// <summary>Takes one more example in, with one step.</summary>
    public void Learn(Example example)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(example.Label);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(example.Label, _labels);
        Span<double> probabilities = stackalloc double[_labels];
        Predict(example.Features, probabilities);
        var features = example.Features;
        for (var i = 0; i < features.Indexes.Length; i++) Move(features.Indexes[i], features.Values[i], example, probabilities);
        Move(TextFeatures.Dimensions, 1, example, probabilities);
        Seen++;
    }

    /// <summary>The probability of each label; without any example all are alike.</summary>
    /// <param name="probabilities">One entry for each label.</param>
    public void Predict(SparseVector features, Span<double> probabilities)
    {
        var shares = _weights.AsSpan(TextFeatures.Dimensions * _labels, _labels);
        for (var k = 0; k < shares.Length; k++) probabilities[k] = shares[k];
        for (var i = 0; i < features.Indexes.Length; i++)
        {
            var value = features.Values[i];
            var row = _weights.AsSpan(features.Indexes[i] * _labels, _labels);
            for (var k = 0; k < row.Length; k++) probabilities[k] += value * row[k];
        }

        Categories.OnlineBayes.Normalise(probabilities, probabilities);
    }

    /// <inheritdoc cref="Predict(SparseVector, Span{double})"/>
    public double[] Predict(SparseVector features)
    {
        var probabilities = new double[_labels];
        Predict(features, probabilities);
        return probabilities;
    }

    private static float[] Balance(ReadOnlySpan<Example> examples, int labelCount)
    {
        var sums = new float[labelCount];
        var total = 0f;
        foreach (var example in examples)
        {
            sums[example.Label] += example.Weight;
            total += example.Weight;
        }

        var used = sums.Count(s => s > 0);
        return Array.ConvertAll(sums, s => s > 0 ? total / (used * s) : 0);
    }

    private void Move(int feature, float value, Example example, ReadOnlySpan<double> probabilities)
    {
        var start = feature * _labels;
        for (var k = 0; k < _labels; k++)
        {
            var gradient = (float)(probabilities[k] - (k == example.Label ? 1 : 0)) * value * example.Weight;
            _weights[start + k] -= Step * (gradient + (_pull * _weights[start + k]));
        }
    }
}
