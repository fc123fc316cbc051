using Crowd.Consensus.Answers;

namespace Crowd.Consensus.Categories;

/// <summary>
/// Zhou, Platt, Basu and Mao 2012 (their eq. 5 and 10) in the regularised form of Zhou et al. 2014: how worker j answers task i of true label k is
/// p(l) ∝ exp(σ_j(k, l) + τ_i(k, l)), so that confusion belongs to the worker and to the task. It pays where tasks have many answers.
/// </summary>
public static class MinimaxEntropy
{
    public const string Name = "minimax-entropy";

    private const int MostRounds = 60;
    private const int StepsPerRound = 2;

    /// <summary>The precision of the normal prior of σ around nought.</summary>
    private const double WorkerPenalty = 0.2;

    /// <summary>The precision of the prior of τ is estimated from the τ themselves, from this start and within these bounds.</summary>
    private const double TaskPenalty = 4;
    private const double LeastTaskPenalty = 0.5;
    private const double MostTaskPenalty = 8;

    /// <summary>Parameters that hardly any answer touches say nothing of the spread of the rest.</summary>
    private const double Touched = 1e-3;

    /// <summary>True labels less likely than this do not move the parameters.</summary>
    private const double Negligible = 1e-4;

    /// <summary>Expectation-maximisation with damped Newton steps in each σ and τ.</summary>
    public static CategoryResult Run(CategoryAnswers answers, CategoryOptions? options = null)
    {
        options ??= new CategoryOptions();
        var labels = answers.LabelCount;
        var workers = new double[answers.WorkerCount * labels * labels];
        var tasks = new double[answers.TaskCount * labels * labels];
        var posteriors = StartingPoint.Of(answers, options.Gold);
        var shares = new double[labels];
        var taskPenalty = TaskPenalty;
        var trace = new List<double>();
        var change = 1.0;
        while (trace.Count < Math.Min(MostRounds, options.MaxRounds) && change > options.Tolerance)
        {
            for (var step = 0; step < StepsPerRound; step++)
            {
                Move(answers, posteriors, workers, tasks, workers, byWorker: true, WorkerPenalty);
                var spread = Move(answers, posteriors, workers, tasks, tasks, byWorker: false, taskPenalty);
                taskPenalty = Math.Clamp(1 / spread, LeastTaskPenalty, MostTaskPenalty);
            }

            Share(posteriors, shares);
            trace.Add(Infer(answers, options.Gold, workers, tasks, shares, posteriors, out change));
        }

        var fit = new Fit(trace.Count, trace.Count == 0 ? double.NaN : trace[^1], change <= options.Tolerance, [.. trace], "");
        return CategoryOutcome.From(Name, answers, options, posteriors, fit);
    }

    /// <summary>How likely each answer is, from the exponentials of σ and τ: a product and a division in place of an exponential for each answer.</summary>
    private static void Likelihood(ReadOnlySpan<double> worker, ReadOnlySpan<double> task, Span<double> row)
    {
        var sum = 0.0;
        for (var l = 0; l < row.Length; l++) sum += row[l] = worker[l] * task[l];

        var scale = 1 / sum;
        foreach (ref var value in row) value *= scale;
    }

    private static double[] Exponentials(double[] values) => Array.ConvertAll(values, Math.Exp);

    /// <summary>
    /// One damped Newton step in the parameters of all workers, or of all tasks; returns their mean square with the uncertainty of each (Laplace's
    /// approximation), which is what the prior's variance should be.
    /// </summary>
    private static double Move(
        CategoryAnswers answers, double[] posteriors, double[] workers, double[] tasks, double[] moved, bool byWorker, double penalty)
    {
        var labels = answers.LabelCount;
        var square = labels * labels;
        var (workerFactors, taskFactors) = (Exponentials(workers), Exponentials(tasks));
        var slopes = new double[moved.Length];
        var curvatures = new double[moved.Length];
        Span<double> row = new double[labels];
        for (var t = 0; t < answers.TaskCount; t++)
        {
            for (var i = answers.TaskStarts[t]; i < answers.TaskStarts[t + 1]; i++)
            {
                var worker = answers.Workers[i] * square;
                for (var k = 0; k < labels; k++)
                {
                    var weight = posteriors[(t * labels) + k];
                    if (weight < Negligible) continue;

                    Likelihood(workerFactors.AsSpan(worker + (k * labels), labels), taskFactors.AsSpan((t * square) + (k * labels), labels), row);
                    var at = (byWorker ? worker : t * square) + (k * labels);
                    for (var l = 0; l < labels; l++)
                    {
                        slopes[at + l] -= weight * row[l];
                        curvatures[at + l] += weight * row[l] * (1 - row[l]);
                    }

                    slopes[at + answers.Labels[i]] += weight;
                }
            }
        }

        double spread = 0, touched = 0;
        for (var p = 0; p < moved.Length; p++)
        {
            if (curvatures[p] > Touched)
            {
                spread += (moved[p] * moved[p]) + (1 / (penalty + curvatures[p]));
                touched++;
            }

            moved[p] += Math.Clamp((slopes[p] - (penalty * moved[p])) / (penalty + curvatures[p]), -1, 1);
        }

        return touched > 0 ? spread / touched : 1 / penalty;
    }

    /// <summary>The shares of the labels, each with one task's worth of doubt.</summary>
    private static void Share(double[] posteriors, double[] shares)
    {
        Array.Fill(shares, 1);
        for (var i = 0; i < posteriors.Length; i++) shares[i % shares.Length] += posteriors[i];
        var total = shares.Sum();
        for (var k = 0; k < shares.Length; k++) shares[k] /= total;
    }

    private static double Infer(CategoryAnswers answers, int[]? gold, double[] workers, double[] tasks, double[] shares, double[] posteriors, out double change)
    {
        var labels = answers.LabelCount;
        var square = labels * labels;
        var (workerFactors, taskFactors) = (Exponentials(workers), Exponentials(tasks));
        Span<double> row = new double[labels];
        var logs = new double[labels];
        var likelihood = 0.0;
        change = 0;
        for (var t = 0; t < answers.TaskCount; t++)
        {
            for (var k = 0; k < labels; k++) logs[k] = Math.Log(shares[k]);
            for (var i = answers.TaskStarts[t]; i < answers.TaskStarts[t + 1]; i++)
            {
                for (var k = 0; k < labels; k++)
                {
                    var from = (answers.Workers[i] * square) + (k * labels);
                    Likelihood(workerFactors.AsSpan(from, labels), taskFactors.AsSpan((t * square) + (k * labels), labels), row);
                    logs[k] += Math.Log(row[answers.Labels[i]]);
                }
            }

            if (gold is not null && gold[t] >= 0)
            {
                likelihood += logs[gold[t]];
                continue;
            }

            var top = logs.Max();
            var sum = 0.0;
            foreach (ref var value in logs.AsSpan()) sum += value = Math.Exp(value - top);
            likelihood += top + Math.Log(sum);
            for (var k = 0; k < labels; k++)
            {
                ref var posterior = ref posteriors[(t * labels) + k];
                change = Math.Max(change, Math.Abs((logs[k] / sum) - posterior));
                posterior = logs[k] / sum;
            }
        }

        return likelihood;
    }
}
