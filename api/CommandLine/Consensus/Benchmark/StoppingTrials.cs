using Crowd.Consensus.Categories;
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

    /// <summary>The share of the tasks that get all their answers first, in the second table.</summary>
    private const double LearningShare = 0.2;

    /// <summary>Answers above which the second table's labels are the model's own, for time.</summary>
    private const int MostClosedByAuto = 30_000;

    private const int MostClosedOrders = 3;

    private static readonly double[] Thresholds = [0.7, 0.8, 0.9, 0.95, 0.97, 0.98, 0.99, 0.995, 0.999, 0.9999, 0.99999];

    public static string Run(IReadOnlyList<TruthSet> sets, Action<string> told)
    {
        var table = new MarkdownTable(
            "set", "fixed: answers", "accuracy", "as they come, equal: answers", "accuracy", "saved", "chosen, equal: answers", "accuracy", "saved", "chosen, not lower: answers", "accuracy", "saved",
            "fixed at as many: accuracy", "orders");
        var learnt = new MarkdownTable("set", "fixed: answers", "accuracy", "learning and stopping, equal: answers", "accuracy", "saved", "labels by", "orders");
        foreach (var set in sets)
        {
            var redundancy = set.Answers.Count / set.Answers.TaskCount;
            if (redundancy < LeastAnswers) continue;

            told($"stopping {set.Name}");
            var rule = new StoppingRule(redundancy, redundancy, 1);
            var whole = Play(set, rule, AskingOrder.AsTheyCome);
            var coming = First(Thresholds, threshold => Stop(set, threshold, AskingOrder.AsTheyCome), trial => trial.IsEqual(whole)).Found;
            var (chosen, notLower) = First(Thresholds, threshold => Stop(set, threshold, AskingOrder.MostInformative), trial => trial.IsEqual(whole), trial => trial.Accuracy >= whole.Accuracy - 1e-9);
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
            learnt.Add(Learnt(set, rule));
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

            {table}
            What early stopping loses is less the votes it leaves out than what they would have told of the workers: on bluebird and dog the confusion matrices are known too badly
            when every task stops early. So in a second table {LearningShare:P0} of the tasks, dealt by chance, get all their answers; the others stop at a confidence of .8 or more and ask those who tell most.
            Labels are given as a job does at its close, by `auto` over all answers that were asked for, in both columns (on sets above {MostClosedByAuto:N0} answers by the model
            itself, for time).

            {learnt}
            """;
    }

    private static string[] Learnt(TruthSet set, StoppingRule fixedRule)
    {
        var isClosed = set.Answers.Count <= MostClosedByAuto;
        var way = new Way(AskingOrder.MostInformative, Math.Min(Orders(set), MostClosedOrders), isClosed ? Auto.Run : null, LearningShare);
        var whole = Play(set, fixedRule, way with { Learning = 0 });
        var (found, _) = First(Thresholds[1..], threshold => Play(set, new StoppingRule(MinAnswers, int.MaxValue, threshold), way), trial => trial.IsEqual(whole));
        return [set.Name, $"{whole.Answers:F2}", CategoryTrials.Format(whole.Accuracy), .. Cells(found, whole), isClosed ? "auto" : "the model", $"{way.Orders}"];
    }

    private static int Orders(TruthSet set) => Math.Clamp(AnswersOfATrial / set.Answers.Count, 1, MostOrders);

    /// <summary>
    /// Of the thresholds in turn, the first trial that meets the first condition, and the first that meets the second; later ones are not played.
    /// </summary>
    private static (Trial? Found, Trial? Second) First(IEnumerable<double> thresholds, Func<double, Trial> play, Func<Trial, bool> condition, Func<Trial, bool>? second = null)
    {
        Trial? found = null;
        foreach (var threshold in thresholds)
        {
            var trial = play(threshold);
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

    private static Trial Stop(TruthSet set, double threshold, AskingOrder asking) => Play(set, new StoppingRule(MinAnswers, int.MaxValue, threshold), asking);

    private static Trial Play(TruthSet set, StoppingRule rule, AskingOrder asking) => Play(set, rule, new Way(asking, Orders(set), null, 0));

    private static Trial Play(TruthSet set, StoppingRule rule, Way way)
    {
        var right = new double[set.Answers.TaskCount];
        var answers = 0.0;
        for (var seed = 1; seed <= way.Orders; seed++)
        {
            var replay = StoppingReplay.Run(set.Answers, rule, seed, asking: way.Asking, closing: way.Closing, learning: way.Learning);
            answers += (double)replay.Total / set.Answers.TaskCount / way.Orders;
            for (var t = 0; t < right.Length; t++) right[t] += replay.Labels[t] == set.TrueLabels[t] ? 1.0 / way.Orders : 0;
        }

        return new Trial(answers, [.. right.Where((_, t) => set.TrueLabels[t] != -1)]);
    }

    /// <summary>How a set is played.</summary>
    private sealed record Way(AskingOrder Asking, int Orders, CategoryMethod? Closing, double Learning);

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
