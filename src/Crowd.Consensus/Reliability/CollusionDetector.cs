using Crowd.Consensus.Answers;
using Crowd.Consensus.Categories;

namespace Crowd.Consensus.Reliability;

/// <summary>
/// Pairs of workers who agree more than their skills explain. Given the true label of a shared task, two honest workers agree with the probability that
/// their confusion matrices give; the number of agreements is held against that, task by task, and the chance of as many is corrected for the number
/// of pairs looked at (Holm 1979). What counts as true comes from the other workers and from gold, never from the pair.
/// </summary>
/// <remarks>
/// Where a ring holds the majority on its tasks, the others' answers are the minority and consensus takes the ring's side; only gold and random
/// assignment right that. Give gold here, and to the consensus.
/// </remarks>
public static class CollusionDetector
{
    /// <summary>Pairs that share fewer tasks are not looked at.</summary>
    public const int LeastShared = 8;

    private const double Significance = 0.01;

    /// <summary>Pairs beyond chance at one in a hundred over all pairs, the strongest first.</summary>
    /// <param name="answers">All answers.</param>
    /// <param name="gold">As in <see cref="CategoryOptions.Gold"/>.</param>
    /// <param name="nameOfWorker">What a worker is called in the evidence; by default <c>worker</c> and the number.</param>
    public static List<Suspicion> Inspect(CategoryAnswers answers, int[]? gold = null, Func<int, string>? nameOfWorker = null)
    {
        var truths = Truths(answers, gold);
        var confusions = HeldOut.Confusions(answers, truths);
        var pairs = Pairs(answers);
        var tested = new List<(int First, int Second, int Agreed, double Expected, int Tasks, double Chance)>();
        foreach (var ((first, second), shared) in pairs)
        {
            if (shared.Count < LeastShared) continue;

            double expected = 0, variance = 0;
            var agreed = 0;
            foreach (var (task, left, right) in shared)
            {
                var p = Math.Clamp(ExpectedAgreement(answers, truths, confusions, task, (first, left), (second, right), gold), 0.02, 0.98);
                expected += p;
                variance += p * (1 - p);
                agreed += left == right ? 1 : 0;
            }

            tested.Add((first, second, agreed, expected, shared.Count, Tail(agreed, expected, variance, shared.Count)));
        }

        tested.Sort((a, b) => (a.Chance, a.First, a.Second).CompareTo((b.Chance, b.First, b.Second)));
        var found = new List<Suspicion>();
        for (var i = 0; i < tested.Count; i++)
        {
            var t = tested[i];
            var corrected = t.Chance * (tested.Count - i);
            if (corrected > Significance) break;

            var evidence = $"Agrees with {nameOfWorker?.Invoke(t.Second) ?? $"worker {t.Second}"} on {t.Agreed} of {t.Tasks} shared tasks; their skills explain {t.Expected:F1} (chance {corrected:E1} over {tested.Count} pairs).";
            found.Add(new Suspicion(SuspicionKind.Collusion, t.First, 1 - corrected, evidence, t.Second));
        }

        return found;
    }

    private static double[] Truths(CategoryAnswers answers, int[]? gold) =>
        DawidSkene.RunWithPrior(answers, new CategoryOptions { Gold = gold, Threads = 1 }).Posteriors;

    private static Dictionary<(int First, int Second), List<(int Task, int Left, int Right)>> Pairs(CategoryAnswers answers)
    {
        var pairs = new Dictionary<(int First, int Second), List<(int Task, int Left, int Right)>>();
        for (var t = 0; t < answers.TaskCount; t++)
        {
            for (var i = answers.TaskStarts[t]; i < answers.TaskStarts[t + 1]; i++)
            {
                for (var j = i + 1; j < answers.TaskStarts[t + 1]; j++)
                {
                    var key = (answers.Workers[i], answers.Workers[j]);
                    if (key.Item1 == key.Item2) continue;
                    if (!pairs.TryGetValue(key, out var list)) pairs[key] = list = [];
                    list.Add((t, answers.Labels[i], answers.Labels[j]));
                }
            }
        }

        return pairs;
    }

    /// <summary>Σ_k P(k) Σ_l π_first(k, l) π_second(k, l), with P(k) from gold or from the others on the task.</summary>
    private static double ExpectedAgreement(
        CategoryAnswers answers, double[] truths, double[] confusions, int task, (int Worker, int Label) first, (int Worker, int Label) second, int[]? gold)
    {
        var labels = answers.LabelCount;
        Span<double> truth = stackalloc double[labels <= 32 ? labels : 0];
        if (truth.IsEmpty) truth = new double[labels];
        Others(answers, confusions, task, first.Worker, second.Worker, truth);
        if (gold is not null && gold[task] >= 0)
        {
            truth.Clear();
            truth[gold[task]] = 1;
        }

        var expected = 0.0;
        for (var k = 0; k < labels; k++)
        {
            for (var l = 0; l < labels; l++)
                expected += truth[k] * confusions[(((first.Worker * labels) + k) * labels) + l] * confusions[(((second.Worker * labels) + k) * labels) + l];
        }

        return expected;
    }

    private static void Others(CategoryAnswers answers, double[] confusions, int task, int first, int second, Span<double> truth)
    {
        var labels = answers.LabelCount;
        truth.Fill(1.0 / labels);
        for (var i = answers.TaskStarts[task]; i < answers.TaskStarts[task + 1]; i++)
        {
            var worker = answers.Workers[i];
            if (worker == first || worker == second) continue;

            var sum = 0.0;
            for (var k = 0; k < labels; k++) sum += truth[k] *= confusions[(((worker * labels) + k) * labels) + answers.Labels[i]];
            foreach (ref var value in truth) value /= sum;
        }
    }

    /// <summary>The upper tail of the sum of unequal coin tosses, by the binomial with its mean and a variance no smaller.</summary>
    private static double Tail(int agreed, double expected, double variance, int tasks) =>
        variance <= 0 ? 1 : Binomial.AtLeast(agreed, tasks, expected / tasks);
}
