using System.CommandLine;
using Crowd.Consensus.Categories;

namespace Crowd.Api.CommandLine.Consensus;

/// <summary><c>aggregate</c>: many answers in, one label a task out.</summary>
internal static class AggregateCommand
{
    public static Command Create()
    {
        var answers = new Option<string>("--answers") { Required = true, Description = "CSV with the header task,worker,label (and left,right for pairwise); .gz and - work" };
        var method = new Option<string>("--method") { Description = "Name of the method", DefaultValueFactory = _ => Auto.Name };
        var output = new Option<string>("--out") { Required = true, Description = "CSV to write: task,label,confidence; pairwise item,score,low,high; .gz and - work" };
        var type = new Option<string>("--type") { Description = LabelTypes.Names, DefaultValueFactory = _ => "choice" };
        var gold = new Option<string?>("--gold") { Description = "CSV with task,label: answers that are known, for choice, ordinal and multi" };
        var models = new Option<string?>("--models") { Description = "CSV with task,model,label,confidence: what models say of the tasks, as more annotators, for choice and ordinal" };
        var scale = new Option<string?>("--scale") { Description = "Ratings from lowest to highest with commas between, for ordinal; by default by value, then by letter" };
        var workers = new Option<string?>("--workers") { Description = "CSV to write: worker,answers,reliability,low,high,weight" };
        var votes = new Option<string?>("--votes") { Description = "CSV to write: task,worker,label,weight; in nats for choice and ordinal" };
        var raw = new Option<bool>("--no-calibration") { Description = "Confidences as the method gives them; it is far too sure" };
        var json = new Option<string?>("--json") { Description = "JSON to write: how the fit went" };
        var seed = new Option<int>("--seed") { Description = "Start of every random choice", DefaultValueFactory = _ => 0 };

        var command = new Command("aggregate", "Turn the answers of many workers into one label for each task")
        {
            answers, method, output, type, gold, models, scale, workers, votes, raw, json, seed,
        };
        command.SetAction(parsed => Guard(() =>
        {
            var kind = LabelTypes.Parse(parsed.GetValue(type)!);
            var table = AnswerReader.Answers(parsed.GetValue(answers)!, kind, parsed.GetValue(scale)?.Split(','));
            var inputs = new AggregationInputs
            {
                Gold = Gold(parsed.GetValue(gold), kind),
                Predictions = Predictions(parsed.GetValue(models), kind),
                IsCalibrated = !parsed.GetValue(raw),
                Seed = parsed.GetValue(seed),
            };
            var name = parsed.GetValue(method)!;
            var result = WorkProgress.Show(name, progress => Run(table, kind, name, inputs with { Progress = progress }));
            ResultWriter.Labels(parsed.GetValue(output)!, result);
            if (parsed.GetValue(workers) is { } workersPath) ResultWriter.Workers(workersPath, result);
            if (parsed.GetValue(votes) is { } votesPath) ResultWriter.Votes(votesPath, result);
            if (parsed.GetValue(json) is { } jsonPath) ResultWriter.Fit(jsonPath, result, table, kind);
        }));
        return command;
    }

    /// <summary>One aggregation, as the command and the benchmark run it.</summary>
    public static Aggregated Run(AnswerTable table, LabelType type, string method, AggregationInputs inputs) => type switch
    {
        LabelType.Choice or LabelType.Ordinal => CategoryAggregation.Run(table, type, method, inputs),
        LabelType.Number => OtherAggregations.Numbers(table, method),
        LabelType.Multi => SetAggregation.Run(table, method, inputs),
        LabelType.Pairwise => OtherAggregations.Pairwise(table, method),
        LabelType.Ranking => StructuredAggregations.Rankings(table, method),
        LabelType.Text => StructuredAggregations.Texts(table, method),
        LabelType.Boxes => StructuredAggregations.Boxes(table, method),
        LabelType.Spans => StructuredAggregations.Spans(table, method),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public static BadInputException NoMethod(string method, LabelType type, IEnumerable<string> names) =>
        new($"There is no method '{method}' for {type.ToString().ToLowerInvariant()} answers. Methods are {string.Join(", ", names)}.");

    /// <summary>Runs a command's work; bad input is told on standard error and ends with exit code 2.</summary>
    public static int Guard(Action work)
    {
        try
        {
            work();
            return 0;
        }
        catch (BadInputException e)
        {
            Console.Error.WriteLine(e.Message);
            return BadInputException.ExitCode;
        }
    }

    private static Dictionary<string, string>? Gold(string? path, LabelType type)
    {
        if (path is null) return null;
        if (type is not (LabelType.Choice or LabelType.Ordinal or LabelType.Multi))
            throw new BadInputException("--gold works with --type choice, ordinal and multi only; leave it out.");

        return KnownReader.Gold(path, type);
    }

    private static IReadOnlyList<PredictionRow> Predictions(string? path, LabelType type)
    {
        if (path is null) return [];
        if (type is not (LabelType.Choice or LabelType.Ordinal)) throw new BadInputException("--models works with --type choice and ordinal only; leave it out.");

        return KnownReader.Predictions(path, type);
    }
}
