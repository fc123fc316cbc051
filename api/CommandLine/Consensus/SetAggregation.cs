using Crowd.Consensus.Categories;
using Crowd.Consensus.MultiChoice;

namespace Crowd.Api.CommandLine.Consensus;

/// <summary>Sets of labels.</summary>
internal static class SetAggregation
{
    public static Aggregated Run(AnswerTable table, string method, AggregationInputs inputs)
    {
        if (!CategoryMethods.All.TryGetValue(method, out var found))
            throw AggregateCommand.NoMethod(method, LabelType.Multi, CategoryMethods.All.Keys.Order(StringComparer.Ordinal));

        var names = table.LabelTexts.Concat(inputs.Gold?.Values ?? []).SelectMany(LabelShapes.Items).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        var places = names.Select((name, k) => (name, k)).ToDictionary(x => x.name, x => x.k, StringComparer.Ordinal);
        int[] Encode(string label) => [.. LabelShapes.Items(label).Select(item => places[item]).Order()];

        var answers = table.Read(Encode);
        var gold = inputs.Gold is { } known ? Array.ConvertAll(table.TaskIds, id => known.TryGetValue(id, out var label) ? Encode(label) : null) : null;
        var options = new CategoryOptions { Seed = inputs.Seed, Progress = inputs.Progress };
        var sets = LabelwiseModel.Run(table.Tasks, table.Workers, answers, table.TaskIds.Length, table.WorkerIds.Length, names.Length, found, options, gold);
        var reliabilities = Reliabilities(table, answers, sets);
        return new Aggregated
        {
            Method = method,
            Rows = table.TaskIds.Select((id, t) => new[]
            {
                id, string.Join(LabelShapes.Separator, sets[t].Labels.Select(k => names[k])), CsvFiles.Field(sets[t].Confidence),
            }),
            Workers = [.. reliabilities.Select((r, w) => AggregatedWorker.Of(table.WorkerIds[w], r.Answers, r.Agreement, r.Agreement))],
            Votes = table.Votes(w => reliabilities[w].Agreement),
            Fit = Fit.OnePass with { Note = $"Every label for itself: {names.Length} questions a task." },
        };
    }

    /// <summary>For each worker the mean Jaccard index of his sets with the results.</summary>
    private static (double Agreement, int Answers)[] Reliabilities(AnswerTable table, int[][] answers, LabelSetConsensus[] sets)
    {
        var sums = new double[table.WorkerIds.Length];
        var counts = new int[table.WorkerIds.Length];
        for (var i = 0; i < answers.Length; i++)
        {
            sums[table.Workers[i]] += SetAgreement.Jaccard(answers[i], sets[table.Tasks[i]].Labels);
            counts[table.Workers[i]]++;
        }

        return [.. sums.Zip(counts, (sum, count) => (sum / count, count))];
    }
}
