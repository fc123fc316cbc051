using System.Text.Json;
using Crowd.Domain;
using Crowd.Journal;
using Crowd.Marketplace.Jobs;
using Crowd.Marketplace.Loop;
using Crowd.Marketplace.Tables;
using Crowd.Marketplace.Tasks;

namespace Crowd.Marketplace.Reactors;

/// <content>What follows from predictions, models and decisions.</content>
public sealed partial class MarketReactor
{
    /// <summary>Tasks that are seen to at the same time.</summary>
    private const int Together = 64;

    /// <summary>Whether the event concerns machines. Tasks are many: those that it does not are known without reading their event.</summary>
    private static bool ConcernsLoop(StoredEvent stored) => stored.Type switch
    {
        "prediction.added" or "model.registered" or "model.measured" or "model.approved" or "model.retired" => true,
        "job.tasks-added" => stored.Data.Span.IndexOf("\"routing\":"u8) >= 0,
        "task.decided" => Id.TryParse<TaskId>(stored.Stream, out var task) && DecisionId.Of(task) is not null,
        _ => false,
    };

    private Task HandleLoopAsync(StoredEvent stored, DomainEvent e) => e switch
    {
        PredictionsAdded p => grains.GetGrain<IGateGrain>(p.Job.Value).RouteTasksAsync([.. p.Predictions.Select(x => x.Task).Distinct()]),
        TasksAdded a => RouteAsync(a),
        ModelEvent m => grains.GetGrain<IGateGrain>(m.Job.Value).RefreshModelsAsync(),
        TaskEvent.Decided d when DecisionId.Of(TaskId.From(stored.Stream)) is { } decision =>
            grains.GetGrain<IDecisionGrain>(decision.Value).HearAsync(d.Label, d.Confidence, d.By == DecidedBy.Adjudication, d.Reason),
        _ => Task.CompletedTask,
    };

    /// <summary>Has tasks decided or escalated whose rules said so when they were added. The others' rules stand in their rows, for the job to give them out by.</summary>
    private async Task RouteAsync(TasksAdded added)
    {
        foreach (var chunk in added.Tasks.Where(t => t is { Routing.Withheld: true, Predictions: not null }).Chunk(Together))
        {
            await Task.WhenAll(chunk.Select(t => grains.GetGrain<ITaskGrain>(t.Id.Value).RouteAsync(
                added.Job, t.Routing!, t.Predictions!.Last(p => p.Model == t.Routing!.Model && p.Version == t.Routing!.ModelVersion))));
        }
    }

    /// <summary>
    /// Makes tasks of decisions that wait for the crowd or for experts, and of those in the audit sample; as many as came together at once. A job that takes no
    /// tasks any more has none made: the decision's fallback applies when its time is over.
    /// </summary>
    private async Task AskPeopleAsync(IReadOnlyList<StoredEvent> events, CancellationToken cancellationToken)
    {
        var asked = new Dictionary<JobId, List<DecisionId>>();
        foreach (var stored in events.Where(e => e.Type is "decision.held" or "decision.accepted"))
        {
            var e = (DecisionEvent)EventTypes.Read(stored.Type, stored.Data.Span);
            if (e is not (DecisionEvent.Held { For: RouteAction.Crowd or RouteAction.Expert } or DecisionEvent.Accepted { InAudit: true }))
                continue;
            if (!asked.TryGetValue(e.Job, out var ids))
                asked.Add(e.Job, ids = []);
            ids.Add(DecisionId.From(stored.Stream));
        }

        foreach (var (job, ids) in asked)
        {
            foreach (var chunk in ids.Chunk(TasksAdded.MaxTasks))
                await AddTasksAsync(job, chunk, cancellationToken);
        }
    }

    private async Task AddTasksAsync(JobId job, DecisionId[] decisions, CancellationToken cancellationToken)
    {
        var drafts = new List<TaskDraft>();
        foreach (var id in decisions)
        {
            var row = await journal.ReadRowAsync(DecisionsTable.Table, [id.Value], cancellationToken) ?? throw new InvalidOperationException($"{id} has no row.");
            if (await journal.ReadRowAsync(InputsTable.Table, [row.Columns[DecisionsTable.InputHash]], cancellationToken) is not { } input)
                continue; // it was erased: there is nothing to put before people
            drafts.Add(new()
            {
                ExternalId = id.Value,
                Input = input.Columns[InputsTable.Input].Text,
                InputHash = row.Columns[DecisionsTable.InputHash].Text,
                Predictions = [JsonSerializer.Deserialize(row.Columns[DecisionsTable.Prediction].Text, DomainJson.Default.Prediction)!],
                Decision = (id, JsonSerializer.Deserialize(row.Columns[DecisionsTable.Routing].Text, DomainJson.Default.Routing)!),
            });
        }

        if (drafts.Count == 0)
            return;
        var added = await grains.GetGrain<IJobGrain>(job.Value).AddTasksAsync("gate", drafts, System);
        if (!added.Accepted && added.Rejection.Code is not (RejectionCode.JobStatus or RejectionCode.LimitExceeded))
            throw new InvalidOperationException($"Decisions of {job} could not be put before people: {added.Rejection.Message}");
    }
}
