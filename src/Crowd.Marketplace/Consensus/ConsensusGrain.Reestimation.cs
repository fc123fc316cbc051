using System.Text.Json;
using Crowd.Domain;
using Crowd.Journal;
using Crowd.Marketplace.Jobs;
using Crowd.Marketplace.Tables;

namespace Crowd.Marketplace.Consensus;

internal sealed partial class ConsensusGrain
{
    /// <summary>Answers of the whole job below which a re-estimation has too little to learn the workers from.</summary>
    private const int LeastAnswers = 50;

    /// <summary>A label is revised only when the re-estimation is this sure of another one, after calibration.</summary>
    private const double LeastConfidence = 0.8;

    private Task<Reestimation>? _reestimation;

    public async Task<Reestimation?> ReestimateAsync()
    {
        _reestimation ??= EstimateAsync();
        if (!_reestimation.IsCompleted)
            return null;
        var finished = _reestimation;
        _reestimation = null;
        return await finished;
    }

    private async Task<Reestimation> EstimateAsync()
    {
        var spec = await GrainFactory.GetGrain<IJobGrain>(Job.Value).GetSpecAsync();
        if (!Codes.Has(spec.Schema))
            return new("", []);

        var codes = new Codes(spec.Schema);
        var decided = await DecidedAsync(codes);
        var (tasks, workers, given) = (new List<int>(), new List<int>(), new List<int>());
        var workerIndex = new Dictionary<string, int>(StringComparer.Ordinal);
        await foreach (var row in RowsAsync(AssignmentsTable.Table))
        {
            if (row.Columns[AssignmentsTable.Answer].IsNull || !row.Columns[AssignmentsTable.Invalid].IsNull || !row.Columns[AssignmentsTable.Repeats].IsNull || !decided.Index.TryGetValue(row.Key[1].Text, out var task))
                continue;
            tasks.Add(task);
            if (!workerIndex.TryGetValue(row.Columns[AssignmentsTable.WorkerId].Text, out var worker))
                workerIndex[row.Columns[AssignmentsTable.WorkerId].Text] = worker = workerIndex.Count;
            workers.Add(worker);
            given.Add(codes.Of(row.Columns[AssignmentsTable.Answer].Text));
        }

        if (tasks.Count < LeastAnswers)
            return new("", []);

        // A model that voted is one annotator more for each band of stated confidence, with the answer that it gave to the decision.
        foreach (var (task, vote) in decided.Models)
        {
            var name = $"{vote.Model}\n{vote.Version}\n{ModelTrust.BandOf(vote.Confidence)}";
            if (!workerIndex.TryGetValue(name, out var model))
                workerIndex[name] = model = workerIndex.Count;
            tasks.Add(task);
            workers.Add(model);
            given.Add(Encode.Category(spec.Schema, vote.Label));
        }

        return WholeJob.Estimate(codes, new([.. tasks], [.. workers], [.. given], workerIndex.Count), decided, LeastConfidence);
    }

    /// <summary>The decided tasks, their labels, and where the label is known (gold, adjudicated) rather than voted.</summary>
    private async Task<DecidedTasks> DecidedAsync(Codes codes)
    {
        var found = new DecidedTasks(new(StringComparer.Ordinal), [], [], []);
        var gold = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var row in RowsAsync(GoldTable.Table))
        {
            if (row.Columns[GoldTable.RetiredAt].IsNull)
                gold.Add(row.Key[1].Text);
        }

        await foreach (var row in RowsAsync(TasksTable.Table, ("stage", "decided")))
        {
            if (row.Columns[TasksTable.DecidedBy].Text == "machine" && !gold.Contains(row.Key[0].Text))
                continue; // nobody voted
            found.Add(row.Key[0].Text, codes.Of(row.Columns[TasksTable.Label].Text), row.Columns[TasksTable.DecidedBy].Text == "adjudication" || gold.Contains(row.Key[0].Text));
            if (row.Columns[TasksTable.ModelVote] is { IsNull: false } vote)
                found.Models.Add((found.Ids.Count - 1, JsonSerializer.Deserialize(vote.Text, DomainJson.Default.ModelVote)!));
        }

        await foreach (var row in RowsAsync(TasksTable.Table, ("stage", "open")))
        {
            if (!row.Columns[TasksTable.Gold].IsNull && gold.Contains(row.Key[0].Text))
                found.Add(row.Key[0].Text, codes.Of(row.Columns[TasksTable.Gold].Text), known: true);
        }

        return found;
    }

    private async IAsyncEnumerable<Row> RowsAsync(Table table, params (string Column, Value Value)[] where)
    {
        IReadOnlyList<Value>? after = null;
        IReadOnlyList<Row> rows;
        do
        {
            rows = await log.Journal.ReadRowsAsync(new(table) { Where = [("job_id", Job.Value), .. where], After = after, Limit = PageSize }, CancellationToken.None);
            foreach (var row in rows)
                yield return row;
            after = rows.Count > 0 ? rows[^1].Key : null;
        }
        while (rows.Count == PageSize);
    }
}
