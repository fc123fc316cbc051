using System.Globalization;
using System.Text.Json;
using Crowd.Api.Access;
using Crowd.Api.Hosting;
using Crowd.Api.Jobs;
using Crowd.Domain;
using Crowd.GraphQL;
using Crowd.Journal;

namespace Crowd.Api.Audit;

/// <summary>An event of the log.</summary>
public sealed class LogEntry
{
    internal const string Columns = "position, stream, version, type, at as at_micros, actor, data as data_text";

    [GraphQLIgnore]
    public long AtMicros { get; set; }

    [GraphQLIgnore]
    public string DataText { get; set; } = "";

    /// <summary>Where it stands in the whole log.</summary>
    public long Position { get; set; }

    /// <summary>Of what it is: the id of a job, a task, a worker.</summary>
    public string Stream { get; set; } = "";

    /// <summary>Where it stands in its stream, from 1.</summary>
    public long Version { get; set; }

    /// <summary>What happened.</summary>
    public string Type { get; set; } = "";

    public DateTimeOffset At => Instants.FromMicroseconds(AtMicros);

    /// <summary>Who did it: the id of a person or a key, or <c>system</c>.</summary>
    public string Actor { get; set; } = "";

    /// <summary>All there is to say of it.</summary>
    public JsonElement GetData(AssignmentSeal seal) => JsonSerializer.Deserialize(seal.CloseAll(DataText), ApiJson.Default.JsonElement);
}

/// <summary>Queries of the log.</summary>
public static class AuditQueries
{
    /// <summary>
    /// The whole log, newest first, for quality managers and administrators. With a type, an actor or a time and without a stream, one page looks through
    /// 200,000 entries (unless the server is told otherwise) and may come short or empty: while the log goes on, hasNextPage is true and endCursor says how far it looked.
    /// </summary>
    /// <param name="stream">Only of this job, task, worker, requester or payout.</param>
    /// <param name="type">Only of this type, for example <c>task.decided</c>; with a dot at its end, all that begin so: <c>worker.</c></param>
    /// <param name="actor">Only by this person or key.</param>
    public static async Task<Connection<LogEntry>> GetAuditTrailAsync(
        string? stream, string? type, string? actor, DateTimeOffset? from, DateTimeOffset? until, int? first, string? after, int? last, string? before,
        Caller caller, Reads reads, ApiOptions options, CancellationToken cancellationToken)
    {
        caller.RequireQualityManager();
        var where = new List<string>();
        if (stream is not null)
            where.Add("stream = @stream");
        if (type is not null)
            where.Add(type.EndsWith('.') ? "type >= @type and type < @beyond" : "type = @type");
        if (actor is not null)
            where.Add("actor = @actor");
        if (from is not null)
            where.Add("at >= @from");
        if (until is not null)
            where.Add("at < @until");
        var filters = new { stream, type, beyond = type?[..^1] + "/", actor, from = from?.ToMicroseconds(), until = until?.ToMicroseconds() };
        var page = Page.From(first, after, last, before);
        return where.Count == 0 || stream is not null
            ? await ReadAsync(where, filters, page, reads, cancellationToken)
            : await SearchAsync(where, filters, page, options.AuditReach, reads, cancellationToken);
    }

    /// <summary>A page of what has no index, so that no search reads the whole log at once.</summary>
    private static async Task<Connection<LogEntry>> SearchAsync(List<string> where, object filters, Page page, long reach, Reads reads, CancellationToken cancellationToken)
    {
        var newest = await reads.FirstAsync<long?>("select max(position) from events", null, cancellationToken) ?? 0;
        var cursor = page.Cursor is null ? (long?)null : Position(page.Cursor);
        var (low, high) = page.IsBackward
            ? (cursor ?? 0, (cursor ?? 0) + reach)
            : ((cursor ?? newest + 1) - reach - 1, (cursor ?? newest + 1) - 1);
        where.Add("position > @low and position <= @high");
        var parameters = new Dapper.DynamicParameters(filters);
        parameters.AddDynamicParams(new { low, high, limit = page.Limit });
        var rows = await reads.ListAsync<LogEntry>(
            $"select {LogEntry.Columns} from events where {string.Join(" and ", where)} order by position {(page.IsBackward ? "asc" : "desc")} limit @limit", parameters, cancellationToken);
        var found = page.Of(rows, Cursor);
        var info = found.PageInfo;
        if (rows.Count > page.Size)
            return found;
        // All of the stretch was looked at.
        return page.IsBackward
            ? new(found.Edges, info with { HasPreviousPage = high < newest, StartCursor = Cursor(high + 1) })
            : new(found.Edges, info with { HasNextPage = low > 0, EndCursor = low > 0 ? Cursor(low + 1) : info.EndCursor });
    }

    /// <summary>What happened to a job as a whole, newest first, for those who may see it.</summary>
    public static async Task<Connection<LogEntry>> GetJobHistoryAsync(
        JobId job, int? first, string? after, int? last, string? before, Caller caller, JobReads jobs, Reads reads, CancellationToken cancellationToken)
    {
        await jobs.ForReaderAsync(job, caller, cancellationToken);
        return await ReadAsync(["stream = @stream"], new { stream = job.Value }, Page.From(first, after, last, before), reads, cancellationToken);
    }

    private static async Task<Connection<LogEntry>> ReadAsync(List<string> where, object filters, Page page, Reads reads, CancellationToken cancellationToken)
    {
        var parameters = new Dapper.DynamicParameters(filters);
        var (compare, order) = page.IsBackward ? (">", "asc") : ("<", "desc");
        if (page.Cursor is { } cursor)
        {
            where.Add($"position {compare} @cursor");
            parameters.Add("cursor", Position(cursor));
        }

        parameters.Add("limit", page.Limit);
        var filter = where.Count == 0 ? "" : " where " + string.Join(" and ", where);
        var rows = await reads.ListAsync<LogEntry>($"select {LogEntry.Columns} from events{filter} order by position {order} limit @limit", parameters, cancellationToken);
        return page.Of(rows, Cursor);
    }

    private static string Cursor(LogEntry entry) => Cursor(entry.Position);

    private static string Cursor(long position) => position.ToString(CultureInfo.InvariantCulture);

    private static long Position(string cursor) =>
        long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position : throw Refusals.Invalid("That is no cursor of this list.");
}
