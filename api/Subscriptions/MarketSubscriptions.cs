using Crowd.Api.Access;
using Crowd.Api.Hosting;
using Crowd.Api.Jobs;
using Crowd.Api.Tasks;
using Crowd.Api.Workers;
using Crowd.Domain;
using Crowd.Journal;

namespace Crowd.Api.Subscriptions;

/// <summary>What can be followed as it happens.</summary>
public static class MarketSubscriptions
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    /// <summary>The job as it moves: at once, and then after changes, at most four times a second. For those who may see it.</summary>
    public static async IAsyncEnumerable<Job> JobProgressAsync(
        JobId job, Caller caller, JobReads jobs, LogFeed feed, TimeProvider time,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return await jobs.ForReaderAsync(job, caller, cancellationToken);
        var last = DateTimeOffset.MinValue;
        await foreach (var _ in feed.FollowAsync(Concerns(job), cancellationToken))
        {
            if (time.GetUtcNow() - last < Pace)
                await Task.Delay(Pace, time, cancellationToken);
            last = time.GetUtcNow();
            yield return await jobs.ForReaderAsync(job, caller, cancellationToken);
        }
    }

    /// <summary>The job's tasks as they are decided. For those who may see the job.</summary>
    public static async IAsyncEnumerable<TaskView> DecisionsAsync(
        JobId job, Caller caller, JobReads jobs, Reads reads, LogFeed feed, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await jobs.ForReaderAsync(job, caller, cancellationToken);
        var ofJob = Concerns(job);
        await foreach (var e in feed.FollowAsync(e => e.Type is "task.decided" or "task.revised" && ofJob(e), cancellationToken))
            yield return await TaskQueries.GetTaskAsync(TaskId.From(e.Stream), caller, reads, jobs, cancellationToken);
    }

    /// <summary>Jobs as they are opened. For workers.</summary>
    public static async IAsyncEnumerable<Listing> AvailableWorkAsync(
        Caller caller, Reads reads, LogFeed feed, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        caller.RequireWorker();
        await foreach (var e in feed.FollowAsync(e => e.Type is "job.opened" or "job.imported" or "job.funded", cancellationToken))
        {
            var found = await MarketplaceQueries.GetMarketplaceAsync(null, null, 100, null, null, null, caller, reads, cancellationToken);
            foreach (var listing in found.GetNodes().Where(l => l.Id.Value == e.Stream))
                yield return listing;
        }
    }

    /// <summary>Whether an event is of the job or of one of its tasks; the job's id stands in every task event.</summary>
    private static Func<StoredEvent, bool> Concerns(JobId job)
    {
        var name = System.Text.Encoding.UTF8.GetBytes($"\"{job.Value}\"");
        return e => e.Stream == job.Value || (e.Type.StartsWith("task.", StringComparison.Ordinal) && e.Data.Span.IndexOf(name) >= 0);
    }
}
