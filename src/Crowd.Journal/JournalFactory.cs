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
    /// <param name="sharing">How other processes write beside this one; null when only the active one writes.</param>
    /// <exception cref="ArgumentException">The string is neither, or several processes are to write what is not PostgreSQL.</exception>
    public static JournalStore Open(string connectionString, TimeProvider timeProvider, ILoggerFactory? loggerFactory, LogSharing? sharing = null)
    {
        var options = new DbConnectionStringBuilder { ConnectionString = connectionString };
        if (sharing is not null && options.ContainsKey("Data Source"))
            throw new ArgumentException("Several processes write one log in PostgreSQL only (Host=…).", nameof(connectionString));
        if (options.ContainsKey("Data Source"))
        {
            var sqlite = new SqliteJournal(connectionString, loggerFactory);
            return new JournalStore(sqlite, new SqliteActiveRole(sqlite.File, timeProvider), sqlite, _ => new JournalStore.Alone());
        }

        if (options.ContainsKey("Host") || options.ContainsKey("Server"))
        {
            var postgres = new PostgresJournal(connectionString, loggerFactory, sharing);
            return sharing is null
                ? new JournalStore(postgres, new PostgresActiveRole(postgres.Writer, timeProvider), postgres, _ => new JournalStore.Alone())
                : new JournalStore(
                    postgres, new PostgresRole(postgres, WriterConnection.Active, together: true, timeProvider), postgres,
                    name => new PostgresRole(postgres, name, together: false, timeProvider));
        }

        throw new ArgumentException("A connection string names a file (Data Source=…) or a server (Host=…).", nameof(connectionString));
    }
}

/// <summary>A journal with what belongs to its store. Disposing writes what is queued and closes the store.</summary>
public sealed class JournalStore : IAsyncDisposable
{
    private readonly GroupCommitJournal _journal;
    private readonly Func<string, IActiveRole> _roles;

    internal JournalStore(GroupCommitJournal journal, IActiveRole activeRole, ISqlReads sqlReads, Func<string, IActiveRole> roles) =>
        (_journal, ActiveRole, SqlReads, _roles) = (journal, activeRole, sqlReads, roles);

    /// <summary>The log and its tables.</summary>
    public IJournal Journal => _journal;

    /// <summary>
    /// Makes this process the only one that writes. On PostgreSQL, once it was asked for, nothing is written without it. Those that share the log have it together,
    /// and keep out whoever wants it alone.
    /// </summary>
    public IActiveRole ActiveRole { get; }

    /// <summary>Plain SQL, for reading.</summary>
    public ISqlReads SqlReads { get; }

    /// <summary>
    /// Something that one process at a time does among those that write the log together. Where only the active process writes, whoever asks has it. It guards no
    /// commit: what is done under it must bear that its last holder has not heard yet that it lost it.
    /// </summary>
    public IActiveRole RoleOf(string name) => _roles(name);

    public ValueTask DisposeAsync() => _journal.DisposeAsync();

    /// <summary>A role in a process beside which none writes.</summary>
    internal sealed class Alone : IActiveRole
    {
        public Task<ActiveLease> AcquireAsync(CancellationToken cancellationToken) => Task.FromResult<ActiveLease>(new Lease());

        private sealed class Lease : ActiveLease
        {
            public override CancellationToken Lost => CancellationToken.None;

            public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
