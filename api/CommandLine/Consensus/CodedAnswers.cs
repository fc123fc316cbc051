using Crowd.Consensus.Answers;
using Crowd.Consensus.Categories;

namespace Crowd.Api.CommandLine.Consensus;

/// <summary>Answers, gold and predictions as the library takes them. What is known or predicted of tasks without answers is left out.</summary>
internal sealed record CodedAnswers
{
    private const int MostBands = 4;
    private const int PredictionsPerBand = 50;

    /// <summary>Models are the last workers.</summary>
    public required CategoryAnswers Answers { get; init; }

    public required string[] Labels { get; init; }

    /// <summary>Of models: <c>model NAME 1</c> for the band of the least sure predictions, and so on.</summary>
    public required string[] WorkerIds { get; init; }

    /// <summary>The known label of each task, −1 where it is not known; null where none is.</summary>
    public int[]? Known { get; init; }

    /// <summary>Gold and predictions may name labels that nobody gave; they join the labels.</summary>
    public static CodedAnswers Of(AnswerTable table, LabelType type, AggregationInputs inputs)
    {
        var comparer = type == LabelType.Ordinal ? AnswerTable.ByValue : StringComparer.Ordinal;
        var added = (inputs.Gold?.Values ?? []).Concat(inputs.Predictions.Select(p => p.Label)).Except(table.LabelTexts, StringComparer.Ordinal).ToArray();
        var labels = added.Length == 0 ? table.LabelTexts : [.. table.LabelTexts.Concat(added).Order(comparer)];
        var places = labels.Select((label, k) => (label, k)).ToDictionary(x => x.label, x => x.k, StringComparer.Ordinal);
        var given = added.Length == 0 ? table.Labels : Array.ConvertAll(table.Labels, l => places[table.LabelTexts[l]]);
        var answers = CategoryAnswers.From(table.Tasks, table.Workers, given, table.TaskIds.Length, table.WorkerIds.Length, labels.Length);
        var workers = new List<string>(table.WorkerIds);
        foreach (var model in inputs.Predictions.GroupBy(p => p.Model, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var predictions = model
                .Select(p => (Task: Array.BinarySearch(table.TaskIds, p.Task, StringComparer.Ordinal), p.Label, p.Confidence))
                .Where(p => p.Task >= 0)
                .Select(p => new ModelPrediction(p.Task, places[p.Label], p.Confidence))
                .ToArray();
            var bands = Math.Clamp(predictions.Length / PredictionsPerBand, 1, MostBands);
            answers = ModelVotes.Join(answers, predictions, bands);
            for (var band = 1; band <= bands; band++) workers.Add($"model {model.Key} {band}");
        }

        var known = inputs.Gold is { } gold ? Array.ConvertAll(table.TaskIds, id => gold.TryGetValue(id, out var label) ? places[label] : -1) : null;
        return new CodedAnswers { Answers = answers, Labels = labels, WorkerIds = [.. workers], Known = known };
    }
}
