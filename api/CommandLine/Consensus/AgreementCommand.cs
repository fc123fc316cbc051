using System.CommandLine;
using System.Text.Json;
using Crowd.Consensus.Agreement;
using Crowd.Consensus.Answers;

namespace Crowd.Api.CommandLine.Consensus;

/// <summary><c>agreement</c>: how far workers agree, as JSON. A coefficient without a value is null, and <c>undefined</c> says why.</summary>
internal static class AgreementCommand
{
    private const int MostLabels = 500;
    private const int MostSamples = 200;
    private const int LeastSamples = 20;
    private const int SampledAnswers = 20_000_000;

    public static Command Create()
    {
        var answers = new Option<string>("--answers") { Required = true, Description = "CSV with the header task,worker,label; .gz and - work" };
        var output = new Option<string>("--out") { Required = true, Description = "JSON to write; - works" };
        var level = new Option<string>("--level") { Description = "nominal, ordinal, interval or ratio", DefaultValueFactory = _ => "nominal" };
        var seed = new Option<int>("--seed") { Description = "Start of the samples behind the intervals", DefaultValueFactory = _ => 0 };
        var command = new Command("agreement", "Measure how far workers agree") { answers, output, level, seed };
        command.SetAction(parsed => AggregateCommand.Guard(() =>
        {
            var measured = Level(parsed.GetValue(level)!);
            var type = measured switch
            {
                MeasurementLevel.Nominal => LabelType.Choice,
                MeasurementLevel.Ordinal => LabelType.Ordinal,
                _ => LabelType.Number,
            };
            var table = AnswerReader.Answers(parsed.GetValue(answers)!, type);
            var text = WorkProgress.Show("agreement", _ => Report(table, measured, parsed.GetValue(seed)));
            using var writer = CsvFiles.Create(parsed.GetValue(output)!);
            writer.Write(text);
            writer.Write('\n');
        }));
        return command;
    }

    private static MeasurementLevel Level(string name) =>
        Enum.TryParse<MeasurementLevel>(name, ignoreCase: true, out var level) && !char.IsDigit(name[0])
            ? level
            : throw new BadInputException($"There is no level '{name}'. Levels are nominal, ordinal, interval, ratio.");

    private static string Report(AnswerTable table, MeasurementLevel level, int seed)
    {
        // The order of the rows must not show: everything is computed from the canonical order.
        var answers = CategoryAnswers.From(
            table.Tasks, table.Workers, table.Labels, table.TaskIds.Length, table.WorkerIds.Length, table.LabelTexts.Length);
        var tasks = new int[answers.Count];
        for (var t = 0; t < answers.TaskCount; t++) tasks.AsSpan(answers.TaskStarts[t], answers.TaskStarts[t + 1] - answers.TaskStarts[t]).Fill(t);

        var labels = answers.Labels.ToArray();
        var values = level is MeasurementLevel.Interval or MeasurementLevel.Ratio ? Array.ConvertAll(table.LabelTexts, LabelShapes.Number) : null;
        if (level == MeasurementLevel.Ratio && values!.Any(v => v < 0))
            throw new BadInputException("A ratio scale starts at nought, and there are labels below it; use --level interval.");

        var given = Array.ConvertAll(labels, l => values is null ? l : values[l]);
        var samples = Math.Clamp(SampledAnswers / Math.Max(1, answers.Count), LeastSamples, MostSamples);
        var sheet = new Sheet(samples, seed, tasks);
        sheet.Add("krippendorffAlpha", (ts, ps) => KrippendorffAlpha.Of(ts, Array.ConvertAll(ps, p => given[p]), level));
        AddKappas(sheet, labels, table.LabelTexts.Length, level);
        sheet.AddPlain("meanCohenKappa", WorkerPairs.MeanKappa(answers));
        return sheet.Write(table, answers, level);
    }

