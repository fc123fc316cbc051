using Crowd.Consensus.Boxes;
using Crowd.Consensus.Categories;
using Crowd.Consensus.Pairwise;
using Crowd.Consensus.Rankings;
using Crowd.Consensus.Spans;
using Crowd.Consensus.Text;
using Crowd.Consensus.Weighting;

namespace Crowd.Api.CommandLine.Consensus;

/// <summary>Texts, boxes, spans and orders: workers weigh by how their answers agree with the others'.</summary>
internal static class StructuredAggregations
{
    public const string MedoidName = "medoid";
    public const string AverageName = "average";
    public const string ClusterName = "clusters";

    /// <summary>Texts differ in so many ways that agreements of good and bad writers lie close together; weights must be drawn apart.</summary>
    private const double TextSharpness = 4;

    public static Aggregated Texts(AnswerTable table, string method)
    {
        var tokens = table.Read(label => TextTokens.Of(label.ToLowerInvariant()));
        var workers = Weigh(table, (i, j) => EditDistance.Similarity<string>(tokens[i], tokens[j]), TextSharpness);
        Func<string[], double[], (string Label, double Confidence)> merge = method switch
        {
            Auto.Name or Rover.Name => (texts, weights) =>
            {
                var voted = Rover.Of(texts, weights);
                return (voted.Text, voted.Confidence);
            }
            ,
            MedoidName => (texts, weights) =>
            {
                var choice = TextMedoid.Of(texts, weights);
                return (texts[choice.Answer], choice.Support);
            }
            ,
            _ => throw AggregateCommand.NoMethod(method, LabelType.Text, [Auto.Name, MedoidName, Rover.Name]),
        };
        return Result(table, method, workers, table.Read(label => label), (_, texts, weights) => merge(texts, weights));
    }

    public static Aggregated Boxes(AnswerTable table, string method)
    {
        if (method is not (Auto.Name or AverageName or "majority"))
            throw AggregateCommand.NoMethod(method, LabelType.Boxes, [Auto.Name, AverageName, "majority"]);

        var classes = new Interned();
        var boxes = table.Read(label => LabelShapes.Boxes(label, text => classes.Number(text)));
        var workers = method == "majority" ? Equal(table) : Weigh(table, (i, j) => BoxAgreement.F1(boxes[i], boxes[j]));
        return Result(table, method, workers, boxes, (_, answers, weights) =>
        {
            var agreed = BoxConsensus.Of(answers, weights);
            var label = string.Join(LabelShapes.Separator, agreed.Select(a => Write(a.Box, classes)));
            return (label, agreed.Count == 0 ? 1 - MostDrawn(answers, weights) : agreed.Average(a => a.Confidence));
        });
    }

    public static Aggregated Spans(AnswerTable table, string method)
    {
        var classes = new Interned();
        var spans = table.Read(label => LabelShapes.Spans(label, text => classes.Number(text)));
        var workers = Weigh(table, (i, j) => SpanAgreement.OverlapF1(spans[i], spans[j]));
        if (method is not (Auto.Name or ClusterName or SpanTokenModel.Name))
            throw AggregateCommand.NoMethod(method, LabelType.Spans, [Auto.Name, ClusterName, SpanTokenModel.Name]);

        var byToken = method == SpanTokenModel.Name
            ? SpanTokenModel.Run(table.Tasks, table.Workers, spans, table.TaskIds.Length, table.WorkerIds.Length, classes.Count)
            : null;
        return Result(table, method, workers, spans, (task, answers, weights) =>
        {
            var agreed = byToken?[task] ?? SpanConsensus.Of(answers, weights);
            var label = string.Join(LabelShapes.Separator, agreed.Select(a => $"{a.Span.Start} {a.Span.End} {classes[a.Span.Label]}".TrimEnd()));
            return (label, agreed.Count == 0 ? MeanEmpty(answers, weights) : agreed.Average(a => a.Confidence));
        });
    }

