using System.Text.Json;
using Crowd.Domain;
using Crowd.Journal;
using Crowd.Marketplace.Tables;
using Crowd.Marketplace.Tasks;

namespace Crowd.Marketplace.Loop;

/// <summary>
/// Applies a job's rules as they are now to tasks that came before them: those with predictions that are neither decided nor begun by anybody, those that a rule holds among
/// them. Nothing that people did is undone.
/// </summary>
/// <param name="Tasks">Tasks that were looked at.</param>
/// <param name="Begun">Of them, those left alone because people have begun.</param>
/// <param name="Unchanged">Those of which the rules say what they said before.</param>
/// <param name="Changes">What changes, or has changed, by what was and what is to be.</param>
/// <param name="Complete">False when there is more to change than <see cref="MostChanges"/>, or more to look at than <see cref="RoutingPreview.MostTasks"/>: apply again.</param>
public sealed record RuleApplication(int Tasks, int Begun, int Unchanged, IReadOnlyList<RuleChange> Changes, bool Complete)
{
    /// <summary>Most tasks that one call changes.</summary>
    public const int MostChanges = 2_000;

    private const int Together = 64;

    /// <summary>Finds what the rules would change and, unless it is only a preview, changes it.</summary>
    public static async Task<RuleApplication> RunAsync(IJournal journal, IGrainFactory grains, JobId job, JobSpec spec, bool preview)
    {
        var policy = spec.Loop ?? new LoopPolicy();
        var (tasks, begun, unchanged, complete) = (0, 0, 0, true);
        var changes = new Dictionary<(RouteAction? From, RouteAction To, string? Rule), int>();
        var gate = grains.GetGrain<IGateGrain>(job.Value);
        var changed = 0;
        await foreach (var chunk in RoutingPreview.ChunksAsync(journal, job))
        {
            var (drafts, before) = (new List<RoutingDraft>(), new List<Routing?>());
            foreach (var (task, predictions) in chunk)
            {
                // Tasks of decisions were routed with them; gold tasks measure people.
                if (DecisionId.Of(TaskId.From(task)) is not null || await journal.ReadRowAsync(TasksTable.Table, [task], CancellationToken.None) is not { } row
                    || !row.Columns[TasksTable.Gold].IsNull || row.Columns[TasksTable.Stage].Text is not ("open" or "escalated"))
                {
                    continue;
                }

                tasks++;
                var routing = row.Columns[TasksTable.Routing] is { IsNull: false } json ? JsonSerializer.Deserialize(json.Text, DomainJson.Default.Routing) : null;
                if (row.Columns[TasksTable.Offers].Integer > 0 || (row.Columns[TasksTable.Stage].Text == "escalated" && routing?.Action != RouteAction.Hold))
                {
                    begun++;
                    continue;
                }

                var input = await journal.ReadRowAsync(InputsTable.Table, [row.Columns[TasksTable.InputHash]], CancellationToken.None);
                drafts.Add(new(task, input?.Columns[InputsTable.Input].Text, PredictionReads.Metadata(row), predictions));
                before.Add(routing);
            }

            var routings = await gate.RouteAsync(policy, spec.Schema, drafts);
            var ready = new List<(TaskId Task, Routing Routing, Prediction Picked)>();
            for (var i = 0; i < routings.Count; i++)
            {
                if (routings[i] is not { } routing || before[i]?.SaysAs(routing) is true)
                {
                    unchanged++;
                    continue;
                }

                if (!preview && changed >= MostChanges)
                {
                    complete = false;
                    break;
                }

                changed++;
                var key = (before[i]?.Action, routing.Action, routing.Rule);
                changes[key] = changes.GetValueOrDefault(key) + 1;
                ready.Add((TaskId.From(drafts[i].Key), routing, policy.Pick(drafts[i].Predictions)!));
            }

            foreach (var some in preview ? [] : ready.Chunk(Together))
                await Task.WhenAll(some.Select(r => grains.GetGrain<ITaskGrain>(r.Task.Value).RerouteAsync(job, r.Routing, r.Picked)));
            if (complete && tasks < RoutingPreview.MostTasks)
                continue;
            complete = false;
            break;
        }

        return new(
            tasks, begun, unchanged,
            [.. changes.OrderByDescending(c => c.Value).ThenBy(c => c.Key.Rule, StringComparer.Ordinal).Select(c => new RuleChange(c.Key.From, c.Key.To, c.Key.Rule, c.Value))], complete);
    }
}

/// <summary>Tasks that go another way.</summary>
/// <param name="From">What the rules had said; null where none had been applied.</param>
/// <param name="To">What they say now.</param>
/// <param name="Rule">The rule; null where none matches and the crowd labels.</param>
/// <param name="Tasks">How many.</param>
public sealed record RuleChange(RouteAction? From, RouteAction To, string? Rule, int Tasks);
