using Crowd.Consensus.Answers;

namespace Crowd.Consensus.Categories;

/// <summary>
/// How well methods foresee answers that they did not see: a fifth of the answers is put aside, a method is fitted to the rest, and the probability of
/// each answer put aside is read off the posterior of its task and the worker's smoothed confusion matrix. No truth is needed.
/// </summary>
public static class HeldOut
{
    private const int Folds = 5;

    /// <summary>Pseudo-answers by which a worker's matrix is drawn to the crowd's.</summary>
    private const double Smoothing = 3;

    /// <summary>
    /// For each method the probabilities of the answers put aside, in the same order for all; empty where no task has two answers.
    /// </summary>
    /// <param name="rounds">How many of the five parts are put aside in turn.</param>
    public static double[][] Predict(CategoryAnswers answers, CategoryOptions options, IReadOnlyList<CategoryMethod> methods, int rounds)
    {
        var predictions = methods.Select(_ => new List<double>()).ToArray();
        for (var fold = 0; fold < rounds; fold++)
        {
            var (train, aside) = Split(answers, fold);
            if (aside.Count == 0) continue;

            for (var m = 0; m < methods.Count; m++)
            {
                var posteriors = methods[m](train, options).Posteriors;
                var confusions = Confusions(train, posteriors);
                foreach (var (task, worker, label) in aside)
                {
                    var probability = 0.0;
                    for (var k = 0; k < answers.LabelCount; k++)
                        probability += posteriors[(task * answers.LabelCount) + k] * confusions[(((worker * answers.LabelCount) + k) * answers.LabelCount) + label];
                    predictions[m].Add(Math.Max(probability, 1e-12));
                }
            }
        }

        return Array.ConvertAll(predictions, p => p.ToArray());
    }

    /// <summary>
    /// The weights that make the mixture of the methods' predictions likeliest (stacking; Yao et al. 2018), by expectation-maximisation from equal weights.
    /// </summary>
    public static double[] Stack(double[][] predictions, int rounds = 60)
    {
        var weights = new double[predictions.Length];
        Array.Fill(weights, 1.0 / weights.Length);
        var count = predictions[0].Length;
        for (var round = 0; round < rounds && count > 0; round++)
        {
            var sums = new double[weights.Length];
            for (var i = 0; i < count; i++)
            {
                var total = 0.0;
                for (var m = 0; m < weights.Length; m++) total += weights[m] * predictions[m][i];
                for (var m = 0; m < weights.Length; m++) sums[m] += weights[m] * predictions[m][i] / total;
            }

            for (var m = 0; m < weights.Length; m++) weights[m] = sums[m] / count;
        }

        return weights;
    }

    /// <summary>Expected confusion matrices by worker, true and answered label, drawn towards the crowd's matrix; rows add up to one.</summary>
    public static double[] Confusions(CategoryAnswers answers, double[] posteriors)
    {
        var labels = answers.LabelCount;
        var counts = new double[answers.WorkerCount * labels * labels];
        var crowd = new double[labels * labels];
        for (var t = 0; t < answers.TaskCount; t++)
        {
            for (var i = answers.TaskStarts[t]; i < answers.TaskStarts[t + 1]; i++)
            {
                for (var k = 0; k < labels; k++)
                {
                    var share = posteriors[(t * labels) + k];
                    counts[(((answers.Workers[i] * labels) + k) * labels) + answers.Labels[i]] += share;
                    crowd[(k * labels) + answers.Labels[i]] += share;
                }
            }
        }

        for (var k = 0; k < labels; k++)
        {
            for (var l = 0; l < labels; l++) crowd[(k * labels) + l] += k == l ? 1 : 0.5;
            Divide(crowd.AsSpan(k * labels, labels));
        }

        for (var row = 0; row < answers.WorkerCount * labels; row++)
        {
            var entries = counts.AsSpan(row * labels, labels);
            for (var l = 0; l < labels; l++) entries[l] += Smoothing * crowd[(row % labels * labels) + l];
            Divide(entries);
        }

        return counts;
    }

    private static void Divide(Span<double> row)
    {
        var sum = 0.0;
        foreach (var value in row) sum += value;
        foreach (ref var value in row) value /= sum;
    }

    /// <summary>Every fifth answer of each task with at least two, from a start that differs from task to task.</summary>
    private static (CategoryAnswers Train, List<(int Task, int Worker, int Label)> Aside) Split(CategoryAnswers answers, int fold)
    {
        var tasks = new List<int>(answers.Count);
        var workers = new List<int>(answers.Count);
        var labels = new List<int>(answers.Count);
        var aside = new List<(int Task, int Worker, int Label)>();
        for (var t = 0; t < answers.TaskCount; t++)
        {
            var first = answers.TaskStarts[t];
            var end = answers.TaskStarts[t + 1];
            var start = unchecked((uint)t * 2654435761u) >> 8;
            for (var i = first; i < end; i++)
            {
                if (end - first > 1 && (start + (uint)(i - first)) % Folds == fold)
                {
                    aside.Add((t, answers.Workers[i], answers.Labels[i]));
                    continue;
                }

                tasks.Add(t);
                workers.Add(answers.Workers[i]);
                labels.Add(answers.Labels[i]);
            }
        }

        var train = CategoryAnswers.From(
            tasks.ToArray(), workers.ToArray(), labels.ToArray(), answers.TaskCount, answers.WorkerCount, answers.LabelCount);
        return (train, aside);
    }
}
