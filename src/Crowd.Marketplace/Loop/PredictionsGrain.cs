using System.Text.Json;
using Crowd.Domain;
using Crowd.Journal;
using Crowd.Marketplace.Jobs;
using Crowd.Marketplace.Log;
using Crowd.Marketplace.Tables;

namespace Crowd.Marketplace.Loop;

/// <inheritdoc cref="IPredictionsGrain"/>
/// <remarks>Its stream is not replayed: what is there is asked of the table of predictions.</remarks>
internal sealed class PredictionsGrain(EventLog log) : Grain, IPredictionsGrain
{
    private long _version;

    private JobId Job => JobId.From(this.GetPrimaryKeyString());

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var row = await log.Journal.ReadRowAsync(LoopsTable.Table, [Job.Value], cancellationToken);
        _version = row?.Columns[LoopsTable.PredictionVersion].Integer ?? 0;
    }

    public async Task<Outcome<AddedPredictions>> AddAsync(IReadOnlyList<PredictionDraft> drafts, string actor)
    {
        if (drafts.Count > PredictionsAdded.MaxPredictions)
            return Reject.With(RejectionCode.LimitExceeded, $"At most {PredictionsAdded.MaxPredictions} predictions are added at once.");
        var sight = await GrainFactory.GetGrain<IJobGrain>(Job.Value).GetSightAsync();
        if (sight.Spec is not { } spec)
            return Reject.NotFound("such job");
        var (known, refused, here) = (0, new List<RefusedPrediction>(), new Dictionary<(TaskId, string, string), Prediction>());
        for (var i = 0; i < drafts.Count; i++)
        {
            var looked = await LookAsync(drafts[i], spec.Schema, here);
            if (!looked.Accepted)
                refused.Add(new(i, looked.Rejection));
            else if (looked.Value.IsKnown)
                known++;
            else
                here.Add((looked.Value.Task, looked.Value.Prediction.Model, looked.Value.Prediction.Version), looked.Value.Prediction);
        }

        if (here.Count > 0)
            await CommitAsync(new() { Job = Job, Predictions = [.. here.Select(h => new TaskPrediction(h.Key.Item1, h.Value))] }, actor);
        return new AddedPredictions(here.Count, known, refused);
    }

    private async Task CommitAsync(PredictionsAdded added, string actor)
    {
        AppendResult result;
        try
        {
            result = await log.AppendAsync(PredictionsAdded.StreamOf(Job), _version, log.Now, actor, [added], null, CancellationToken.None);
        }
        catch (JournalOutcomeUnknownException unknown)
        {
            throw new InconsistentStateException($"Whether predictions of {Job} were committed is not known; the state is read again.", unknown);
        }

        _version = result is AppendResult.Committed committed
            ? committed.LastVersion
            : throw new InconsistentStateException($"The predictions of {Job} are not at version {_version}; the state is read again.");
    }

    private async Task<Outcome<Looked>> LookAsync(PredictionDraft draft, LabelSchema schema, Dictionary<(TaskId, string, string), Prediction> here)
    {
        if (await FindAsync(draft) is not { } task)
            return Reject.NotFound("such task in this job");
        var id = TaskId.From(task.Key[0].Text);
        if (draft.Prediction.Check(schema, await InputAsync(task, schema)) is { Count: > 0 } wrong)
            return Reject.Invalid(wrong);
        var prediction = draft.Prediction.Normalise(schema);
        if (!here.TryGetValue((id, prediction.Model, prediction.Version), out var before)
            && await log.Journal.ReadRowAsync(PredictionsTable.Table, [id.Value, prediction.Model, prediction.Version], CancellationToken.None) is { } row)
        {
            before = LoopRows.Read(row);
        }

        if (before is not null && before != prediction)
            return Reject.With(RejectionCode.IdempotencyConflict, "This version said something else of this task before: give what changed another version.");
        return new Looked(id, prediction, before is not null);
    }

    private async Task<Row?> FindAsync(PredictionDraft draft)
    {
        Row? row;
        if (draft.Task is { } id)
        {
            row = await log.Journal.ReadRowAsync(TasksTable.Table, [id.Value], CancellationToken.None);
        }
        else
        {
            var rows = await log.Journal.ReadRowsAsync(
                new(TasksTable.Table) { Where = [("job_id", Job.Value), ("external_id", draft.ExternalId ?? "")], Limit = 1 }, CancellationToken.None);
            row = rows.Count > 0 ? rows[0] : null;
        }

        return row?.Columns[TasksTable.JobId].Text == Job.Value ? row : null;
    }

    private async Task<TaskInput> InputAsync(Row task, LabelSchema schema)
    {
        if (!schema.ReadsInput)
            return TaskInput.Unknown;
        if (await log.Journal.ReadRowAsync(InputsTable.Table, [task.Columns[TasksTable.InputHash]], CancellationToken.None) is not { } input)
            return TaskInput.Unknown;
        using var json = JsonDocument.Parse(input.Columns[InputsTable.Input].Text);
        return TaskInput.Of(json.RootElement);
    }

    private sealed record Looked(TaskId Task, Prediction Prediction, bool IsKnown);
}
