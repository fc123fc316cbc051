using SQLitePCL;

namespace Crowd.Journal.Sqlite;

/// <summary>One connection to the database file with its prepared statements, by their text. Used by one thread at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    /// <summary>Statements kept prepared. There are a few for each table; past the limit all are prepared anew.</summary>
    private const int StatementsKept = 1_024;

    /// <summary>How long a statement waits for another connection's lock, in milliseconds.</summary>
    private const int BusyMilliseconds = 5_000;

    private readonly sqlite3 _database;
    private readonly Dictionary<string, SqliteStatement> _statements = new(StringComparer.Ordinal);

    static SqliteSession() => Batteries_V2.Init();

    public SqliteSession(string file)
    {
        const int flags = raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_NOMUTEX;
        var code = raw.sqlite3_open_v2(file, out _database, flags, null);
        if (code != raw.SQLITE_OK)
        {
            var message = raw.sqlite3_errstr(code).utf8_to_string();
            _database.Dispose();
            throw new SqliteStoreException(code, $"{file} cannot be opened: {message}.");
        }

        raw.sqlite3_extended_result_codes(_database, 1);
        raw.sqlite3_busy_timeout(_database, BusyMilliseconds);
    }

    /// <summary>True while a transaction is open.</summary>
    public bool InTransaction => raw.sqlite3_get_autocommit(_database) == 0;

    /// <summary>Runs a statement without parameters or result.</summary>
    public void Execute(string sql)
    {
        var statement = Prepare(sql);
        while (statement.Step())
        {
        }

        statement.Reset();
    }

    /// <summary>The prepared statement, ready for its parameters. It belongs to the session.</summary>
    public SqliteStatement Prepare(string sql)
    {
        if (_statements.TryGetValue(sql, out var known))
            return known;
        if (_statements.Count >= StatementsKept)
            DropStatements();
        Check(raw.sqlite3_prepare_v3(_database, sql, raw.SQLITE_PREPARE_PERSISTENT, out var prepared));
        var statement = new SqliteStatement(this, prepared);
        _statements.Add(sql, statement);
        return statement;
    }

    /// <summary>Turns an error into an exception.</summary>
    /// <exception cref="SqliteStoreException">The code is an error.</exception>
    public void Check(int code)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE))
            throw new SqliteStoreException(code, $"{raw.sqlite3_errmsg(_database).utf8_to_string()} (SQLite error {code}).");
    }

    public void Dispose()
    {
        DropStatements();
        _database.Dispose();
    }

    private void DropStatements()
    {
        foreach (var statement in _statements.Values)
            statement.Dispose();
        _statements.Clear();
    }
}
