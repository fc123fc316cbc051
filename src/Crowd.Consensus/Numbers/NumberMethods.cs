using Crowd.Consensus.Categories;

namespace Crowd.Consensus.Numbers;

/// <summary>Mean, median, and a model of workers who are biased and noisy.</summary>
public static class NumberMethods
{
    public const string MeanName = "mean";
    public const string MedianName = "median";
    public const string ModelName = "number-model";

    /// <summary>Degrees of freedom of the noise: an answer ten deviations out counts about a sixth.</summary>
    private const double Freedom = 20;

    /// <summary>Answers' worth of belief that a worker is as noisy as the crowd, and that he is unbiased.</summary>
    private const double PriorAnswers = 20;

    /// <summary>The arithmetic mean.</summary>
    public static NumberResult Mean(NumberAnswers answers, Tolerance? tolerance = null) =>
        Plain(MeanName, answers, tolerance ?? Tolerance.Default, values => values.ToArray().Average());

    /// <summary>The median.</summary>
    public static NumberResult Median(NumberAnswers answers, Tolerance? tolerance = null) =>
        Plain(MedianName, answers, tolerance ?? Tolerance.Default, values => WeightedMedian.Of(values));

    /// <summary>
    /// Answer = truth + the worker's bias + noise of the worker's own deviation, Student-distributed, so that outliers count less; deviations and biases
    /// are drawn towards the crowd's. Alternating weighted means, by the expectation-maximisation of Lange, Little and Taylor 1989.
    /// </summary>
    public static NumberResult Model(NumberAnswers answers, Tolerance? tolerance = null, int maxRounds = 200, double relativeTolerance = 1e-7)
    {
        var state = new ModelState(answers);
        var change = double.PositiveInfinity;
        var round = 0;
        while (round < maxRounds && change > relativeTolerance)
        {
            change = state.Round(Freedom, PriorAnswers);
            round++;
        }

        var fit = new Fit(round, double.NaN, change <= relativeTolerance, [], "");
        return Outcome(ModelName, answers, tolerance ?? Tolerance.Default, state.Values, state.Weights(), state.Workers(), state.Errors(), fit);
    }

    /// <summary>
    /// The one of the three that comes nearest, in squared distance, to answers put aside (every fifth of each task, without the bias of its worker).
    /// </summary>
    public static NumberResult Auto(NumberAnswers answers, Tolerance? tolerance = null)
    {
        Func<NumberAnswers, NumberResult>[] methods = [a => Mean(a, tolerance), a => Median(a, tolerance), a => Model(a, tolerance)];
        var errors = new double[methods.Length];
        var (train, aside) = answers.Split();
        for (var m = 0; m < methods.Length; m++)
        {
            var result = methods[m](train);
            foreach (var (task, worker, value) in aside)
            {
                var error = value - result.Values[task] - (result.Workers[worker].Answers > 0 ? result.Workers[worker].Bias : 0);
                errors[m] += error * error / aside.Count;
            }
        }

        var best = 0;
        for (var m = 1; m < methods.Length; m++) best = errors[m] < errors[best] ? m : best;
        var chosen = methods[best](answers);
        var note = aside.Count == 0
            ? $"{chosen.Method}: no task has two answers."
            : $"{chosen.Method}: squared error on answers put aside is {errors[0]:G5} for mean, {errors[1]:G5} for median, {errors[2]:G5} for number-model.";
        return chosen with { Fit = chosen.Fit with { Note = note } };
    }

    private delegate double Centre(ReadOnlySpan<double> values);

    private static NumberResult Plain(string name, NumberAnswers answers, Tolerance tolerance, Centre centre)
    {
        var values = new double[answers.TaskCount];
        var errors = new double[answers.TaskCount];
        for (var t = 0; t < values.Length; t++)
        {
            var given = answers.ValuesOf(t);
            values[t] = given.IsEmpty ? double.NaN : centre(given);
            errors[t] = given.Length < 2 ? double.NaN : Math.Sqrt(SquaredDistance(given, values[t]) / (given.Length - 1) / given.Length);
        }

        var weights = new double[answers.Count];
        Array.Fill(weights, 1);
        return Outcome(name, answers, tolerance, values, weights, Describe(answers, values), errors, Fit.OnePass);
    }

    private static double SquaredDistance(ReadOnlySpan<double> given, double centre)
    {
        var sum = 0.0;
        foreach (var value in given) sum += (value - centre) * (value - centre);
        return sum;
    }

    private static NumberWorker[] Describe(NumberAnswers answers, double[] values)
    {
        var sums = new double[answers.WorkerCount];
        var squares = new double[answers.WorkerCount];
        var counts = new int[answers.WorkerCount];
        for (var t = 0; t < values.Length; t++)
        {
            for (var i = answers.TaskStarts[t]; i < answers.TaskStarts[t + 1]; i++)
            {
                var residual = answers.Values[i] - values[t];
                sums[answers.Workers[i]] += residual;
                squares[answers.Workers[i]] += residual * residual;
                counts[answers.Workers[i]]++;
            }
        }

        var workers = new NumberWorker[answers.WorkerCount];
        for (var w = 0; w < workers.Length; w++)
        {
            var bias = counts[w] == 0 ? 0 : sums[w] / counts[w];
            var variance = counts[w] == 0 ? double.NaN : Math.Max(0, (squares[w] / counts[w]) - (bias * bias));
            workers[w] = new NumberWorker(bias, Math.Sqrt(variance), 1, counts[w]);
        }

        return workers;
    }

    private static NumberResult Outcome(
        string name, NumberAnswers answers, Tolerance tolerance, double[] values, double[] weights, NumberWorker[] workers, double[] errors, Fit fit)
    {
        var confidences = new double[values.Length];
        for (var t = 0; t < values.Length; t++)
        {
            double near = 0, total = 0;
            for (var i = answers.TaskStarts[t]; i < answers.TaskStarts[t + 1]; i++)
            {
                near += weights[i] * NumberAgreement.Closeness(answers.Values[i], values[t], tolerance);
                total += weights[i];
            }

            confidences[t] = total > 0 ? near / total : 0;
        }

        return new NumberResult { Method = name, Values = values, Errors = errors, Confidences = confidences, Weights = weights, Workers = workers, Fit = fit };
    }
}
