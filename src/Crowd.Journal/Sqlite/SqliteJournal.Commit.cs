namespace Crowd.Journal.Sqlite;

internal sealed partial class SqliteJournal
{
    private const string InsertEvent = "insert into events (position, stream, version, type, at, actor, data) values (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    private const string SelectVersion = "select version from events where stream = ?1 order by version desc limit 1";

    private const string PutSnapshot = """
        insert into snapshots as s (stream, version, data) values (?1, ?2, ?3)
        on conflict (stream) do update set version = excluded.version, data = excluded.data where s.version <= excluded.version
        """;

    private const string PutCheckpoint = """
        insert into checkpoints as c (follower, position) values (?1, ?2)
        on conflict (follower) do update set position = excluded.position where c.position < excluded.position
        """;

    private protected override async ValueTask<long?> CommitAsync(CommitBatch batch)
    {
        // Statements by shape are put together here, on the writer loop, while the thread may still flush the batch before.
        var rows = RowStatements.Of(batch.Rows);
        try
        {
            return await _thread.RunAsync(() => Write(session => WriteBatch(session, batch, rows)));
        }
        catch (VersionTakenException)
        {
            return null;
        }
    }

    private protected override async ValueTask<Dictionary<string, long>> ReadVersionsAsync(IReadOnlyCollection<string> streams) => await _thread.RunAsync(() =>
    {
        var session = _writer ??= OpenWriter();
        return streams.ToDictionary(s => s, s => VersionOf(session, s), StringComparer.Ordinal);
    });

    private static long? WriteBatch(SqliteSession session, CommitBatch batch, List<RowStatements> rows)
    {
        foreach (var (stream, version) in batch.Assumed)
        {
            if (VersionOf(session, stream) != version)
                throw new VersionTakenException();
        }

        var before = batch.Events.Count == 0 ? 0 : LastPosition(session);
        InsertEvents(session, batch.Events, before);
        foreach (var statement in rows)
            statement.Run(session, "");
        foreach (var snapshot in batch.Snapshots.Values)
        {
            var put = session.Prepare(PutSnapshot);
            put.Bind(1, snapshot.Stream);
            put.Bind(2, snapshot.Version);
            put.BindBytes(3, snapshot.Data.Span);
            put.Run();
        }

        foreach (var (follower, position) in batch.Checkpoints)
        {
            var put = session.Prepare(PutCheckpoint);
            put.Bind(1, follower);
            put.Bind(2, position);
            put.Run();
        }

        return before;
    }

    private static void InsertEvents(SqliteSession session, List<PendingEvent> events, long before)
    {
        var insert = session.Prepare(InsertEvent);
        for (var i = 0; i < events.Count; i++)
        {
            var e = events[i];
            insert.Bind(1, before + 1 + i);
            insert.Bind(2, e.Stream);
            insert.Bind(3, e.Version);
            insert.Bind(4, e.Type);
            insert.Bind(5, e.AtMicroseconds);
            insert.Bind(6, e.Actor);
            insert.BindText(7, e.Data.Span);
            try
            {
                insert.Run();
            }
            catch (SqliteStoreException taken) when (taken.IsTaken)
            {
                throw new VersionTakenException();
            }
        }
    }

    private static long LastPosition(SqliteSession session)
    {
        var select = session.Prepare("select max(position) from events");
        select.Step();
        var last = select.Integer(0);
        select.Reset();
        return last;
    }

    private static long VersionOf(SqliteSession session, string stream)
    {
        var select = session.Prepare(SelectVersion);
        select.Bind(1, stream);
        var version = select.Step() ? select.Integer(0) : 0;
        select.Reset();
        return version;
    }

    /// <summary>A stream has another version than the batch needs. Thrown to roll back.</summary>
    private sealed class VersionTakenException : Exception;
}
