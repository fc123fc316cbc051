using System.Text.Json;
using Crowd.Domain;
using Crowd.Journal;
using Crowd.Marketplace.Loop;
using Crowd.Marketplace.Tables;

namespace Crowd.Marketplace.Jobs;

/// <summary>What the events of a job change in the tables of jobs and tasks.</summary>
internal static class JobRows
{
    public static void Project(List<RowChange> rows, string stream, DateTimeOffset at, JobEvent e)
    {
        switch (e)
        {
            case JobEvent.Created c:
                rows.Add(Job(stream,
                    JobsTable.RequesterId.Set(c.Requester.Value),
                    JobsTable.Title.Set(c.Spec.Title),
                    JobsTable.Status.Set("draft"),
                    JobsTable.Spec.Set(Json(c.Spec)),
                    JobsTable.LabelKind.Set(Kind(c.Spec)),
                    JobsTable.Currency.Set(c.Spec.Currency.Code),
                    JobsTable.CreatedAt.Set(at)));
                break;
            case JobEvent.Changed c:
                rows.Add(Job(stream, JobsTable.Title.Set(c.Spec.Title), JobsTable.Spec.Set(Json(c.Spec)), JobsTable.LabelKind.Set(Kind(c.Spec)), JobsTable.Currency.Set(c.Spec.Currency.Code)));
                break;
            case JobEvent.LoopChanged l:
                rows.Add(Job(stream, JobsTable.Loop.Set(JsonSerializer.Serialize(l.Loop, DomainJson.Default.LoopPolicy))));
                break;
            case JobEvent.Imported i:
                rows.Add(Job(stream, JobsTable.Tasks.Add(i.Tasks - i.Gold), JobsTable.GoldTasks.Add(i.Gold)));
                break;
            case JobEvent.Funded f:
                rows.Add(Job(stream, JobsTable.Held.Add(f.AmountMicros)));
                break;
            case JobEvent.Opened:
                rows.Add(Job(stream, JobsTable.Status.Set("open"), JobsTable.OpenedAt.Set(at), JobsTable.PauseReason.Set(default)));
                break;
            case JobEvent.Paused p:
                rows.Add(Job(stream, JobsTable.Status.Set("paused"), JobsTable.PauseReason.Set(p.Reason)));
                break;
            case JobEvent.Closing c:
                rows.Add(Job(stream, JobsTable.Status.Set("closing"), JobsTable.GivenUp.Set(c.Cancelled)));
                break;
            case JobEvent.Closed c:
                rows.Add(Job(stream, JobsTable.Status.Set("closed"), JobsTable.ClosedAt.Set(at), JobsTable.Returned.Set(c.ReturnedMicros)));
                break;
            case JobEvent.HoldReturned h:
                rows.Add(Job(stream, JobsTable.Returned.Add(h.AmountMicros)));
                break;
            case JobEvent.WorkerExcluded or JobEvent.WorkerReadmitted:
                break;
            default:
                throw new InvalidOperationException($"No rows for {e.GetType().Name}.");
        }
    }

    public static void Project(List<RowChange> rows, DateTimeOffset at, TasksAdded added)
    {
        foreach (var task in added.Tasks)
        {
            rows.Add(RowChange.Put(TasksTable.Table, [task.Id.Value],
                TasksTable.JobId.Set(added.Job.Value),
                TasksTable.ExternalId.Set(task.ExternalId),
                TasksTable.InputHash.Set(task.InputHash),
                TasksTable.Priority.Set(task.Priority),
                TasksTable.Metadata.Set(task.Metadata is { } metadata ? metadata.GetRawText() : null),
                TasksTable.Gold.Set(task.Gold is null ? null : JsonSerializer.Serialize(task.Gold, DomainJson.Default.Answer)),
                TasksTable.Stage.Set("open"),
                TasksTable.AddedAt.Set(at)));
            if (task.Routing is { } routing)
                rows.Add(RowChange.Put(TasksTable.Table, [task.Id.Value], RoutingColumns(routing)));
            foreach (var prediction in task.Predictions ?? [])
                LoopRows.Add(rows, at, added.Job, task.Id, prediction);
            if (task.Gold is { } known)
            {
                rows.Add(RowChange.Put(GoldTable.Table, [added.Job.Value, task.Id.Value],
                    GoldTable.Known.Set(JsonSerializer.Serialize(known, DomainJson.Default.Answer)), GoldTable.Since.Set(at)));
            }
        }
    }

    /// <summary>What the rules said of a task.</summary>
    public static ColumnChange[] RoutingColumns(Routing routing) =>
    [
        TasksTable.Route.Set(routing is { Action: RouteAction.Accept, Audited: true } ? "audit" : routing.Action.ToString().ToLowerInvariant()),
        TasksTable.Routing.Set(JsonSerializer.Serialize(routing, DomainJson.Default.Routing)),
    ];

    private static RowChange Job(string stream, params ColumnChange[] columns) => RowChange.Put(JobsTable.Table, [stream], columns);

    /// <summary>The kind of label as in the schema's JSON.</summary>
    private static string Kind(JobSpec spec) => spec.Schema is LabelSchema.FreeText ? "text" : JsonNamingPolicy.CamelCase.ConvertName(spec.Schema.GetType().Name);

    private static string Json(JobSpec spec) => JsonSerializer.Serialize(spec, DomainJson.Default.JobSpec);
}
