using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace Crowd.Journal.Postgres;

internal sealed partial class PostgresJournal
{
    private const string SelectLast = "select coalesce(max(position), 0) from events";

    /// <summary>Fails, and the whole batch with it, when a stream does not have the version that was assumed.</summary>
    private const string CheckVersions = """
        select 1 / (case when exists (
            select from unnest($1::text[], $2::bigint[]) as a(stream, version)
            where a.version <> coalesce((select max(e.version) from events e where e.stream = a.stream), 0)) then 0 else 1 end)
        """;

    private const string InsertEvents = """
        insert into events (position, stream, version, type, at, actor, data)
        select (select coalesce(max(position), 0) from events) + u.place, u.stream, u.version, u.type, u.at, u.actor, u.data
        from unnest($1::text[], $2::bigint[], $3::text[], $4::bigint[], $5::text[], $6::text[])
            with ordinality as u(stream, version, type, at, actor, data, place)
        """;

    private const string PutSnapshots = """
        insert into snapshots as s (stream, version, data) select * from unnest($1::text[], $2::bigint[], $3::bytea[])
        on conflict (stream) do update set version = excluded.version, data = excluded.data where s.version <= excluded.version
        """;

    private const string PutCheckpoints = """
        insert into checkpoints as c (follower, position) select * from unnest($1::text[], $2::bigint[])
        on conflict (follower) do update set position = excluded.position where c.position < excluded.position
        """;

    private const string SelectVersions = """
        select a.stream, coalesce((select max(e.version) from events e where e.stream = a.stream), 0) from unnest($1::text[]) as a(stream)
        """;

    private protected override async ValueTask<long?> CommitAsync(CommitBatch batch)
    {
        try
        {
            return await _writer.UseAsync(connection => SendAsync(connection, batch, _sharing?.Fence()), CancellationToken.None);
        }
        catch (PostgresException e) when (e.IsUndone())
        {
            if (e.IsFenced())
                throw new JournalUnavailableException("This process is no member of the cluster any more: another has its grains.", e);
            if (e.IsVersionTaken())
                return null;
            if (e.IsRefusal())
                throw new RefusedBatchException(e.Message, e);
            throw new JournalUnavailableException(e.Message, e);
        }
        catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
        {
            throw new JournalOutcomeUnknownException("The database was lost while committing.", e);
        }
    }

    private protected override async ValueTask<Dictionary<string, long>> ReadVersionsAsync(IReadOnlyCollection<string> streams)
    {
        try
        {
            return await _writer.UseAsync(
                async connection =>
                {
                    var versions = new Dictionary<string, long>(StringComparer.Ordinal);
                    await using var command = new NpgsqlCommand(SelectVersions, connection) { Parameters = { Texts([.. streams]) } };
                    await using var reader = await command.ExecuteReaderAsync();
                    while (await reader.ReadAsync())
                        versions.Add(reader.GetString(0), reader.GetInt64(1));
                    return versions;
                },
                CancellationToken.None);
        }
        catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
        {
            throw new JournalUnavailableException(e.Message, e);
        }
    }

    /// <summary>
    /// Sends the batch in one piece. Statements sent together without a transaction of their own are one transaction, which the server
    /// commits when it has carried out the last, or undoes when one fails.
    /// </summary>
    private static async Task<long?> SendAsync(NpgsqlConnection connection, CommitBatch batch, string? fence)
    {
        await using var commands = Commands(connection, batch, fence);
        await using var reader = await commands.ExecuteReaderAsync();
        var before = 0L;
        if (fence is not null)
            await reader.NextResultAsync();
        if (batch.Events.Count > 0)
        {
            await reader.NextResultAsync();
            await reader.ReadAsync();
            before = reader.GetInt64(0);
        }

        while (await reader.NextResultAsync())
        {
        }

        return before;
    }

    private static NpgsqlBatch Commands(NpgsqlConnection connection, CommitBatch batch, string? fence)
    {
        var commands = new NpgsqlBatch(connection);
        commands.BatchCommands.Add(new NpgsqlBatchCommand(Lock));
        if (fence is not null)
            commands.BatchCommands.Add(new NpgsqlBatchCommand($"select sqrt(case when {fence} then 0 else -1 end)"));
        if (batch.Events.Count > 0)
            commands.BatchCommands.Add(new NpgsqlBatchCommand(SelectLast));
        if (batch.Assumed.Count > 0)
            commands.BatchCommands.Add(new NpgsqlBatchCommand(CheckVersions) { Parameters = { Texts([.. batch.Assumed.Keys]), Integers([.. batch.Assumed.Values]) } });
        if (batch.Events.Count > 0)
            commands.BatchCommands.Add(EventsCommand(batch.Events));
        foreach (var command in RowCommands.Of(batch.Rows, ""))
            commands.BatchCommands.Add(command);
        if (batch.Snapshots.Count > 0)
        {
            var snapshots = batch.Snapshots.Values;
            var data = new NpgsqlParameter<byte[][]> { TypedValue = [.. snapshots.Select(s => s.Data.ToArray())], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea };
            commands.BatchCommands.Add(new NpgsqlBatchCommand(PutSnapshots)
            {
                Parameters = { Texts([.. snapshots.Select(s => s.Stream)]), Integers([.. snapshots.Select(s => s.Version)]), data },
            });
        }

        if (batch.Checkpoints.Count > 0)
        {
            commands.BatchCommands.Add(new NpgsqlBatchCommand(PutCheckpoints)
            {
                Parameters = { Texts([.. batch.Checkpoints.Keys]), Integers([.. batch.Checkpoints.Values]) },
            });
        }

        return commands;
    }

    private static NpgsqlBatchCommand EventsCommand(List<PendingEvent> events)
    {
        var (streams, types, actors, data) = (new string[events.Count], new string[events.Count], new string[events.Count], new string[events.Count]);
        var (versions, ats) = (new long[events.Count], new long[events.Count]);
        for (var i = 0; i < events.Count; i++)
        {
            var e = events[i];
            (streams[i], versions[i], types[i], ats[i], actors[i]) = (e.Stream, e.Version, e.Type, e.AtMicroseconds, e.Actor);
            data[i] = Encoding.UTF8.GetString(e.Data.Span);
        }

        return new NpgsqlBatchCommand(InsertEvents)
        {
            Parameters = { Texts(streams), Integers(versions), Texts(types), Integers(ats), Texts(actors), Texts(data) },
        };
    }

    private static NpgsqlParameter Texts(string[] values) => new NpgsqlParameter<string[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };

    private static NpgsqlParameter Integers(long[] values) => new NpgsqlParameter<long[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint };
}
