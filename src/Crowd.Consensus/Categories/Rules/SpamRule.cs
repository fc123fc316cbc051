namespace Crowd.Consensus.Categories.Rules;

/// <summary>
/// MACE (Hovy et al. 2013, section 2): a worker either knows the label or, with probability θ, spams and draws from a habit ξ of his own. A
/// mismatch was spam for certain; a match was spam with odds θ ξ : 1 − θ.
/// </summary>
/// <param name="smoothing">Added to every expected count.</param>
/// <param name="seed">Where θ and ξ start; see <see cref="Start"/>.</param>
internal sealed class SpamRule(double smoothing, int seed, bool equalShares = true) : ITableRule
{
    private double[] _spam = [];
    private double[] _habits = [];

    public double Estimate(HiddenShape shape, Span<double> table, Span<double> shares)
    {
        if (_spam.Length == 0) Start(shape);
        var objective = 0.0;
        if (equalShares) shares[..shape.States].Fill(1.0 / shape.States);
        else objective += ConfusionRule.Divide(shares[..shape.States], 1);

        var habit = new double[shape.Labels];
        for (var w = 0; w < shape.Workers; w++)
        {
            double spammed = smoothing, knew = smoothing, total = 0;
            var habits = _habits.AsSpan(w * shape.Labels, shape.Labels);
            for (var l = 0; l < shape.Labels; l++)
            {
                habit[l] = smoothing;
                for (var k = 0; k < shape.Labels; k++)
                {
                    var count = table[shape.At(w, l, k)];
                    var spam = l == k ? count * _spam[w] * habits[l] / ((_spam[w] * habits[l]) + 1 - _spam[w]) : count;
                    habit[l] += spam;
                    spammed += spam;
                    knew += count - spam;
                }

                total += habit[l];
            }

            _spam[w] = spammed / (spammed + knew);
            objective += smoothing * (Math.Log(_spam[w]) + Math.Log(1 - _spam[w]));
            for (var l = 0; l < shape.Labels; l++)
            {
                habits[l] = habit[l] / total;
                objective += smoothing * Math.Log(habits[l]);
            }

            Fill(shape, table, w, habits);
        }

        return objective;
    }

    /// <summary>The first start (seed 0) is neutral; the others are drawn.</summary>
    private void Start(HiddenShape shape)
    {
        var random = new Random(seed);
        _spam = new double[shape.Workers];
        _habits = new double[shape.Workers * shape.Labels];
        for (var w = 0; w < shape.Workers; w++)
        {
            _spam[w] = seed == 0 ? 0.5 : 0.05 + (0.9 * random.NextDouble());
            var habits = _habits.AsSpan(w * shape.Labels, shape.Labels);
            var total = 0.0;
            foreach (ref var habit in habits)
            {
                habit = seed == 0 ? 1 : 0.2 + random.NextDouble();
                total += habit;
            }

            foreach (ref var habit in habits) habit /= total;
        }
    }

    private void Fill(HiddenShape shape, Span<double> table, int w, ReadOnlySpan<double> habits)
    {
        for (var l = 0; l < shape.Labels; l++)
        {
            for (var k = 0; k < shape.Labels; k++) table[shape.At(w, l, k)] = (_spam[w] * habits[l]) + (l == k ? 1 - _spam[w] : 0);
        }
    }
}
