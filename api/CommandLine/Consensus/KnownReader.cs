using Sylvan.Data.Csv;

namespace Crowd.Api.CommandLine.Consensus;

/// <summary>Reads what is said of tasks by others than workers: known labels, and predictions of models. Every bad row is named by its line.</summary>
internal static class KnownReader
{
    /// <summary>The known label of tasks, by task id. Tasks may stand more than once with one label.</summary>
    /// <exception cref="BadInputException">The file, its header or a row cannot be used.</exception>
    public static Dictionary<string, string> Gold(string path, LabelType type)
    {
        var gold = new Dictionary<string, string>(StringComparer.Ordinal);
        Read(path, ["task", "label"], fields => fields switch
        {
            [var task, _] when task.Length == 0 => "the task is empty; give it an id",
            [_, var label] when LabelShapes.Problem(type, label) is { } problem => problem,
            [var task, var label] when !gold.TryAdd(task, label) && gold[task] != label => $"task '{task}' has another label further up; keep one of them",
            _ => null,
        });
        return gold;
    }

    /// <summary>What models said: a task, the model's name, a label, and how sure the model is, 0 to 1. A model says one thing of a task.</summary>
    /// <inheritdoc cref="Gold"/>
    public static IReadOnlyList<PredictionRow> Predictions(string path, LabelType type)
    {
        var rows = new List<PredictionRow>();
        var seen = new HashSet<(string Task, string Model)>();
        Read(path, ["task", "model", "label", "confidence"], fields =>
        {
            var (task, model, label) = (fields[0], fields[1], fields[2]);
            if (task.Length == 0 || model.Length == 0) return "the task or the model is empty; give both";
            if (LabelShapes.Problem(type, label) is { } problem) return problem;
            if (!double.TryParse(fields[3], System.Globalization.CultureInfo.InvariantCulture, out var confidence) || confidence is not (>= 0 and <= 1))
                return $"'{fields[3]}' is not a confidence; write a number from 0 to 1";
            if (!seen.Add((task, model))) return $"model '{model}' has task '{task}' further up; keep one of them";

            rows.Add(new PredictionRow(task, model, label, confidence));
            return null;
        });
        return rows;
    }

    private static void Read(string path, string[] names, Func<string[], string?> take)
    {
        using var csv = CsvFiles.Open(path);
        var columns = Array.ConvertAll(names, name => CsvFiles.Column(csv, path, name));
        var problems = new List<string>();
        var line = 1;
        try
        {
            while (csv.Read())
            {
                line++;
                if (csv.RowFieldCount <= columns.Max())
                {
                    problems.Add($"line {line}: {csv.RowFieldCount} fields; it needs {columns.Max() + 1}");
                    continue;
                }

                var fields = Array.ConvertAll(columns, column => csv.GetString(column));
                if (take(fields) is { } problem) problems.Add($"line {line}: {problem}");
                foreach (var field in fields) line += RowProblems.Breaks(field);
            }
        }
        catch (Exception e) when (e is CsvFormatException or InvalidDataException or CsvRecordTooLargeException)
        {
            problems.Add($"line {line}: the row cannot be read ({e.Message}); look for an open quotation mark");
        }

        RowProblems.Refuse(path, problems, problems.Count);
    }
}
