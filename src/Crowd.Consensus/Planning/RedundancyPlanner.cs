using Crowd.Consensus.Answers;
using Crowd.Consensus.Categories;

namespace Crowd.Consensus.Planning;

/// <summary>One point of a plan.</summary>
/// <param name="Answers">Answers a task, on average.</param>
/// <param name="Cost">Of all tasks, in the unit of the price.</param>
/// <param name="Accuracy">The predicted share of right labels.</param>
/// <param name="Low">The lower bound of a 95 % interval of the accuracy.</param>
/// <param name="High">The upper bound.</param>
public readonly record struct PlanPoint(double Answers, double Cost, double Accuracy, double Low, double High);

/// <summary>
/// Predicts accuracy and cost for any redundancy or threshold from the answers so far. The fitted model (label shares, confusion matrices, and how much
/// tasks differ in ease) deals out tasks and answers; these are decided as the job would decide them. Intervals cover both chance and, by
/// drawing the workers anew each time, not knowing who will come.
/// </summary>
public sealed class RedundancyPlanner
{
    private const int Trials = 20;
    private const int TasksPerTrial = 400;

    private readonly CategoryAnswers _answers;
    private readonly CategoryResult _result;
    private readonly double[] _confusions;
    private readonly double[] _workerShares;
    private readonly double[] _ease;

    /// <summary>Fits the model once.</summary>
    public RedundancyPlanner(CategoryAnswers answers, CategoryOptions? options = null)
    {
        _answers = answers;
        _result = DawidSkene.RunWithPrior(answers, options);
        _confusions = HeldOut.Confusions(answers, _result.Posteriors);
        _workerShares = new double[answers.WorkerCount];
        foreach (var worker in answers.Workers) _workerShares[worker] += 1.0 / Math.Max(1, answers.Count);
        _ease = Ease();
    }

    /// <summary>The same redundancy for every task.</summary>
    /// <param name="redundancy">Answers a task, at least 1.</param>
    /// <param name="tasks">Tasks of the job.</param>
    /// <param name="price">Of one answer.</param>
    public PlanPoint ForRedundancy(int redundancy, int tasks, double price, int seed = 0) =>
        Simulate(new Stopping.StoppingRule(redundancy, redundancy, 1), tasks, price, seed);

    /// <summary>Dynamic stopping at a confidence.</summary>
    public PlanPoint ForThreshold(Stopping.StoppingRule rule, int tasks, double price, int seed = 0) => Simulate(rule, tasks, price, seed);

    /// <summary>The redundancy with the best accuracy that a budget buys.</summary>
    public PlanPoint ForBudget(double budget, int tasks, double price, int seed = 0) =>
        ForRedundancy(Math.Max(1, (int)(budget / (tasks * price))), tasks, price, seed);

    /// <summary>A curve over redundancies.</summary>
    public PlanPoint[] Curve(ReadOnlySpan<int> redundancies, int tasks, double price, int seed = 0)
    {
        var points = new PlanPoint[redundancies.Length];
        for (var i = 0; i < points.Length; i++) points[i] = ForRedundancy(redundancies[i], tasks, price, seed);
        return points;
    }

    private PlanPoint Simulate(Stopping.StoppingRule rule, int tasks, double price, int seed)
    {
        var random = new Random(seed);
        var accuracies = new double[Trials];
        var answers = 0.0;
        for (var trial = 0; trial < Trials; trial++)
        {
            var right = 0;
            for (var t = 0; t < TasksPerTrial; t++)
            {
                right += Play(rule, random, out var asked) ? 1 : 0;
                answers += asked / (double)(Trials * TasksPerTrial);
            }

            accuracies[trial] = (double)right / TasksPerTrial;
        }

        var mean = accuracies.Average();
        var deviation = Math.Sqrt(accuracies.Sum(a => (a - mean) * (a - mean)) / (Trials - 1));
        return new PlanPoint(answers, answers * tasks * price, mean, Math.Max(0, mean - (1.96 * deviation)), Math.Min(1, mean + (1.96 * deviation)));
    }

    private bool Play(Stopping.StoppingRule rule, Random random, out int asked)
    {
        var labels = _answers.LabelCount;
        var truth = Draw(random, _result.LabelShares);
        var ease = _ease[random.Next(_ease.Length)];
        var posterior = (double[])_result.LabelShares.Clone();
        asked = 0;
        do
        {
            var worker = Draw(random, _workerShares);
            var row = _confusions.AsSpan(((worker * labels) + truth) * labels, labels);
            var answer = random.NextDouble() < ease ? Draw(random, row) : Wrong(random, row, truth);
            asked++;
            var sum = 0.0;
            for (var k = 0; k < labels; k++) sum += posterior[k] *= _confusions[(((worker * labels) + k) * labels) + answer];
            for (var k = 0; k < labels; k++) posterior[k] /= sum;
        }
        while (rule.After(asked, posterior) == Stopping.NextStep.AskOneMore);

        return TieBreak.Best(posterior, new int[labels]) == truth;
    }

    /// <summary>
    /// For each task how often its answers were right against what its workers lead one to expect, drawn to one by five answers' worth: tasks that are hard for
    /// everyone stay hard however many are asked.
    /// </summary>
    private double[] Ease()
    {
        const double Prior = 5;
        var ease = new List<double>();
        for (var t = 0; t < _answers.TaskCount; t++)
        {
            double right = Prior, expected = Prior;
            for (var i = _answers.TaskStarts[t]; i < _answers.TaskStarts[t + 1]; i++)
            {
                for (var k = 0; k < _answers.LabelCount; k++)
                {
                    var share = _result.Posteriors[(t * _answers.LabelCount) + k];
                    expected += share * _confusions[(((_answers.Workers[i] * _answers.LabelCount) + k) * _answers.LabelCount) + k];
                    right += k == _answers.Labels[i] ? share : 0;
                }
            }

            if (_answers.TaskStarts[t] < _answers.TaskStarts[t + 1]) ease.Add(Math.Min(1, right / expected));
        }

        return ease.Count == 0 ? [1] : [.. ease];
    }

    private static int Draw(Random random, ReadOnlySpan<double> shares)
    {
        var u = random.NextDouble();
        for (var k = 0; k < shares.Length; k++)
        {
            u -= shares[k];
            if (u < 0) return k;
        }

        return shares.Length - 1;
    }

    private static int Wrong(Random random, ReadOnlySpan<double> row, int truth)
    {
        if (row.Length == 1) return 0;

        var others = row.ToArray();
        others[truth] = 0;
        var sum = others.Sum();
        for (var k = 0; k < others.Length; k++) others[k] = sum > 0 ? others[k] / sum : (k == truth ? 0 : 1.0 / (others.Length - 1));
        return Draw(random, others);
    }
}
