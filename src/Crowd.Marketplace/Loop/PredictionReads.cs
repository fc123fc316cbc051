using System.Text.Json;
using Crowd.Domain;
using Crowd.Journal;
using Crowd.Marketplace.Tables;

namespace Crowd.Marketplace.Loop;

/// <summary>Reads predictions from their table.</summary>
public static class PredictionReads
{
    /// <summary>Most predictions of one task that are looked at.</summary>
    public const int MostOfTask = 1_000;

    /// <summary>All predictions of a task, oldest first; those of the same instant by model and version.</summary>
    public static async Task<IReadOnlyList<Prediction>> OfTaskAsync(IJournal journal, TaskId task)
    {
        var rows = await journal.ReadRowsAsync(new(PredictionsTable.Table) { Where = [("task_id", task.Value)], Limit = MostOfTask }, CancellationToken.None);
        return [.. rows.OrderBy(r => r.Columns[PredictionsTable.At].Integer).Select(LoopRows.Read)];
    }

    /// <summary>A task's metadata from its row.</summary>
    public static JsonElement? Metadata(Row task) =>
        task.Columns[TasksTable.Metadata] is { IsNull: false } metadata ? JsonSerializer.Deserialize(metadata.Text, DomainJson.Default.JsonElement) : null;
}
