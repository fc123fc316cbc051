using Crowd.Consensus.Answers;

namespace Crowd.Consensus.Agreement;

/// <summary>What two workers have in common.</summary>
/// <param name="Tasks">How many tasks both answered.</param>
/// <param name="Agreement">The share of these on which they agree.</param>
/// <param name="Kappa">Cohen's kappa on these.</param>
public readonly record struct WorkerPair(int First, int Second, int Tasks, double Agreement, Coefficient Kappa);

/// <summary>Agreement by pair of workers, by worker, by task and by label.</summary>
public static class WorkerPairs
{
    /// <summary>All pairs that share at least <paramref name="leastTasks"/> tasks, by first and second worker.</summary>
    public static List<WorkerPair> Of(CategoryAnswers answers, int leastTasks = 1, double[,]? weights = null)
    {
        var shared = new Dictionary<(int First, int Second), List<(int Left, int Right)>>();
        for (var t = 0; t < answers.TaskCount; t++)
        {
            for (var i = answers.TaskStarts[t]; i < answers.TaskStarts[t + 1]; i++)
            {
                for (var j = i + 1; j < answers.TaskStarts[t + 1]; j++)
                {
                    if (answers.Workers[i] == answers.Workers[j]) continue;

                    var key = (answers.Workers[i], answers.Workers[j]);
                    if (!shared.TryGetValue(key, out var list)) shared[key] = list = [];
                    list.Add((answers.Labels[i], answers.Labels[j]));
                }
            }
        }

        var pairs = new List<WorkerPair>();
        foreach (var ((first, second), list) in shared)
        {
            if (list.Count < leastTasks) continue;

            var left = list.ConvertAll(x => x.Left).ToArray();
            var right = list.ConvertAll(x => x.Right).ToArray();
            var agreement = list.Count(x => x.Left == x.Right) / (double)list.Count;
            pairs.Add(new WorkerPair(first, second, list.Count, agreement, Kappas.Cohen(left, right, answers.LabelCount, weights)));
        }

        pairs.Sort((a, b) => (a.First, a.Second).CompareTo((b.First, b.Second)));
        return pairs;
    }

    /// <summary>Cohen's kappa averaged over the pairs where it is defined, each weighted by its shared tasks.</summary>
    public static Coefficient MeanKappa(CategoryAnswers answers, double[,]? weights = null)
    {
        double sum = 0, total = 0;
        foreach (var pair in Of(answers, leastTasks: 2, weights))
        {
            if (!pair.Kappa.IsDefined) continue;

            sum += pair.Tasks * pair.Kappa.Value;
            total += pair.Tasks;
        }

        return total > 0 ? Coefficient.Of(sum / total) : Coefficient.None("No two workers share two tasks with different labels.");
    }

    /// <summary>For each worker the mean share of the others' answers to the same tasks that equal his; NaN where nobody else answered.</summary>
    public static double[] ByWorker(CategoryAnswers answers)
    {
        var sums = new double[answers.WorkerCount];
        var counts = new int[answers.WorkerCount];
        ForEachAnswer(answers, (worker, _, share) =>
        {
            sums[worker] += share;
            counts[worker]++;
        });
        for (var w = 0; w < sums.Length; w++) sums[w] = counts[w] > 0 ? sums[w] / counts[w] : double.NaN;
        return sums;
    }

    /// <summary>
    /// For each label the probability that another worker gives it too where one did (the specific agreement of Dice 1945); NaN for labels never given.
    /// </summary>
    public static double[] ByLabel(CategoryAnswers answers)
    {
        var sums = new double[answers.LabelCount];
        var counts = new int[answers.LabelCount];
        ForEachAnswer(answers, (_, label, share) =>
        {
            sums[label] += share;
            counts[label]++;
        });
        for (var k = 0; k < sums.Length; k++) sums[k] = counts[k] > 0 ? sums[k] / counts[k] : double.NaN;
        return sums;
    }

    /// <summary>For each task the share of pairs of answers that agree; NaN below two answers.</summary>
    public static double[] ByTask(CategoryAnswers answers)
    {
        var shares = new double[answers.TaskCount];
        for (var t = 0; t < shares.Length; t++)
        {
            var labels = answers.Labels[answers.TaskStarts[t]..answers.TaskStarts[t + 1]];
            var agreeing = 0;
            for (var i = 0; i < labels.Length; i++)
            {
                for (var j = i + 1; j < labels.Length; j++) agreeing += labels[i] == labels[j] ? 1 : 0;
            }

            shares[t] = labels.Length < 2 ? double.NaN : agreeing / (labels.Length * (labels.Length - 1) / 2.0);
        }

        return shares;
    }

    private static void ForEachAnswer(CategoryAnswers answers, Action<int, int, double> action)
    {
        var votes = new int[answers.LabelCount];
        for (var t = 0; t < answers.TaskCount; t++)
        {
            var (start, end) = (answers.TaskStarts[t], answers.TaskStarts[t + 1]);
            if (end - start < 2) continue;

            Array.Clear(votes);
            for (var i = start; i < end; i++) votes[answers.Labels[i]]++;
            for (var i = start; i < end; i++) action(answers.Workers[i], answers.Labels[i], (votes[answers.Labels[i]] - 1.0) / (end - start - 1));
        }
    }
}
