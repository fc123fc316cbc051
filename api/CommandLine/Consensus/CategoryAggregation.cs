using Crowd.Consensus.Answers;
using Crowd.Consensus.Categories;
using Crowd.Consensus.Ordinal;

namespace Crowd.Api.CommandLine.Consensus;

/// <summary>Single choice and ratings.</summary>
internal static class CategoryAggregation
{
    private const long MostMatrixEntries = 400_000_000;

    private static readonly string[] WithoutMatrices =
        [Auto.Name, BayesianWeightedAverage.Name, Glad.Name, MajorityVote.Name, OrdinalMethods.MedianName, OnlineBayes.Name, Wawa.Name, Wawa.ZeroBasedName];

    public static Aggregated Run(AnswerTable table, LabelType type, string method, Dictionary<string, string>? gold, int seed, IProgress<double>? progress)
    {
        var (answers, labels, known) = Prepare(table, type, gold);
        var options = new CategoryOptions { Gold = known, Seed = seed, Progress = progress };
        var found = Find(type, method);
        var entries = (long)table.WorkerIds.Length * labels.Length * labels.Length;
        if (entries > MostMatrixEntries && !WithoutMatrices.Contains(method, StringComparer.Ordinal))
            throw new BadInputException($"{labels.Length} labels and {table.WorkerIds.Length} workers are too many for '{method}'; use one of {string.Join(", ", WithoutMatrices)}.");

        var result = found(answers, options);
        return new Aggregated
        {
            Method = method,
            Rows = Enumerable.Range(0, table.TaskIds.Length).Select(t =>
                new[] { table.TaskIds[t], result.Labels[t] < 0 ? "" : labels[result.Labels[t]], CsvFiles.Field(result.Confidence(t)) }),
            Workers = [.. result.Workers.Select((w, i) => new AggregatedWorker(table.WorkerIds[i], w.Answers, w.Accuracy, w.Low, w.High, double.NaN))],
            Fit = result.Fit,
            LabelShares = labels.Select((label, k) => (label, result.LabelShares[k])).ToDictionary(x => x.label, x => x.Item2, StringComparer.Ordinal),
        };
    }

    /// <summary>The names that a type takes.</summary>
    public static IEnumerable<string> Names(LabelType type)
    {
        if (type == LabelType.Ordinal) yield return OrdinalMethods.MedianName;
        if (type == LabelType.Ordinal) yield return OrdinalMethods.ModelName;
        foreach (var name in CategoryMethods.All.Keys.Order(StringComparer.Ordinal)) yield return name;
    }

    private static CategoryMethod Find(LabelType type, string method) => method switch
    {
        OrdinalMethods.MedianName when type == LabelType.Ordinal => OrdinalMethods.Median,
        OrdinalMethods.ModelName when type == LabelType.Ordinal => OrdinalMethods.Model,
        _ when CategoryMethods.All.TryGetValue(method, out var found) => found,
        _ => throw AggregateCommand.NoMethod(method, type, Names(type)),
    };

    /// <summary>Gold may name labels that nobody gave; they join the labels. Gold of tasks without answers is left out.</summary>
    private static (CategoryAnswers Answers, string[] Labels, int[]? Known) Prepare(AnswerTable table, LabelType type, Dictionary<string, string>? gold)
    {
        var comparer = type == LabelType.Ordinal ? AnswerTable.ByValue : StringComparer.Ordinal;
        var added = (gold?.Values ?? Enumerable.Empty<string>()).Except(table.LabelTexts, StringComparer.Ordinal).ToArray();
        var labels = added.Length == 0 ? table.LabelTexts : [.. table.LabelTexts.Concat(added).Order(comparer)];
        var places = labels.Select((label, k) => (label, k)).ToDictionary(x => x.label, x => x.k, StringComparer.Ordinal);
        var given = added.Length == 0 ? table.Labels : Array.ConvertAll(table.Labels, l => places[table.LabelTexts[l]]);
        var answers = CategoryAnswers.From(table.Tasks, table.Workers, given, table.TaskIds.Length, table.WorkerIds.Length, labels.Length);
        if (gold is null) return (answers, labels, null);

        var known = Array.ConvertAll(table.TaskIds, id => gold.TryGetValue(id, out var label) ? places[label] : -1);
        return (answers, labels, known);
    }
}
