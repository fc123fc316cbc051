using Crowd.Consensus.Categories;
using Crowd.Consensus.MultiChoice;
using Crowd.Consensus.Numbers;
using Crowd.Consensus.Pairwise;

namespace Crowd.Api.CommandLine.Consensus;

/// <summary>Numbers, sets of labels, and pairwise comparisons.</summary>
internal static class OtherAggregations
{
    public static string[] NumberNames { get; } = [Auto.Name, NumberMethods.MeanName, NumberMethods.MedianName, NumberMethods.ModelName];

    public static string[] PairwiseNames { get; } = [Auto.Name, BradleyTerry.Name, BradleyTerry.NoisyName, WinShare.Name];

    public static Aggregated Numbers(AnswerTable table, string method)
    {
        var answers = NumberAnswers.From(table.Tasks, table.Workers, table.Read(LabelShapes.Number), table.TaskIds.Length, table.WorkerIds.Length);
        var result = method switch
        {
            Auto.Name => NumberMethods.Auto(answers),
            NumberMethods.MeanName => NumberMethods.Mean(answers),
            NumberMethods.MedianName => NumberMethods.Median(answers),
            NumberMethods.ModelName => NumberMethods.Model(answers),
            _ => throw AggregateCommand.NoMethod(method, LabelType.Number, NumberNames),
        };
        return new Aggregated
        {
            Method = method,
            Rows = table.TaskIds.Select((id, t) => new[] { id, CsvFiles.Field(result.Values[t]), CsvFiles.Field(result.Confidences[t]) }),
            Workers = [.. result.Workers.Select((w, i) => new AggregatedWorker(table.WorkerIds[i], w.Answers, double.NaN, double.NaN, double.NaN, w.Weight))],
            Fit = result.Fit,
        };
    }

    public static Aggregated Sets(AnswerTable table, string method)
    {
        if (!CategoryMethods.All.TryGetValue(method, out var found))
            throw AggregateCommand.NoMethod(method, LabelType.Multi, CategoryMethods.All.Keys.Order(StringComparer.Ordinal));

        var names = table.LabelTexts.SelectMany(LabelShapes.Items).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        var places = names.Select((name, k) => (name, k)).ToDictionary(x => x.name, x => x.k, StringComparer.Ordinal);
        var answers = table.Read(label => LabelShapes.Items(label).Select(item => places[item]).Order().ToArray());
        var sets = LabelwiseModel.Run(table.Tasks, table.Workers, answers, table.TaskIds.Length, table.WorkerIds.Length, names.Length, found);
        return new Aggregated
        {
            Method = method,
            Rows = table.TaskIds.Select((id, t) => new[]
            {
                id, string.Join(LabelShapes.Separator, sets[t].Labels.Select(k => names[k])), CsvFiles.Field(sets[t].Confidence),
            }),
            Workers = SetWorkers(table, answers, sets),
            Fit = Fit.OnePass with { Note = $"Every label for itself: {names.Length} questions a task." },
        };
    }

    public static Aggregated Pairwise(AnswerTable table, string method)
    {
        var outcomes = table.Read(LabelShapes.Outcome);
        var comparisons = new Comparison[table.Count];
        for (var i = 0; i < comparisons.Length; i++) comparisons[i] = new Comparison(table.Workers[i], table.Left[i], table.Right[i], outcomes[i]);

        var (items, workers) = (table.ItemIds.Length, table.WorkerIds.Length);
        var chosen = method == Auto.Name ? BradleyTerry.Choose(comparisons, workers) : method;
        var result = chosen switch
        {
            BradleyTerry.Name => BradleyTerry.Run(comparisons, items, workers),
            BradleyTerry.NoisyName => BradleyTerry.RunNoisy(comparisons, items, workers),
            WinShare.Name => WinShare.Run(comparisons, items, workers),
            _ => throw AggregateCommand.NoMethod(method, LabelType.Pairwise, PairwiseNames),
        };
        var counts = new int[workers];
        foreach (var worker in table.Workers) counts[worker]++;

        const double Quantile = 1.959963984540054;
        return new Aggregated
        {
            Method = method,
            Header = ["item", "score", "low", "high"],
            Rows = table.ItemIds.Select((id, k) => new[]
            {
                id,
                CsvFiles.Field(result.Scores[k]),
                CsvFiles.Field(result.Scores[k] - (Quantile * result.Errors[k])),
                CsvFiles.Field(result.Scores[k] + (Quantile * result.Errors[k])),
            }),
            Workers = [.. table.WorkerIds.Select((id, w) => new AggregatedWorker(id, counts[w], result.Reliabilities[w], double.NaN, double.NaN, result.Reliabilities[w]))],
            Fit = chosen == method ? result.Fit : result.Fit with { Note = $"{chosen}: {(double)table.Count / workers:F1} answers a worker." },
        };
    }

    private static AggregatedWorker[] SetWorkers(AnswerTable table, int[][] answers, LabelSetConsensus[] sets)
    {
        var sums = new double[table.WorkerIds.Length];
        var counts = new int[table.WorkerIds.Length];
        for (var i = 0; i < answers.Length; i++)
        {
            sums[table.Workers[i]] += SetAgreement.Jaccard(answers[i], sets[table.Tasks[i]].Labels);
            counts[table.Workers[i]]++;
        }

        return [.. table.WorkerIds.Select((id, w) => new AggregatedWorker(id, counts[w], sums[w] / counts[w], double.NaN, double.NaN, double.NaN))];
    }
}
