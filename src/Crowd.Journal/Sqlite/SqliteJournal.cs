using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace Crowd.Journal.Sqlite;

/// <summary>
/// The journal in one SQLite file: write-ahead log, flushed at every commit. One connection writes, on a thread of its own; reads have
/// theirs and run on the caller's thread, because they touch memory or a local file.
/// </summary>
internal sealed partial class SqliteJournal : GroupCommitJournal, ISqlReads
{
    /// <summary>Pages in the write-ahead log after which they are moved to the database (64 MiB).</summary>
    private const int CheckpointPages = 16_384;

    /// <summary>Memory for the writer's pages, in KiB.</summary>
    private const int WriterCacheKibibytes = 65_536;

    /// <summary>Idle connections kept for reading.</summary>
    private const int ReadersKept = 16;

    private readonly string _file;
    private readonly string _readConnection;
    private readonly WriterThread _thread;
    private readonly ConcurrentBag<SqliteSession> _readers = [];
    private SqliteSession? _writer;

    /// <summary>Opens nothing yet: the file is created by the first write.</summary>
    /// <param name="connectionString">As Microsoft.Data.Sqlite reads it; of its options only <c>Data Source</c>, a file, counts.</param>
    /// <param name="loggerFactory">Where failures are logged; null for nowhere.</param>
    public SqliteJournal(string connectionString, ILoggerFactory? loggerFactory)
        : base(loggerFactory, inline: false)
    {
        _file = Path.GetFullPath(new SqliteConnectionStringBuilder(connectionString).DataSource);
        _readConnection = new SqliteConnectionStringBuilder { DataSource = _file, Mode = SqliteOpenMode.ReadOnly }.ToString();
        _thread = new WriterThread("Crowd.Journal writer");
    }

    /// <summary>The database file.</summary>
    public string File => _file;

    /// <summary>Most pages of the database, so that tests can fill the disk; null as many as there is room for.</summary>
    public int? PageLimit { get; init; }

    /// <inheritdoc/>
    public async ValueTask<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(_readConnection);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    private protected override async Task CreateAsync(IReadOnlyList<Table> tables, CancellationToken cancellationToken) =>
        RebuildNeeded = await _thread.RunAsync(() => Write(session =>
        {
            foreach (var statement in SqliteDialect.CreateLog)
                session.Execute(statement);
            var plan = new ReadModelPlan(SqliteDialect.Instance, tables, KnownTables(session), LastPosition(session) == 0);
            foreach (var statement in plan.Statements)
                session.Execute(statement);
            foreach (var table in plan.Tables)
                Remember(session, table);
            return KnownTables(session).Values.Any(t => !t.Built);
        }));

    private protected override async ValueTask CloseAsync()
    {
        await _thread.RunAsync(() =>
        {
            _writer?.Dispose();
            return true;
        });
        _thread.Dispose();
        while (_readers.TryTake(out var reader))
            reader.Dispose();
        await using var pooled = new SqliteConnection(_readConnection);
        SqliteConnection.ClearPool(pooled);
    }

    /// <summary>Runs the work as one transaction on the writer's thread.</summary>
    private T Write<T>(Func<SqliteSession, T> work)
    {
        var committing = false;
        try
        {
            var session = _writer ??= OpenWriter();
            session.Execute("begin immediate");
            var result = work(session);
            committing = true;
            session.Execute("commit");
            return result;
        }
        catch (SqliteStoreException e) when (e.IsRefusal)
        {
            RollBack(e);
            throw new RefusedBatchException(e.Message, e);
        }
        catch (SqliteStoreException e)
        {
            RollBack(e);
            // A flush that failed may have left the whole transaction in the file, to be found after a crash.
            if (committing && (e.Code & 0xff) == raw.SQLITE_IOERR)
                throw new JournalOutcomeUnknownException(e.Message, e);
            throw new JournalUnavailableException(e.Message, e);
        }
        catch
        {
            RollBack(null);
            throw;
        }
    }

    private void RollBack(SqliteStoreException? cause)
    {
        try
        {
            if (_writer is { InTransaction: true })
                _writer.Execute("rollback");
            if (cause is null || cause.IsRefusal || (cause.Code & 0xff) is raw.SQLITE_BUSY or raw.SQLITE_FULL)
                return;
        }
        catch (SqliteStoreException)
        {
            // The connection is of no use any more; closing it rolls back.
        }

        _writer?.Dispose();
        _writer = null;
    }

    private SqliteSession OpenWriter()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_file)!);
        var session = new SqliteSession(_file);
        try
        {
            session.Execute("pragma journal_mode = wal");
            session.Execute("pragma synchronous = full");
            session.Execute("pragma foreign_keys = off");
            session.Execute($"pragma cache_size = -{WriterCacheKibibytes}");
            session.Execute($"pragma wal_autocheckpoint = {CheckpointPages}");
            if (PageLimit is { } pages)
                session.Execute($"pragma max_page_count = {pages}");
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private static Dictionary<string, KnownTable> KnownTables(SqliteSession session)
    {
        var known = new Dictionary<string, KnownTable>(StringComparer.Ordinal);
        var select = session.Prepare("select name, columns, definition, built from read_models");
        while (select.Step())
            known.Add(select.Text(0), new KnownTable(select.Text(0), select.Text(1), select.Text(2), select.Integer(3) != 0));
        select.Reset();
        return known;
    }

    private static void Remember(SqliteSession session, KnownTable table)
    {
        var insert = session.Prepare("insert or replace into read_models (name, columns, definition, built) values (?1, ?2, ?3, ?4)");
        insert.Bind(1, table.Name);
        insert.Bind(2, table.Columns);
        insert.Bind(3, table.Definition);
        insert.Bind(4, table.Built ? 1 : 0);
        insert.Run();
    }
}
