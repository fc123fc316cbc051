using Crowd.Consensus.Stopping;

namespace Crowd.Api.CommandLine.Consensus.Benchmark;

/// <summary>Dynamic stopping against the same number of answers for every task, on the same data in the same order.</summary>
internal static class StoppingTrials
{
    private const int LeastAnswers = 5;
    private const int Seeds = 3;
    private const int MinAnswers = 2;

    private static readonly double[] Thresholds = [0.7, 0.8, 0.85, 0.9, 0.92, 0.95, 0.97, 0.98, 0.99, 0.995, 0.999];

    public static string Run(IReadOnlyList<TruthSet> sets, Action<string> told)
    {
        var table = new MarkdownTable(
            "set", "fixed: answers a task", "accuracy", "dynamic, within a standard error: answers", "accuracy", "saved", "dynamic, no worse: answers", "accuracy", "saved");
        foreach (var set in sets)
        {
            var redundancy = set.Answers.Count / set.Answers.TaskCount;
            if (redundancy < LeastAnswers) continue;

            told($"stopping {set.Name}");
            var (answers, accuracy) = Mean(set, new StoppingRule(redundancy, redundancy, 1));
            var error = Math.Sqrt(accuracy * (1 - accuracy) / set.TrueLabels.Count(t => t != -1));
            var runs = Thresholds.Select(threshold => Mean(set, new StoppingRule(MinAnswers, int.MaxValue, threshold))).ToArray();
            table.Add([set.Name, $"{answers:F2}", CategoryTrials.Format(accuracy), .. Cells(runs, answers, accuracy - error), .. Cells(runs, answers, accuracy)]);
        }

        return $"""
            ## Dynamic stopping

            Answers come in one at a time, workers are modelled from what has come in (Dawid-Skene with a prior, or one
            accuracy a worker where workers have fewer answers than labels squared; the same in both columns), and a task gets another answer while its confidence is
            below a threshold, from {MinAnswers} answers up to all there are. Against it every task gets the mean number of answers of the set. Of the thresholds tried the lowest
            is taken that is less accurate by no more than one standard error of the fixed accuracy, and the lowest that is not less accurate at all; means
            of {Seeds} orders. Sets with fewer than {LeastAnswers} answers a task are left out.

            {table}
            """;
    }

    private static string[] Cells((double Answers, double Accuracy)[] runs, double answers, double least)
    {
        foreach (var run in runs)
        {
            if (run.Accuracy >= least - 1e-9) return [$"{run.Answers:F2}", CategoryTrials.Format(run.Accuracy), $"{1 - (run.Answers / answers):P0}"];
        }

        return ["none", "", ""];
    }

    private static (double Answers, double Accuracy) Mean(TruthSet set, StoppingRule rule)
    {
        double answers = 0, accuracy = 0;
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var replay = StoppingReplay.Run(set.Answers, rule, seed);
            answers += (double)replay.Total / set.Answers.TaskCount / Seeds;
            accuracy += set.Accuracy(replay.Labels) / Seeds;
        }

        return (answers, accuracy);
    }
}
