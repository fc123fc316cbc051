using System.Text.Json;
using Crowd.Consensus.Oversight;
using Crowd.Domain;
using Crowd.Journal;
using Crowd.Marketplace.Tables;

namespace Crowd.Marketplace.Loop;

/// <summary>Holds what a model version said against what people said of the same tasks.</summary>
public static class ModelComparison
{
    /// <summary>Most predictions that are looked at, lowest task ids first.</summary>
    public const int MostCompared = 100_000;

    private const int Page = 1_000;

    /// <summary>
    /// Compares on tasks that people labelled after the version had predicted them: it cannot have learnt those labels. Gold tasks are left out, since their answers
    /// were known before.
    /// </summary>
    public static async Task<ModelFigures> RunAsync(IJournal journal, JobId job, LabelSchema schema, string model, string version)
    {
        var observations = new List<(double Confidence, bool Right, double Probability)>();
        var (tasks, right) = (0, 0);
        IReadOnlyList<Value>? after = null;
        IReadOnlyList<Row> rows;
        var seen = 0;
        do
        {
            rows = await journal.ReadRowsAsync(
                new(PredictionsTable.Table) { Where = [("job_id", job.Value), ("model", model), ("model_version", version)], After = after, Limit = Page }, CancellationToken.None);
            foreach (var row in rows)
            {
                var task = await journal.ReadRowAsync(TasksTable.Table, [row.Key[0]], CancellationToken.None);
                if (task is null || HumanLabel(task, row.Columns[PredictionsTable.At].Integer) is not { } label)
                    continue;
                var prediction = LoopRows.Read(row);
                var agrees = Agreement.Agrees(schema, prediction.Label, label);
                tasks++;
                right += agrees ? 1 : 0;
                if (prediction.Confidence is { } sure)
                    observations.Add((sure, agrees, 1));
            }

            seen += rows.Count;
            after = rows.Count > 0 ? rows[^1].Key : null;
        }
        while (rows.Count == Page && seen < MostCompared);

        var accuracy = Share.Wilson(right, tasks);
        return new()
        {
            Tasks = tasks,
            Right = right,
            Accuracy = tasks == 0 ? 0 : Math.Round(accuracy.Value, 6),
            Low = Math.Round(accuracy.Low, 6),
            High = Math.Round(accuracy.High, 6),
            CalibrationError = observations.Count == 0 ? null : Math.Round(CalibrationDiagram.Of(observations).ExpectedError, 6),
            Basis = "Tasks that people labelled after this version had predicted them.",
        };
    }

    /// <summary>What people said of a decided task after the instant (microseconds), a model's vote left out; null for none.</summary>
    private static Answer? HumanLabel(Row task, long after)
    {
        if (HumanLabel(task) is not { } label || task.Columns[TasksTable.DecidedAt].Integer <= after)
            return null;
        return label;
    }

    /// <summary>What people said of a task: its label if people made it, without a model's vote; null where they said nothing yet.</summary>
    internal static Answer? HumanLabel(Row task)
    {
        if (task.Columns[TasksTable.Stage].Text != "decided" || task.Columns[TasksTable.DecidedBy].Text == "machine")
            return null;
        if (task.Columns[TasksTable.DecidedBy].Text != "adjudication" && task.Columns[TasksTable.ModelVote] is { IsNull: false } vote)
            return JsonSerializer.Deserialize(vote.Text, DomainJson.Default.ModelVote)!.WithoutLabel;
        var column = task.Columns[TasksTable.FinalLabel] is { IsNull: false } final ? final : task.Columns[TasksTable.Label];
        return JsonSerializer.Deserialize(column.Text, DomainJson.Default.Answer);
    }
}
