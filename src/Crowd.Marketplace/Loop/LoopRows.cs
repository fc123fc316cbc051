using System.Text.Json;
using Crowd.Domain;
using Crowd.Journal;
using Crowd.Marketplace.Tables;

namespace Crowd.Marketplace.Loop;

/// <summary>What predictions and the events of models and decisions change in their tables.</summary>
internal static class LoopRows
{
    public static void Project(List<RowChange> rows, long version, DateTimeOffset at, PredictionsAdded added)
    {
        foreach (var (task, prediction) in added.Predictions)
            Add(rows, at, added.Job, task, prediction);
        rows.Add(RowChange.Put(LoopsTable.Table, [added.Job.Value], LoopsTable.PredictionVersion.Set(version)));
    }

    /// <summary>A prediction of a task.</summary>
    public static void Add(List<RowChange> rows, DateTimeOffset at, JobId job, TaskId task, Prediction prediction)
    {
        rows.Add(RowChange.Put(PredictionsTable.Table, [task.Value, prediction.Model, prediction.Version],
            PredictionsTable.JobId.Set(job.Value),
            PredictionsTable.Label.Set(Json(prediction.Label)),
            PredictionsTable.Confidence.Set(prediction.Confidence is { } sure ? sure : default(Value)),
            PredictionsTable.Scores.Set(prediction.Scores is { } scores ? JsonSerializer.Serialize(scores, DomainJson.Default.EquatableListClassScore) : null),
            PredictionsTable.Rationale.Set(prediction.Rationale),
            PredictionsTable.At.Set(at)));
        rows.Add(RowChange.Put(ModelsTable.Table, [job.Value, prediction.Model, prediction.Version], ModelsTable.Predictions.Add(1)));
        rows.Add(RowChange.Put(LoopsTable.Table, [job.Value], LoopsTable.Predictions.Add(1)));
    }

    /// <summary>The prediction that a row of <see cref="PredictionsTable"/> holds.</summary>
    public static Prediction Read(Row row) => new()
    {
        Model = row.Key[1].Text,
        Version = row.Key[2].Text,
        Label = JsonSerializer.Deserialize(row.Columns[PredictionsTable.Label].Text, DomainJson.Default.Answer)!,
        Confidence = row.Columns[PredictionsTable.Confidence] is { IsNull: false } sure ? sure.Real : null,
        Scores = row.Columns[PredictionsTable.Scores] is { IsNull: false } scores ? JsonSerializer.Deserialize(scores.Text, DomainJson.Default.EquatableListClassScore) : null,
        Rationale = row.Columns[PredictionsTable.Rationale] is { IsNull: false } rationale ? rationale.Text : null,
    };

    public static void Project(List<RowChange> rows, DateTimeOffset at, ModelEvent e)
    {
        Value[] key = [e.Job.Value, e.Model, e.Version];
        rows.Add(e switch
        {
            ModelEvent.Registered r => RowChange.Put(ModelsTable.Table, key, ModelsTable.Note.Set(r.Note)),
            ModelEvent.Measured m => RowChange.Put(ModelsTable.Table, key, ModelsTable.Figures.Set(JsonSerializer.Serialize(m.Figures, DomainJson.Default.ModelFigures)), ModelsTable.MeasuredAt.Set(at)),
            ModelEvent.Approved a => RowChange.Put(ModelsTable.Table, key, ModelsTable.Status.Set("approved"), ModelsTable.Reason.Set(a.Reason), ModelsTable.DecidedAt.Set(at)),
            ModelEvent.Retired r => RowChange.Put(ModelsTable.Table, key, ModelsTable.Status.Set("retired"), ModelsTable.Reason.Set(r.Reason), ModelsTable.DecidedAt.Set(at)),
            _ => throw new InvalidOperationException($"No rows for {e.GetType().Name}."),
        });
    }

