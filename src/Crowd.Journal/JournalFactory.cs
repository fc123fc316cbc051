using System.Data.Common;
using Crowd.Journal.Postgres;
using Crowd.Journal.Sqlite;
using Microsoft.Extensions.Logging;

namespace Crowd.Journal;

/// <summary>Opens the journal that a connection string means.</summary>
public static class JournalFactory
{
    /// <summary>
    /// <c>Data Source=FILE</c> is SQLite, <c>Host=…</c> PostgreSQL (with Npgsql's options; <c>Search Path</c> chooses the schema).
    /// Nothing is connected yet: the first call does that.
    /// </summary>
    /// <param name="connectionString">Which store.</param>
    /// <param name="timeProvider">The clock of retries for the active role.</param>
    /// <param name="loggerFactory">Where failures are logged; null for nowhere.</param>
    /// <exception cref="ArgumentException">The string is neither.</exception>
    public static JournalStore Open(string connectionString, TimeProvider timeProvider, ILoggerFactory? loggerFactory)
    {
        var options = new DbConnectionStringBuilder { ConnectionString = connectionString };
        if (options.ContainsKey("Data Source"))
        {
            var sqlite = new SqliteJournal(connectionString, loggerFactory);
            return new JournalStore(sqlite, new SqliteActiveRole(sqlite.File, timeProvider), sqlite);
        }

        if (options.ContainsKey("Host") || options.ContainsKey("Server"))
        {
            var postgres = new PostgresJournal(connectionString, loggerFactory);
            return new JournalStore(postgres, new PostgresActiveRole(postgres.Writer, timeProvider), postgres);
        }

        throw new ArgumentException("A connection string names a file (Data Source=…) or a server (Host=…).", nameof(connectionString));
    }
}

/// <summary>A journal with what belongs to its store. Disposing writes what is queued and closes the store.</summary>
public sealed class JournalStore : IAsyncDisposable
{
    private readonly GroupCommitJournal _journal;

    internal JournalStore(GroupCommitJournal journal, IActiveRole activeRole, ISqlReads sqlReads) => (_journal, ActiveRole, SqlReads) = (journal, activeRole, sqlReads);

    /// <summary>The log and its tables.</summary>
    public IJournal Journal => _journal;

    /// <summary>Makes this process the only one that writes. On PostgreSQL, once it was asked for, nothing is written without it.</summary>
    public IActiveRole ActiveRole { get; }

    /// <summary>Plain SQL, for reading.</summary>
    public ISqlReads SqlReads { get; }

    public ValueTask DisposeAsync() => _journal.DisposeAsync();
}
