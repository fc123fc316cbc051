using System.Diagnostics;
using System.Globalization;
using Crowd.Consensus.Boxes;
using Crowd.Consensus.Text;

namespace Crowd.Api.CommandLine.Consensus.Benchmark;

/// <summary>The methods of the other types on their sets, through the same code as the command.</summary>
internal static class OtherTrials
{
    public static string Run(string root, Action<string> told)
    {
        var table = new MarkdownTable("set", "type", "method", "measure", "value", "seconds");
        Try(root, "s_adult", LabelType.Ordinal, ["median", "ordinal-model"], "accuracy", Accuracy, table, told);
        Try(root, "n_emotion", LabelType.Number, OtherAggregations.NumberNames, "mean absolute error", AbsoluteError, table, told);
        Try(root, "pair_synth_dev", LabelType.Pairwise, OtherAggregations.PairwiseNames, "Spearman", Spearman, table, told);
        foreach (var name in (string[])["wsa_j1", "wsa_t1"])
        {
            string[] methods = ["rover", "medoid"];
            Try(root, name, LabelType.Text, methods, "word error rate, words and marks apart, cases ignored", WordErrors, table, told);
            Try(root, name, LabelType.Text, methods, "word error rate, split at spaces, cases ignored", SpacedErrors, table, told);
        }

        Try(root, "boxes_ped_dev", LabelType.Boxes, ["auto", "majority"], "F1 at IoU .5", BoxF1, table, told);
        return $"""
            ## Other types

            {table}
            """;
    }

    /// <summary>The word error rate as it is published for these sets: words split at spaces.</summary>
    public static double SpacedErrors(TruthSet set, List<string[]> rows) => Mean(set, rows, (given, truth) =>
    {
        var (words, expected) = (Words(given.ToLowerInvariant()), Words(truth.ToLowerInvariant()));
        return (double)EditDistance.Between<string>(words, expected) / expected.Length;
    });

    private static void Try(
        string root, string name, LabelType type, string[] methods, string measure, Func<TruthSet, List<string[]>, double> score, MarkdownTable table, Action<string> told)
    {
        if (TruthSet.Read(root, name, type) is not { } set) return;

        foreach (var method in methods)
        {
            told($"{name} {method}");
            var clock = Stopwatch.StartNew();
            var rows = AggregateCommand.Run(set.Table, type, method, new AggregationInputs()).Rows.ToList();
            var seconds = clock.Elapsed.TotalSeconds;
            table.Add(name, type.ToString().ToLowerInvariant(), method, measure, CategoryTrials.Format(score(set, rows)), $"{seconds:F3}");
        }
    }

    private static double Mean(TruthSet set, List<string[]> rows, Func<string, string, double> score) =>
        rows.Where(r => set.Truth.ContainsKey(r[0])).Average(r => score(r[1], set.Truth[r[0]]));

    private static double Accuracy(TruthSet set, List<string[]> rows) => Mean(set, rows, (given, truth) => given == truth ? 1 : 0);

    private static double AbsoluteError(TruthSet set, List<string[]> rows) =>
        Mean(set, rows, (given, truth) => Math.Abs(LabelShapes.Number(given) - LabelShapes.Number(truth)));

    private static double WordErrors(TruthSet set, List<string[]> rows) => Mean(set, rows, TextTokens.WordErrorRate);

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static double Spearman(TruthSet set, List<string[]> rows)
    {
        var known = rows.Where(r => set.Truth.ContainsKey(r[0])).ToArray();
        var given = Ranks(Array.ConvertAll(known, r => double.Parse(r[1], CultureInfo.InvariantCulture)));
        var truth = Ranks(Array.ConvertAll(known, r => double.Parse(set.Truth[r[0]], CultureInfo.InvariantCulture)));
        double n = known.Length;
        return 1 - (6 * given.Zip(truth, (a, b) => (a - b) * (a - b)).Sum() / (n * ((n * n) - 1)));
    }

    private static double[] Ranks(double[] values)
    {
        var order = Enumerable.Range(0, values.Length).ToArray();
        Array.Sort((double[])values.Clone(), order);
        var ranks = new double[values.Length];
        for (var i = 0; i < order.Length; i++) ranks[order[i]] = i;
        return ranks;
    }

    private static double BoxF1(TruthSet set, List<string[]> rows)
    {
        double matched = 0, all = 0;
        foreach (var row in rows.Where(r => set.Truth.ContainsKey(r[0])))
        {
            var given = LabelShapes.Boxes(row[1], _ => 0);
            var truth = LabelShapes.Boxes(set.Truth[row[0]], _ => 0);
            matched += 2 * BoxAgreement.Match(given, truth).Count;
            all += given.Length + truth.Length;
        }

        return matched / all;
    }
}