    public static void Project(List<RowChange> rows, string stream, DateTimeOffset at, DecisionEvent e)
    {
        switch (e)
        {
            case DecisionEvent.Requested r:
                rows.Add(Decision(stream,
                    DecisionsTable.JobId.Set(r.Job.Value),
                    DecisionsTable.RequestKey.Set(r.Key),
                    DecisionsTable.InputHash.Set(r.InputHash),
                    DecisionsTable.Prediction.Set(JsonSerializer.Serialize(r.Prediction, DomainJson.Default.Prediction)),
                    DecisionsTable.Routing.Set(JsonSerializer.Serialize(r.Routing, DomainJson.Default.Routing)),
                    DecisionsTable.Rule.Set(r.Routing.Rule),
                    DecisionsTable.RequestedAt.Set(at)));
                rows.Add(Total(e, LoopsTable.Requested.Add(1)));
                break;
            case DecisionEvent.Accepted a:
                rows.Add(Decision(stream,
                    DecisionsTable.Status.Set("accepted"),
                    DecisionsTable.Waiting.Set(a.VetoUntil is not null),
                    DecisionsTable.Label.Set(Json(a.Label)),
                    DecisionsTable.Due.Set(a.VetoUntil),
                    DecisionsTable.Audited.Set(a.InAudit)));
                rows.Add(Total(e, LoopsTable.Waiting.Add(a.VetoUntil is null ? 0 : 1)));
                break;
            case DecisionEvent.Held h:
                rows.Add(Decision(stream,
                    DecisionsTable.Status.Set("held"),
                    DecisionsTable.Waiting.Set(true),
                    DecisionsTable.Label.Set(default),
                    DecisionsTable.WaitsFor.Set(h.For.ToString().ToLowerInvariant()),
                    DecisionsTable.Due.Set(h.Due),
                    DecisionsTable.Fallback.Set(h.Fallback.ToString().ToLowerInvariant())));
                rows.Add(Total(e, LoopsTable.Held.Add(1), LoopsTable.Waiting.Add(1)));
                break;
            case DecisionEvent.Vetoed v:
                rows.Add(Decision(stream, DecisionsTable.Reason.Set(v.Reason), DecisionsTable.VetoedAt.Set(at)));
                rows.Add(Total(e, LoopsTable.Vetoed.Add(1), LoopsTable.Waiting.Add(-1)));
                break;
            case DecisionEvent.FallbackApplied f:
                var refused = f.Fallback == GateFallback.Refuse;
                rows.Add(Decision(stream,
                    DecisionsTable.Status.Set(refused ? "refused" : "escalated"),
                    DecisionsTable.Waiting.Set(false),
                    DecisionsTable.Due.Set(default),
                    DecisionsTable.FallbackAt.Set(at)));
                rows.Add(Total(e, (refused ? LoopsTable.Refused : LoopsTable.Escalated).Add(1), LoopsTable.Waiting.Add(-1)));
                break;
            case DecisionEvent.Released r:
                rows.Add(Decision(stream,
                [
                    DecisionsTable.Status.Set("released"),
                    DecisionsTable.Waiting.Set(false),
                    DecisionsTable.Due.Set(default),
                    DecisionsTable.Label.Set(Json(r.Label)),
                    DecisionsTable.ReleasedBy.Set(r.By.ToString().ToLowerInvariant()),
                    DecisionsTable.Confidence.Set(r.Confidence is { } sure ? sure : default(Value)),
                    DecisionsTable.ReleasedAt.Set(at),
                    .. r.Reason is null ? [] : new[] { DecisionsTable.Reason.Set(r.Reason) },
                ]));
                var by = r.By switch { ReleasedBy.Machine => LoopsTable.ByMachine, ReleasedBy.Person => LoopsTable.ByPerson, _ => LoopsTable.ByConsensus };
                rows.Add(Total(e, by.Add(1), LoopsTable.Waiting.Add(r.Waited ? -1 : 0)));
                break;
            case DecisionEvent.Audited a:
                rows.Add(Decision(stream, DecisionsTable.AuditLabel.Set(Json(a.Label)), DecisionsTable.AuditAgrees.Set(a.Agrees)));
                rows.Add(Total(e, LoopsTable.Audited.Add(1), LoopsTable.AuditAgreed.Add(a.Agrees ? 1 : 0)));
                break;
            default:
                throw new InvalidOperationException($"No rows for {e.GetType().Name}.");
        }
    }

    private static RowChange Decision(string stream, params ColumnChange[] columns) => RowChange.Put(DecisionsTable.Table, [stream], columns);

    private static RowChange Total(DecisionEvent e, params ColumnChange[] columns) => RowChange.Put(LoopsTable.Table, [e.Job.Value], columns);

    private static string Json(Answer answer) => JsonSerializer.Serialize(answer, DomainJson.Default.Answer);
}