    public static Aggregated Rankings(AnswerTable table, string method)
    {
        var items = new Interned();
        foreach (var item in table.LabelTexts.SelectMany(LabelShapes.Items).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)) items.Number(item);
        var orders = table.Read(label => Array.ConvertAll(LabelShapes.Items(label), item => items.Find(item)));
        var workers = Weigh(table, (i, j) => KendallTau.Agreement(orders[i], orders[j]));
        Func<int[][], double[], RankingConsensus> merge = method switch
        {
            Auto.Name or RankingMethods.KendallName => (given, weights) => RankingMethods.Kendall(given, weights, items.Count),
            RankingMethods.BordaName => (given, weights) => Borda.Of(given, weights, items.Count),
            BradleyTerry.Name => (given, weights) => Strengths(given, weights, items.Count),
            _ => throw AggregateCommand.NoMethod(method, LabelType.Ranking, [Auto.Name, RankingMethods.BordaName, BradleyTerry.Name, RankingMethods.KendallName]),
        };
        return Result(table, method, workers, orders, (_, given, weights) =>
        {
            var merged = merge(given, weights);
            return (string.Join(LabelShapes.Separator, merged.Order.Select(k => items[k])), merged.Agreement);
        });
    }

    private static RankingConsensus Strengths(int[][] orders, double[] weights, int items)
    {
        var ranked = orders.SelectMany(o => o).Distinct().Order().ToArray();
        var places = new int[items];
        for (var p = 0; p < ranked.Length; p++) places[ranked[p]] = p;

        var pairs = orders.SelectMany((order, w) => RankingMethods.Pairs(w, Array.ConvertAll(order, item => places[item]))).ToArray();
        var scores = BradleyTerry.Run(pairs, ranked.Length, orders.Length).Scores;
        int[] order = [.. Enumerable.Range(0, ranked.Length).OrderByDescending(p => Math.Round(scores[p], 9)).ThenBy(p => p).Select(p => ranked[p])];
        return new RankingConsensus(order, scores, RankingMethods.Agreement(orders, weights, order));
    }

    private static WorkerAgreement[] Weigh(AnswerTable table, Func<int, int, double> similarity, double sharpness = 1) =>
        AgreementWeights.Of(table.Tasks, table.Workers, table.WorkerIds.Length, similarity, sharpness);

    private static WorkerAgreement[] Equal(AnswerTable table)
    {
        var workers = new WorkerAgreement[table.WorkerIds.Length];
        foreach (var w in table.Workers) workers[w] = new WorkerAgreement(1, double.NaN, workers[w].Answers + 1);
        return workers;
    }

    private static double MostDrawn(Box[][] answers, double[] weights)
    {
        var all = BoxConsensus.Of(answers, weights, quorum: 0);
        return all.Count == 0 ? 0 : all.Max(a => a.Confidence);
    }

    private static double MeanEmpty(TextSpan[][] answers, double[] weights)
    {
        double empty = 0, total = 0;
        for (var i = 0; i < answers.Length; i++)
        {
            empty += answers[i].Length == 0 ? weights[i] : 0;
            total += weights[i];
        }

        return total > 0 ? empty / total : 0;
    }

    private static string Write(Box box, Interned classes)
    {
        var corners = $"{CsvFiles.Field(box.Left)} {CsvFiles.Field(box.Top)} {CsvFiles.Field(box.Right)} {CsvFiles.Field(box.Bottom)}";
        return classes[box.Label].Length == 0 ? corners : $"{corners} {classes[box.Label]}";
    }

    private static Aggregated Result<T>(
        AnswerTable table, string method, WorkerAgreement[] workers, T[] values, Func<int, T[], double[], (string Label, double Confidence)> merge)
    {
        var rows = table.InOrder().GroupBy(i => table.Tasks[i]).Select(group =>
        {
            var answers = group.Select(i => values[i]).ToArray();
            var weights = group.Select(i => workers[table.Workers[i]].Weight).ToArray();
            var (label, confidence) = merge(group.Key, answers, weights);
            return new[] { table.TaskIds[group.Key], label, CsvFiles.Field(confidence) };
        });
        return new Aggregated
        {
            Method = method,
            Rows = rows,
            Workers = [.. workers.Select((w, i) => AggregatedWorker.Of(table.WorkerIds[i], w.Answers, w.Agreement, w.Weight))],
            Votes = table.Votes(w => workers[w].Weight),
            Fit = Fit.OnePass,
        };
    }
}
