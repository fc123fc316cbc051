using Crowd.Api.Access;
using Crowd.Api.Hosting;
using Crowd.Domain;
using Crowd.GraphQL;

namespace Crowd.Api.Jobs;

/// <summary>Queries about jobs.</summary>
public static class JobQueries
{
    /// <summary>One job, for members of its organisation and quality managers.</summary>
    public static Task<Job> GetJobAsync(JobId id, Caller caller, JobReads jobs, CancellationToken cancellationToken) => jobs.ForReaderAsync(id, caller, cancellationToken);

    /// <summary>An organisation's jobs, newest first.</summary>
    public static async Task<Connection<Job>> GetJobsAsync(
        RequesterId requester, JobState? status, int? first, string? after, int? last, string? before, Caller caller, Reads reads, CancellationToken cancellationToken)
    {
        caller.RequireReader(requester);
        var page = Page.From(first, after, last, before);
        var filter = status switch
        {
            null => "",
            JobState.Cancelled => " and status = 'closed' and given_up = 1",
            JobState.Closed => " and status = 'closed' and given_up = 0",
            { } s => $" and status = '{s.ToString().ToLowerInvariant()}'",
        };
        var (compare, order) = page.IsBackward ? (">", "asc") : ("<", "desc");
        var rows = await reads.ListAsync<Job>(
            $"select {JobReads.Columns} from jobs where requester_id = @requester{filter}{(page.Cursor is null ? "" : $" and job_id {compare} @cursor")} order by job_id {order} limit @limit",
            new { requester = requester.Value, cursor = page.Cursor, limit = page.Limit }, cancellationToken);
        return page.Of(rows, j => j.JobId, async token =>
            (int)await reads.FirstAsync<long>($"select count(*) from jobs where requester_id = @requester{filter}", new { requester = requester.Value }, token));
    }
}
