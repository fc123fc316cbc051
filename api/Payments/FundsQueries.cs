using Crowd.Api.Access;
using Crowd.Api.Hosting;
using Crowd.Api.Jobs;
using Crowd.Domain;
using Crowd.GraphQL;

namespace Crowd.Api.Payments;

/// <summary>Queries about money in: top-ups, refunds, disputes; and bonuses.</summary>
public static class FundsQueries
{
    /// <summary>One top-up, for members of its organisation.</summary>
    public static async Task<TopUpView> GetTopUpAsync(TopUpId id, Caller caller, Reads reads, CancellationToken cancellationToken)
    {
        caller.RequirePerson();
        var row = await reads.FirstAsync<TopUpView>($"select {TopUpView.Columns} from top_ups where top_up_id = @id", new { id = id.Value }, cancellationToken);
        if (row is null || !caller.MayRead(RequesterId.From(row.RequesterId)))
            throw Refusals.NotFound("such top-up, or you may not see it");
        return row;
    }

    /// <summary>An organisation's top-ups, newest first. For members.</summary>
    public static Task<Connection<TopUpView>> GetTopUpsAsync(
        RequesterId requester, int? first, string? after, int? last, string? before, Caller caller, Reads reads, CancellationToken cancellationToken)
    {
        caller.RequireMember(requester, MemberRole.Viewer);
        return ListAsync<TopUpView>(reads, TopUpView.Columns, "top_ups", "top_up_id", "requester_id", requester.Value, Page.From(first, after, last, before), t => t.TopUpId, cancellationToken);
    }

    /// <summary>An organisation's refunds, newest first. For members.</summary>
    public static Task<Connection<RefundView>> GetRefundsAsync(
        RequesterId requester, int? first, string? after, int? last, string? before, Caller caller, Reads reads, CancellationToken cancellationToken)
    {
        caller.RequireMember(requester, MemberRole.Viewer);
        return ListAsync<RefundView>(reads, RefundView.Columns, "refunds", "refund_id", "requester_id", requester.Value, Page.From(first, after, last, before), r => r.RefundId, cancellationToken);
    }

    /// <summary>An organisation's disputes. For members.</summary>
    public static Task<Connection<DisputeView>> GetDisputesAsync(
        RequesterId requester, int? first, string? after, int? last, string? before, Caller caller, Reads reads, CancellationToken cancellationToken)
    {
        caller.RequireMember(requester, MemberRole.Viewer);
        return ListAsync<DisputeView>(reads, DisputeView.Columns, "disputes", "dispute_id", "requester_id", requester.Value, Page.From(first, after, last, before), d => d.DisputeId, cancellationToken);
    }

    /// <summary>The bonuses paid on a job, newest first. For members of its organisation.</summary>
    public static async Task<Connection<BonusView>> GetBonusesAsync(
        JobId job, int? first, string? after, int? last, string? before, Caller caller, Reads reads, JobReads jobs, CancellationToken cancellationToken)
    {
        await jobs.ForMemberAsync(job, caller, MemberRole.Viewer, cancellationToken);
        return await ListAsync<BonusView>(reads, BonusView.Columns, "bonuses", "bonus_id", "job_id", job.Value, Page.From(first, after, last, before), b => b.BonusId, cancellationToken);
    }

    /// <summary>The caller's bonuses, newest first. For workers.</summary>
    public static Task<Connection<BonusView>> GetMyBonusesAsync(
        int? first, string? after, int? last, string? before, Caller caller, Reads reads, CancellationToken cancellationToken) =>
        ListAsync<BonusView>(reads, BonusView.Columns, "bonuses", "bonus_id", "worker_id", caller.RequireWorker().Value, Page.From(first, after, last, before), b => b.BonusId, cancellationToken);

    private static async Task<Connection<T>> ListAsync<T>(
        Reads reads, string columns, string table, string key, string of, string value, Page page, Func<T, string> cursorOf, CancellationToken cancellationToken)
        where T : notnull
    {
        var (compare, order) = page.IsBackward ? (">", "asc") : ("<", "desc");
        var rows = await reads.ListAsync<T>(
            $"select {columns} from {table} where {of} = @value{(page.Cursor is null ? "" : $" and {key} {compare} @cursor")} order by {key} {order} limit @limit",
            new { value, cursor = page.Cursor, limit = page.Limit }, cancellationToken);
        return page.Of(rows, cursorOf, async token => (int)await reads.FirstAsync<long>($"select count(*) from {table} where {of} = @value", new { value }, token));
    }
}