    private static void AddKappas(Sheet sheet, int[] labels, int labelCount, MeasurementLevel level)
    {
        string[] names = ["fleissKappa", "gwetAc1", "pairwiseAgreement", "modeShare"];
        if (labelCount > MostLabels)
        {
            foreach (var name in names) sheet.AddPlain(name, Coefficient.None($"There are more than {MostLabels} different labels; it is meant for categories."));
            return;
        }

        sheet.Add(names[0], (ts, ps) => Kappas.Fleiss(ts, Array.ConvertAll(ps, p => labels[p]), labelCount));
        sheet.Add(names[1], (ts, ps) => Kappas.Gwet(ts, Array.ConvertAll(ps, p => labels[p]), labelCount));
        sheet.Add(names[2], (ts, ps) => Kappas.Pairwise(ts, Array.ConvertAll(ps, p => labels[p]), labelCount));
        sheet.Add(names[3], (ts, ps) => Kappas.ModeShare(ts, Array.ConvertAll(ps, p => labels[p]), labelCount));
        if (level != MeasurementLevel.Nominal)
            sheet.Add("gwetAc2", (ts, ps) => Kappas.Gwet(ts, Array.ConvertAll(ps, p => labels[p]), labelCount, LabelWeights.Quadratic(labelCount)));
    }

    /// <summary>The coefficients as they are collected.</summary>
    private sealed class Sheet(int samples, int seed, int[] tasks)
    {
        private readonly List<(string Name, Coefficient Value, Interval? Interval)> _rows = [];

        public void Add(string name, Func<int[], int[], Coefficient> coefficient)
        {
            var value = coefficient(tasks, [.. Enumerable.Range(0, tasks.Length)]);
            _rows.Add((name, value, value.IsDefined ? Bootstrap.Of(tasks, coefficient, samples, seed) : null));
        }

        public void AddPlain(string name, Coefficient value) => _rows.Add((name, value, null));

        public string Write(AnswerTable table, CategoryAnswers answers, MeasurementLevel level)
        {
            using var buffer = new MemoryStream();
            using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            {
                json.WriteStartObject();
                json.WriteString("level", level.ToString().ToLowerInvariant());
                foreach (var row in _rows) ResultWriter.Number(json, row.Name, row.Value.Value);
                json.WriteNumber("tasks", answers.TaskCount);
                json.WriteNumber("workers", answers.WorkerCount);
                json.WriteNumber("answers", answers.Count);
                json.WriteNumber("labels", answers.LabelCount);
                json.WriteNumber("tasksWithTwoAnswers", WorkerPairs.ByTask(answers).Count(a => !double.IsNaN(a)));
                WriteIntervals(json);
                WriteShares(json, "byWorker", table.WorkerIds, WorkerPairs.ByWorker(answers));
                if (answers.LabelCount <= MostLabels) WriteShares(json, "byLabel", table.LabelTexts, WorkerPairs.ByLabel(answers));
                WriteReasons(json);
                json.WriteEndObject();
            }

            return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
        }

        private static void WriteShares(Utf8JsonWriter json, string name, string[] ids, double[] shares)
        {
            json.WriteStartObject(name);
            for (var i = 0; i < ids.Length; i++) ResultWriter.Number(json, ids[i], shares[i]);
            json.WriteEndObject();
        }

        private void WriteIntervals(Utf8JsonWriter json)
        {
            json.WriteStartObject("intervals");
            foreach (var row in _rows)
            {
                if (row.Interval is not { } interval) continue;

                json.WriteStartObject(row.Name);
                ResultWriter.Number(json, "low", interval.Low);
                ResultWriter.Number(json, "high", interval.High);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        private void WriteReasons(Utf8JsonWriter json)
        {
            json.WriteStartObject("undefined");
            foreach (var row in _rows)
            {
                if (!row.Value.IsDefined) json.WriteString(row.Name, row.Value.Undefined);
            }

            json.WriteEndObject();
        }
    }
}
