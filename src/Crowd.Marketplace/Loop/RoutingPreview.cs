using System.Text.Json;
using Crowd.Consensus.Oversight;
using Crowd.Domain;
using Crowd.Journal;
using Crowd.Marketplace.Tables;

namespace Crowd.Marketplace.Loop;

/// <summary>What a policy would have done with the predictions there are.</summary>
/// <param name="Tasks">Tasks with predictions that were looked at.</param>
/// <param name="Complete">False when there are more than <see cref="MostTasks"/>; then those with the lowest ids were looked at.</param>
/// <param name="Parts">By rule, in their order; last what no rule matched.</param>
/// <param name="CostMicros">What people's answers would cost, pay and fees: the least answers of the policy for each task that goes to the crowd or to experts.</param>
/// <param name="AllCostMicros">The same, had all tasks gone to people.</param>
/// <param name="Error">Share of accepted predictions that people contradict, with its 95 % interval (Wilson), from those that people labelled, too.</param>
public sealed record RoutingPreview(int Tasks, bool Complete, IReadOnlyList<RoutingPart> Parts, long CostMicros, long AllCostMicros, Estimate Error)
{
    /// <summary>Most tasks that are looked at.</summary>
    public const int MostTasks = 20_000;

    private const int Page = 1_000;

    /// <summary>Applies the policy, which must be valid, to the job's tasks, with the model versions approved that are approved now.</summary>
    public static async Task<RoutingPreview> RunAsync(IJournal journal, IGrainFactory grains, JobId job, JobSpec spec, LoopPolicy policy)
    {
        var parts = new Dictionary<(string? Rule, RouteAction Action), (int Tasks, int Known, int Wrong)>();
        var (tasks, complete, cost) = (0, true, 0L);
        var gate = grains.GetGrain<IGateGrain>(job.Value);
        await foreach (var chunk in ChunksAsync(journal, job))
        {
            var drafts = new List<RoutingDraft>();
            var rows = new List<Row>();
            foreach (var (task, predictions) in chunk)
            {
                if (await journal.ReadRowAsync(TasksTable.Table, [task], CancellationToken.None) is not { } row || !row.Columns[TasksTable.Gold].IsNull)
                    continue;
                var input = await journal.ReadRowAsync(InputsTable.Table, [row.Columns[TasksTable.InputHash]], CancellationToken.None);
                drafts.Add(new(task, input?.Columns[InputsTable.Input].Text, PredictionReads.Metadata(row), predictions));
                rows.Add(row);
            }

            var routings = await gate.RouteAsync(policy, spec.Schema, drafts);
            for (var i = 0; i < routings.Count; i++)
            {
                if (routings[i] is not { } routing)
                    continue;
                tasks++;
                cost += routing.Withheld ? 0 : spec.Policies.Redundancy.MinAnswers * spec.CostOfAnswerMicros;
                var part = parts.GetValueOrDefault((routing.Rule, routing.Action));
                var human = ModelComparison.HumanLabel(rows[i]);
                var wrong = human is not null && !Agreement.Agrees(spec.Schema, policy.Pick(drafts[i].Predictions)!.Label, human);
                parts[(routing.Rule, routing.Action)] = (part.Tasks + 1, part.Known + (human is null ? 0 : 1), part.Wrong + (wrong ? 1 : 0));
            }

            if (tasks < MostTasks)
                continue;
            complete = false;
            break;
        }

        var accepted = parts.Where(p => p.Key.Action == RouteAction.Accept).Select(p => p.Value).ToList();
        return new(
            tasks,
            complete,
            [
                .. parts.OrderBy(p => Place(policy, p.Key.Rule)).ThenBy(p => p.Key.Action).Select(p =>
                    new RoutingPart(p.Key.Rule, p.Key.Action, p.Value.Tasks, p.Value.Known, p.Value.Wrong, Share.Wilson(p.Value.Wrong, p.Value.Known))),
            ],
            cost,
            (long)tasks * spec.Policies.Redundancy.MinAnswers * spec.CostOfAnswerMicros,
            Share.Wilson(accepted.Sum(a => a.Wrong), accepted.Sum(a => a.Known)));
    }

    private static int Place(LoopPolicy policy, string? rule)
    {
        for (var i = 0; i < policy.Rules.Count; i++)
        {
            if (policy.Rules[i].Id == rule)
                return i;
        }

        return int.MaxValue;
    }

    /// <summary>Tasks and their predictions, oldest first, a page at a time.</summary>
    internal static async IAsyncEnumerable<List<(string Task, IReadOnlyList<Prediction> Predictions)>> ChunksAsync(IJournal journal, JobId job)
    {
        IReadOnlyList<Value>? after = null;
        List<Row> rest = [];
        IReadOnlyList<Row> rows;
        do
        {
            rows = await journal.ReadRowsAsync(new(PredictionsTable.Table) { Where = [("job_id", job.Value)], After = after, Limit = Page }, CancellationToken.None);
            after = rows.Count > 0 ? rows[^1].Key : null;
            rest.AddRange(rows);

            // The last task of a page may have more predictions on the next one.
            var last = rows.Count == Page ? rest[^1].Key[0].Text : null;
            yield return
            [
                .. rest.Where(r => r.Key[0].Text != last).GroupBy(r => r.Key[0].Text, StringComparer.Ordinal).Select(g =>
                    (g.Key, (IReadOnlyList<Prediction>)[.. g.OrderBy(r => r.Columns[PredictionsTable.At].Integer).Select(LoopRows.Read)])),
            ];
            rest.RemoveAll(r => r.Key[0].Text != last);
        }
        while (rows.Count == Page);
    }
}

/// <summary>What a rule would have done.</summary>
/// <param name="Rule">Its id; null where none matched.</param>
/// <param name="Action">What it does; another than the rule's where a label wants a person.</param>
/// <param name="Tasks">Tasks it matched.</param>
/// <param name="Known">Those that people labelled, too.</param>
/// <param name="Wrong">Those of them whose prediction people contradict.</param>
/// <param name="Error">The share, with its 95 % interval.</param>
public sealed record RoutingPart(string? Rule, RouteAction Action, int Tasks, int Known, int Wrong, Estimate Error);
