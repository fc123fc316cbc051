using Crowd.Consensus.Stopping;

namespace Crowd.Api.CommandLine.Consensus.Benchmark;

/// <summary>Dynamic stopping against the same number of answers for every task, on the same data in the same order.</summary>
internal static class StoppingTrials
{
    private const int LeastAnswers = 5;
    private const int MinAnswers = 2;
    private const int MostOrders = 10;

    /// <summary>Answers that are replayed for one trial: small sets, where chance matters most, are played in many orders, large ones in one.</summary>
    private const int AnswersOfATrial = 60_000;

    private static readonly double[] Thresholds = [0.7, 0.8, 0.9, 0.95, 0.97, 0.98, 0.99, 0.995, 0.999, 0.9999, 0.99999];

    public static string Run(IReadOnlyList<TruthSet> sets, Action<string> told)
    {
        var table = new MarkdownTable(
            "set", "fixed: answers", "accuracy", "as they come, equal: answers", "accuracy", "saved", "chosen, equal: answers", "accuracy", "saved", "chosen, not lower: answers", "accuracy", "saved",
            "fixed at as many: accuracy", "orders");
        foreach (var set in sets)
        {
            var redundancy = set.Answers.Count / set.Answers.TaskCount;
            if (redundancy < LeastAnswers) continue;

            told($"stopping {set.Name}");
            var rule = new StoppingRule(redundancy, redundancy, 1);
            var whole = Play(set, rule, AskingOrder.AsTheyCome);
            var coming = First(set, AskingOrder.AsTheyCome, trial => trial.IsEqual(whole)).Found;
            var (chosen, notLower) = First(set, AskingOrder.MostInformative, trial => trial.IsEqual(whole), trial => trial.Accuracy >= whole.Accuracy - 1e-9);
            table.Add([
                set.Name,
                $"{whole.Answers:F2}",
                CategoryTrials.Format(whole.Accuracy),
                .. Cells(coming, whole),
                .. Cells(chosen, whole),
                .. Cells(notLower, whole),
                chosen is null ? "" : CategoryTrials.Format(AtAsMany(set, chosen.Answers)),
                $"{Orders(set)}",
            ]);
        }

        return $"""
            ## Dynamic stopping

            Answers come in one at a time, workers are modelled from what has come in (the independent Bayesian combination, or one accuracy a worker where workers have
            fewer answers than labels squared; the same in all columns), and a task gets another answer while its confidence is below a threshold, from {MinAnswers} answers up
            to all there are. Answers come as they come, or that worker is asked, of those who answered the task, whose answer tells most by what is known of him so far.
            Against it every task gets the mean number of answers of the set. Of the thresholds tried the lowest is taken whose accuracy is equal: the mean over the tasks of the
            difference, right less right, is not below nought by more than its standard error; and the lowest whose accuracy is not lower at all, which on a set of
            {sets.Min(s => s.TrueLabels.Count(t => t != -1))} tasks may hang on one task. Means over orders, of which small sets have more. The last column but one gives every task the
            number of answers that the chosen ones took. Sets with fewer than {LeastAnswers} answers a task are left out.

            The model of the workers matters more than the rule. With matrices at their most probable values (Dawid-Skene under a prior) few answers look like certainty: on dog no
            threshold below .99999 then reaches the accuracy of all ten answers, while the combination, which averages over the matrices, gets there with little more than half of them.

            {table}
            """;
    }

    private static int Orders(TruthSet set) => Math.Clamp(AnswersOfATrial / set.Answers.Count, 1, MostOrders);

    /// <summary>
    /// Of the thresholds from the lowest up, the first trial that meets the first condition, and the first that meets the second; later ones are not played.
    /// </summary>
    private static (Trial? Found, Trial? Second) First(TruthSet set, AskingOrder asking, Func<Trial, bool> condition, Func<Trial, bool>? second = null)
    {
        Trial? found = null;
        foreach (var threshold in Thresholds)
        {
            var trial = Play(set, new StoppingRule(MinAnswers, int.MaxValue, threshold), asking);
            found ??= condition(trial) ? trial : null;
            if (second is null ? found is not null : second(trial))
                return (found, trial);
        }

        return (found, null);
    }

    private static string[] Cells(Trial? trial, Trial whole) =>
        trial is null ? ["none", "", ""] : [$"{trial.Answers:F2}", CategoryTrials.Format(trial.Accuracy), $"{1 - (trial.Answers / whole.Answers):P0}"];

    /// <summary>The accuracy of a fixed number of answers, between those of the whole numbers beside it.</summary>
    private static double AtAsMany(TruthSet set, double answers)
    {
        var below = (int)answers;
        var (low, high) = (Play(set, new StoppingRule(below, below, 1), AskingOrder.AsTheyCome), Play(set, new StoppingRule(below + 1, below + 1, 1), AskingOrder.AsTheyCome));
        return high.Answers <= low.Answers ? low.Accuracy : low.Accuracy + ((high.Accuracy - low.Accuracy) * (answers - low.Answers) / (high.Answers - low.Answers));
    }

    private static Trial Play(TruthSet set, StoppingRule rule, AskingOrder asking)
    {
        var right = new double[set.Answers.TaskCount];
        var answers = 0.0;
        var orders = Orders(set);
        for (var seed = 1; seed <= orders; seed++)
        {
            var replay = StoppingReplay.Run(set.Answers, rule, seed, asking: asking);
            answers += (double)replay.Total / set.Answers.TaskCount / orders;
            for (var t = 0; t < right.Length; t++) right[t] += replay.Labels[t] == set.TrueLabels[t] ? 1.0 / orders : 0;
        }

        return new Trial(answers, [.. right.Where((_, t) => set.TrueLabels[t] != -1)]);
    }

    /// <summary>One way of asking, on one set.</summary>
    /// <param name="Answers">A task, on average.</param>
    /// <param name="Right">For each task whose truth is known, how often it got the right label.</param>
    private sealed record Trial(double Answers, double[] Right)
    {
        public double Accuracy => Right.Average();

        public bool IsEqual(Trial other)
        {
            var differences = Right.Zip(other.Right, (mine, others) => mine - others).ToArray();
            var mean = differences.Average();
            var error = Math.Sqrt(differences.Sum(d => (d - mean) * (d - mean)) / Math.Max(1, differences.Length - 1) / differences.Length);
            return mean >= -error - 1e-9;
        }
    }
}
