using Crowd.Api.Access;
using Crowd.Api.Hosting;
using Crowd.Api.Jobs;
using Crowd.Api.Subscriptions;
using Crowd.Domain;
using Crowd.Marketplace.Loop;

namespace Crowd.Api.Loop;

/// <summary>Alerts of jobs.</summary>
public static class AlertQueries
{
    /// <summary>A job's alert rules and their alerts, for members of its organisation and quality managers.</summary>
    public static async Task<IReadOnlyList<AlertView>> GetAlertsAsync(JobId job, Caller caller, Reads reads, JobReads jobs, CancellationToken cancellationToken)
    {
        await jobs.ForReaderAsync(job, caller, cancellationToken);
        return await AlertView.OfJobAsync(job, reads, cancellationToken);
    }
}

/// <summary>Changes of alert rules.</summary>
public static class AlertMutations
{
    /// <summary>
    /// Replaces a job's alert rules, at most 20. A raised alert whose rule is no longer the same ends. Webhooks on alert.raised and alert.cleared and the subscription
    /// alertChanges tell of alerts. For its members.
    /// </summary>
    public static async Task<IReadOnlyList<AlertView>> SetAlertRulesAsync(
        JobId job, IReadOnlyList<AlertRuleInput> rules, Caller caller, IGrainFactory grains, Reads reads, JobReads jobs, CancellationToken cancellationToken)
    {
        await jobs.ForMemberAsync(job, caller, MemberRole.Editor, cancellationToken);
        (await grains.GetGrain<IAlertsGrain>(AlertEvent.StreamOf(job)).SetRulesAsync([.. rules.Select(r => r.ToDomain())], caller.Actor)).OrThrow();
        return await AlertView.OfJobAsync(job, reads, cancellationToken);
    }
}

/// <summary>Alerts as they are raised and cleared.</summary>
public static class AlertSubscriptions
{
    /// <summary>A job's alert rules and their alerts: at once, and whenever one is raised or cleared or the rules change. For those who may see the job.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<AlertView>> AlertChangesAsync(
        JobId job, Caller caller, JobReads jobs, Reads reads, LogFeed feed, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await jobs.ForReaderAsync(job, caller, cancellationToken);
        var stream = AlertEvent.StreamOf(job);

        // The feed is followed from its first MoveNext on: what happens before that is in the first reading.
        await using var changes = feed.FollowAsync(e => e.Stream == stream, cancellationToken).GetAsyncEnumerator(cancellationToken);
        var next = changes.MoveNextAsync().AsTask();
        yield return await AlertView.OfJobAsync(job, reads, cancellationToken);
        while (await next)
        {
            next = changes.MoveNextAsync().AsTask();
            yield return await AlertView.OfJobAsync(job, reads, cancellationToken);
        }
    }
}
