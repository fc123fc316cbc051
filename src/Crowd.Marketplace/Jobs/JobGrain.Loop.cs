using System.Text.Json;
using Crowd.Domain;
using Crowd.Journal;
using Crowd.Marketplace.Loop;
using Crowd.Marketplace.Tables;

namespace Crowd.Marketplace.Jobs;

/// <content>What the job's rules have to do with its queue.</content>
internal sealed partial class JobGrain
{
    /// <summary>Most qualifications that rules of one job may ever ask for.</summary>
    private const int MostWanted = 63;

    private readonly List<string> _wanted = [];

    /// <summary>What the rules say of tasks that come with predictions, by their place in the list.</summary>
    private async Task<IReadOnlyList<Routing?>> RouteAsync(IReadOnlyList<(TaskId Task, TaskDraft Draft)> drafts)
    {
        var routings = new Routing?[drafts.Count];
        var routed = new List<int>();
        for (var i = 0; i < routings.Length; i++)
        {
            routings[i] = drafts[i].Draft.Decision?.Routing;
            if (routings[i] is null && drafts[i].Draft is { Gold: null, Predictions.Count: > 0 })
                routed.Add(i);
        }

        if (routed.Count == 0 || Spec.Loop is not { Rules.Count: > 0 } policy)
            return routings;
        var said = await GrainFactory.GetGrain<IGateGrain>(Stream).RouteAsync(policy, Spec.Schema,
            [.. routed.Select(i => new RoutingDraft(drafts[i].Task.Value, drafts[i].Draft.Input, drafts[i].Draft.Metadata, drafts[i].Draft.Predictions!))]);
        for (var i = 0; i < routed.Count; i++)
            routings[routed[i]] = said[i];
        return routings;
    }

    /// <summary>What the rules said of a task, from its row.</summary>
    private static Routing? RoutingOf(Row task) => task.Columns[TasksTable.Routing] is { IsNull: false } routing
        ? JsonSerializer.Deserialize(routing.Text, DomainJson.Default.Routing)
        : null;

    /// <summary>The number of the qualification that a task wants; 0 for none.</summary>
    private byte NumberOf(Routing? routing)
    {
        if (routing is not { Action: RouteAction.Expert, Qualification: { } qualification })
            return 0;
        if (_wanted.IndexOf(qualification) is >= 0 and var at)
            return (byte)(at + 1);
        if (_wanted.Count == MostWanted)
            throw new InvalidOperationException($"The rules of {Stream} asked for more than {MostWanted} qualifications.");
        _wanted.Add(qualification);
        return (byte)_wanted.Count;
    }

    /// <summary>Which of the wanted qualifications the worker has, as bits by their numbers.</summary>
    private ulong BitsOf(IReadOnlySet<string> qualifications)
    {
        var bits = 0UL;
        for (var i = 0; i < _wanted.Count; i++)
            bits |= qualifications.Contains(_wanted[i]) ? 1UL << (i + 1) : 0;
        return bits;
    }
}
