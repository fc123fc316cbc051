namespace Crowd.Consensus.Agreement;

/// <summary>A coefficient with the bounds of a 95 % interval.</summary>
/// <param name="Low">NaN where too few samples gave a value.</param>
/// <param name="High">NaN where too few samples gave a value.</param>
public readonly record struct Interval(double Value, double Low, double High);

/// <summary>Efron 1979: the spread of a coefficient over samples of the tasks, drawn with replacement. Answers of a task stay together.</summary>
public static class Bootstrap
{
    private const double Tail = 0.025;

    /// <summary>The coefficient of the data, and the middle 95 % of those of the samples.</summary>
    /// <param name="tasks">The task of each answer.</param>
    /// <param name="coefficient">Given the task and the original position of each answer of a sample, its coefficient. Drawn tasks count as different.</param>
    /// <param name="samples">How many samples.</param>
    /// <param name="seed">Same seed, same interval.</param>
    public static Interval Of(ReadOnlySpan<int> tasks, Func<int[], int[], Coefficient> coefficient, int samples = 200, int seed = 0)
    {
        var units = Units.Of(tasks);
        var whole = coefficient(tasks.ToArray(), [.. Enumerable.Range(0, tasks.Length)]);
        var random = new Random(seed);
        var values = new List<double>(samples);
        for (var s = 0; s < samples; s++)
        {
            var drawnTasks = new List<int>(tasks.Length);
            var positions = new List<int>(tasks.Length);
            for (var t = 0; t < units.Count; t++)
            {
                foreach (var i in units.Of(random.Next(units.Count)))
                {
                    drawnTasks.Add(t);
                    positions.Add(i);
                }
            }

            var value = coefficient([.. drawnTasks], [.. positions]);
            if (value.IsDefined) values.Add(value.Value);
        }

        if (values.Count < samples / 2 || values.Count < 2) return new Interval(whole.Value, double.NaN, double.NaN);

        values.Sort();
        return new Interval(whole.Value, values[(int)(Tail * (values.Count - 1))], values[(int)Math.Ceiling((1 - Tail) * (values.Count - 1))]);
    }
}
