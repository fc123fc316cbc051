using Crowd.Consensus.Answers;
using Crowd.Consensus.Calibration;
using Crowd.Consensus.Categories;
using Crowd.Consensus.Ordinal;

namespace Crowd.Api.CommandLine.Consensus;

/// <summary>Single choice and ratings.</summary>
internal static class CategoryAggregation
{
    private const long MostMatrixEntries = 400_000_000;

    private static readonly string[] WithoutMatrices =
        [Auto.Name, BayesianWeightedAverage.Name, Glad.Name, MajorityVote.Name, OrdinalMethods.MedianName, OnlineBayes.Name, Wawa.Name, Wawa.ZeroBasedName];

    public static Aggregated Run(AnswerTable table, LabelType type, string method, AggregationInputs inputs)
    {
        var coded = CodedAnswers.Of(table, type, inputs);
        var (answers, labels) = (coded.Answers, coded.Labels);
        var options = new CategoryOptions { Gold = coded.Known, Seed = inputs.Seed, Progress = inputs.Progress };
        var found = Find(type, method);
        var entries = (long)answers.WorkerCount * labels.Length * labels.Length;
        if (entries > MostMatrixEntries && !WithoutMatrices.Contains(method, StringComparer.Ordinal))
            throw new BadInputException($"{labels.Length} labels and {answers.WorkerCount} workers are too many for '{method}'; use one of {string.Join(", ", WithoutMatrices)}.");

        var result = found(answers, options);
        var calibration = inputs.IsCalibrated ? PosteriorCalibration.CrossFitted(method, found, answers, options) : PosteriorCalibration.None;
        var calibrated = calibration.Apply(answers, result, coded.Known);
        return new Aggregated
        {
            Method = method,
            Rows = Enumerable.Range(0, table.TaskIds.Length).Select(t =>
                new[] { table.TaskIds[t], result.Labels[t] < 0 ? "" : labels[result.Labels[t]], CsvFiles.Field(calibrated.Confidence(t)) }),
            Workers = [.. result.Workers.Select((w, i) => new AggregatedWorker(coded.WorkerIds[i], w.Answers, w.Accuracy, w.Low, w.High, double.NaN))],
            Votes = Votes(table, coded, result, entries),
            Fit = result.Fit,
            LabelShares = labels.Select((label, k) => (label, result.LabelShares[k])).ToDictionary(x => x.label, x => x.Item2, StringComparer.Ordinal),
            Calibration = calibration,
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

    private static IEnumerable<AggregatedVote> Votes(AnswerTable table, CodedAnswers coded, CategoryResult result, long entries)
    {
        var answers = coded.Answers;
        var weights = entries > MostMatrixEntries ? null : VoteWeights.Of(answers, result);
        for (var t = 0; t < answers.TaskCount; t++)
        {
            for (var i = answers.TaskStarts[t]; i < answers.TaskStarts[t + 1]; i++)
            {
                var worker = answers.Workers[i];
                var weight = weights?[i] ?? OnlineBayes.Evidence(result.Workers[worker].Accuracy, answers.LabelCount);
                yield return new AggregatedVote(table.TaskIds[t], coded.WorkerIds[worker], coded.Labels[answers.Labels[i]], weight);
            }
        }
    }
}
