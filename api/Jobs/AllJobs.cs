using Crowd.Api.Access;
using Crowd.Api.Hosting;
using Crowd.GraphQL;

namespace Crowd.Api.Jobs;

/// <summary>Jobs over all organisations.</summary>
public static class AllJobsQueries
{
    /// <summary>Jobs of all organisations, newest first. For quality managers.</summary>
    /// <param name="search">Only with this text in the title.</param>
    public static async Task<Connection<Job>> GetAllJobsAsync(
        string? search, int? first, string? after, int? last, string? before, Caller caller, Reads reads, CancellationToken cancellationToken)
    {
        caller.RequireQualityManager();
        var page = Page.From(first, after, last, before);
        var (compare, order) = page.IsBackward ? (">", "asc") : ("<", "desc");
        var rows = await reads.ListAsync<Job>(
            $"select {JobReads.Columns} from jobs where 1 = 1{(search is null ? "" : " and lower(title) like @search")}{(page.Cursor is null ? "" : $" and job_id {compare} @cursor")} order by job_id {order} limit @limit",
            new { search = $"%{search?.ToLowerInvariant()}%", cursor = page.Cursor, limit = page.Limit }, cancellationToken);
        return page.Of(rows, j => j.JobId);
    }
}
