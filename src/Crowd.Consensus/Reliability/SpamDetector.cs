using Crowd.Consensus.Answers;
using Crowd.Consensus.Categories;
using Crowd.Consensus.Numbers;

namespace Crowd.Consensus.Reliability;

/// <summary>Scores workers for spam, from confusion matrices, label shares, gold and times. A score is evidence to look at, never a verdict.</summary>
public static class SpamDetector
{
    /// <summary>Workers with fewer answers are not scored.</summary>
    public const int LeastAnswers = 10;

    private const double LeastShown = 0.5;

    /// <summary>All suspicions of score ½ and more, the strongest first.</summary>
    /// <param name="result">A consensus over <paramref name="answers"/>.</param>
    /// <param name="gold">As in <see cref="CategoryOptions.Gold"/>.</param>
    /// <param name="seconds">The time each answer took in canonical order of the answers; null where it is not known.</param>
    /// <param name="nameOfLabel">What a label is called in the evidence; by default its number.</param>
    public static List<Suspicion> Inspect(CategoryAnswers answers, CategoryResult result, int[]? gold = null, double[]? seconds = null, Func<int, string>? nameOfLabel = null)
    {
        var found = new List<Suspicion>();
        var confusions = Expected(answers, result);
        for (var w = 0; w < answers.WorkerCount; w++)
        {
            var count = result.Workers[w].Answers;
            if (count < LeastAnswers) continue;

            var matrix = confusions.AsSpan(w * answers.LabelCount * answers.LabelCount, answers.LabelCount * answers.LabelCount);
            Add(found, RandomClicking(w, count, matrix, answers.LabelCount));
            Add(found, ClassBias(w, count, matrix, answers.LabelCount, nameOfLabel));
        }

        if (gold is not null) FailedGold(answers, gold, found);
        if (seconds is not null) TooFast(answers, seconds, found);
        found.Sort((a, b) => (-a.Score, a.Worker, a.Kind).CompareTo((-b.Score, b.Worker, b.Kind)));
        return found;
    }

    private static void Add(List<Suspicion> found, Suspicion suspicion)
    {
        if (suspicion.Score >= LeastShown) found.Add(suspicion);
    }

    /// <summary>Expected counts by worker, true label and answered label.</summary>
    private static double[] Expected(CategoryAnswers answers, CategoryResult result)
    {
        var labels = answers.LabelCount;
        var counts = new double[answers.WorkerCount * labels * labels];
        for (var t = 0; t < answers.TaskCount; t++)
        {
            for (var i = answers.TaskStarts[t]; i < answers.TaskStarts[t + 1]; i++)
            {
                for (var k = 0; k < labels; k++)
                    counts[(((answers.Workers[i] * labels) + k) * labels) + answers.Labels[i]] += result.Posteriors[(t * labels) + k];
            }
        }

        return counts;
    }

    /// <summary>
    /// How little an answer tells of the truth: one minus the information between true and answered label over that of a worker who is always right, with the
    /// bias of small tables, (L − 1)² / 2n nats (Miller 1955), taken off. A spammer in the sense of Raykar and Yu 2012 has rows that are all alike.
    /// </summary>
    private static Suspicion RandomClicking(int worker, int count, ReadOnlySpan<double> matrix, int labels)
    {
        double information = 0, entropy = 0;
        for (var k = 0; k < labels; k++)
        {
            var truth = Sum(matrix, k * labels, 1, labels) / count;
            if (truth > 0) entropy -= truth * Math.Log(truth);
            for (var l = 0; l < labels; l++)
            {
                var both = matrix[(k * labels) + l] / count;
                if (both > 0) information += both * Math.Log(both / (truth * (Sum(matrix, l, labels, labels) / count)));
            }
        }

        information = Math.Max(0, information - (Math.Pow(labels - 1, 2) / (2.0 * count)));
        var score = entropy < 0.05 ? 0 : Math.Clamp(1 - (2 * information / entropy), 0, 1);
        return new Suspicion(
            SuspicionKind.RandomClicking, worker, score, $"{count} answers carry {information:F3} of {entropy:F3} nats on the true label ({information / Math.Max(entropy, 1e-9):P0}).");
    }

    /// <summary>The largest excess of a label's share among the worker's answers over its share among his tasks.</summary>
    private static Suspicion ClassBias(int worker, int count, ReadOnlySpan<double> matrix, int labels, Func<int, string>? nameOfLabel)
    {
        var (excess, label, given, due) = (0.0, 0, 0.0, 0.0);
        for (var l = 0; l < labels; l++)
        {
            var answered = Sum(matrix, l, labels, labels) / count;
            var true_ = Sum(matrix, l * labels, 1, labels) / count;
            if (answered - true_ > excess) (excess, label, given, due) = (answered - true_, l, answered, true_);
        }

        var error = Math.Sqrt(Math.Max(0.25 / count, due * (1 - due) / count));
        var score = excess <= 2 * error ? 0 : Math.Clamp(2 * excess, 0, 1);
        return new Suspicion(SuspicionKind.ClassBias, worker, score, $"{nameOfLabel?.Invoke(label) ?? $"Label {label}"} is {given:P0} of {count} answers where the tasks call for {due:P0}.");
    }

    private static double Sum(ReadOnlySpan<double> matrix, int from, int step, int count)
    {
        var sum = 0.0;
        for (var i = 0; i < count; i++) sum += matrix[from + (i * step)];
        return sum;
    }

    /// <summary>One minus the probability of as few right answers by a worker of the crowd's accuracy on gold.</summary>
    private static void FailedGold(CategoryAnswers answers, int[] gold, List<Suspicion> found)
    {
        var right = new int[answers.WorkerCount];
        var total = new int[answers.WorkerCount];
        for (var t = 0; t < answers.TaskCount; t++)
        {
            if (gold[t] < 0) continue;

            for (var i = answers.TaskStarts[t]; i < answers.TaskStarts[t + 1]; i++)
            {
                total[answers.Workers[i]]++;
                right[answers.Workers[i]] += answers.Labels[i] == gold[t] ? 1 : 0;
            }
        }

        var crowd = Math.Clamp((right.Sum() + 1.0) / (total.Sum() + 2.0), 0.01, 0.99);
        for (var w = 0; w < total.Length; w++)
        {
            if (total[w] == 0) continue;

            var score = 1 - Binomial.AtMost(right[w], total[w], crowd);
            Add(found, new Suspicion(SuspicionKind.FailsGold, w, score >= 0.95 ? score : 0, $"{right[w]} of {total[w]} gold tasks right; the crowd has {crowd:P0}."));
        }
    }

    /// <summary>The share of a worker's answers below a third of the median time, which for log-normal times is beyond two deviations.</summary>
    private static void TooFast(CategoryAnswers answers, double[] seconds, List<Suspicion> found)
    {
        var median = WeightedMedian.Of(seconds);
        var fast = new int[answers.WorkerCount];
        var total = new int[answers.WorkerCount];
        for (var i = 0; i < seconds.Length; i++)
        {
            total[answers.Workers[i]]++;
            fast[answers.Workers[i]] += seconds[i] < median / 3 ? 1 : 0;
        }

        for (var w = 0; w < total.Length; w++)
        {
            if (total[w] < LeastAnswers) continue;

            Add(found, new Suspicion(
                SuspicionKind.TooFast, w, (double)fast[w] / total[w], $"{fast[w]} of {total[w]} answers took under a third of the median of {median:F1} s."));
        }
    }
}
