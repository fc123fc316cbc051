using Crowd.Api.Access;
using Crowd.Api.Hosting;
using Crowd.Api.Jobs;
using Crowd.Api.Subscriptions;
using Crowd.Domain;

namespace Crowd.Api.Loop;

/// <summary>Decisions as they move.</summary>
public static class LoopSubscriptions
{
    /// <summary>The decisions of a job as they change, or one of them: that one also at once, so that nothing is missed between asking and following. For those who may see the job.</summary>
    public static async IAsyncEnumerable<DecisionView> DecisionChangesAsync(
        JobId job, DecisionId? decision, Caller caller, JobReads jobs, Reads reads, LogFeed feed, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await jobs.ForReaderAsync(job, caller, cancellationToken);
        var name = System.Text.Encoding.UTF8.GetBytes($"\"job\":\"{job.Value}\"");
        bool Concerns(Journal.StoredEvent e) => e.Type.StartsWith("decision.", StringComparison.Ordinal) && e.Data.Span.IndexOf(name) >= 0
            && (decision is not { } one || e.Stream == one.Value);

        // The feed is followed from its first MoveNext on: what happens before that is in the first reading.
        await using var changes = feed.FollowAsync(Concerns, cancellationToken).GetAsyncEnumerator(cancellationToken);
        var next = changes.MoveNextAsync().AsTask();
        if (decision is { } wanted)
        {
            var found = await LoopQueries.GetDecisionAsync(wanted, caller, reads, jobs, cancellationToken);
            if (found.Job != job)
                throw Refusals.NotFound("such decision in this job");
            yield return found;
        }

        while (await next)
        {
            var stream = changes.Current.Stream;
            next = changes.MoveNextAsync().AsTask();
            yield return await LoopQueries.GetDecisionAsync(DecisionId.From(stream), caller, reads, jobs, cancellationToken);
        }
    }
}
