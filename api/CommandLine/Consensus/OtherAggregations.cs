using Crowd.Consensus.Categories;
using Crowd.Consensus.Numbers;
using Crowd.Consensus.Pairwise;

namespace Crowd.Api.CommandLine.Consensus;

/// <summary>Numbers and pairwise comparisons.</summary>
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
            Workers = [.. Closeness(answers, result).Select((near, w) => AggregatedWorker.Of(table.WorkerIds[w], result.Workers[w].Answers, near, result.Workers[w].Weight))],
            Votes = NumberVotes(table, answers, result),
            Fit = result.Fit,
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
        var reliabilities = chosen == BradleyTerry.NoisyName ? result.Reliabilities : Concordance(comparisons, result.Scores, workers);
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
            Workers = [.. table.WorkerIds.Select((id, w) => AggregatedWorker.Of(id, counts[w], reliabilities[w], result.Reliabilities[w]))],
            Votes = table.Votes(w => result.Reliabilities[w]),
            Fit = chosen == method ? result.Fit : result.Fit with { Note = $"{chosen}: {(double)table.Count / workers:F1} answers a worker." },
        };
    }

    /// <summary>For each worker the mean closeness of his numbers to the results, 0 to 1; NaN without answers.</summary>
    private static double[] Closeness(NumberAnswers answers, NumberResult result)
    {
        var sums = new double[answers.WorkerCount];
        for (var t = 0; t < answers.TaskCount; t++)
        {
            for (var i = answers.TaskStarts[t]; i < answers.TaskStarts[t + 1]; i++)
                sums[answers.Workers[i]] += NumberAgreement.Closeness(answers.Values[i], result.Values[t], Tolerance.Default);
        }

        for (var w = 0; w < sums.Length; w++) sums[w] /= result.Workers[w].Answers;
        return sums;
    }

    private static IEnumerable<AggregatedVote> NumberVotes(AnswerTable table, NumberAnswers answers, NumberResult result)
    {
        for (var t = 0; t < answers.TaskCount; t++)
        {
            for (var i = answers.TaskStarts[t]; i < answers.TaskStarts[t + 1]; i++)
                yield return new AggregatedVote(table.TaskIds[t], table.WorkerIds[answers.Workers[i]], CsvFiles.Field(answers.Values[i]), result.Weights[i]);
        }
    }

    /// <summary>For each worker how often he prefers the item with the higher score; a tie is half of it.</summary>
    private static double[] Concordance(Comparison[] comparisons, double[] scores, int workers)
    {
        var sums = new double[workers];
        var counts = new int[workers];
        foreach (var c in comparisons)
        {
            var expected = scores[c.Left] > scores[c.Right] ? Comparison.LeftWins : scores[c.Left] < scores[c.Right] ? Comparison.RightWins : Comparison.Tie;
            sums[c.Worker] += 1 - Math.Abs(c.Outcome - expected);
            counts[c.Worker]++;
        }

        for (var w = 0; w < workers; w++) sums[w] /= counts[w];
        return sums;
    }
}
