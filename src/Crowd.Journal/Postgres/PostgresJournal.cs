using System.Data.Common;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Crowd.Journal.Postgres;

/// <summary>
/// The journal in PostgreSQL 15 or later. One connection writes; a batch is one round trip and one transaction, whose first statement
/// takes an advisory lock, so that the commits of several processes follow one another and positions appear in order. Reads use a pool.
/// </summary>
internal sealed partial class PostgresJournal : GroupCommitJournal, ISqlReads
{
    /// <summary>Statement texts that the driver keeps prepared on a connection.</summary>
    private const int StatementsPrepared = 512;

    /// <summary>
    /// The writer's plans are made once, and never scan a table: its arrays have few rows and its tables many. Planning by the size of
    /// the tables at the first commit, when they are empty, would choose scans.
    /// </summary>
    private const string PlanOptions = "-c plan_cache_mode=force_generic_plan -c jit=off -c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off";

    /// <summary>
    /// Acknowledged means flushed, whatever the server's default is; and a client whose machine is gone loses the active role within 25 s.
    /// </summary>
    private const string SafetyOptions = "-c synchronous_commit=on -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3";

    /// <summary>Orders the commits of all processes. Released after the transaction is visible to others.</summary>
    private const string Lock = "select pg_advisory_xact_lock(hashtextextended('crowd.commit.' || current_schema(), 0))";

    private readonly NpgsqlDataSource _reads;
    private readonly NpgsqlDataSource _writes;
    private readonly WriterConnection _writer;
    private readonly LogSharing? _sharing;

    /// <summary>Opens nothing yet.</summary>
    /// <param name="connectionString">As Npgsql reads it. <c>Search Path</c> chooses the schema; two journals in one database need two schemas.</param>
    /// <param name="loggerFactory">Where failures are logged; null for nowhere.</param>
    /// <param name="sharing">How other processes write beside this one; null when none does.</param>
    public PostgresJournal(string connectionString, ILoggerFactory? loggerFactory, LogSharing? sharing = null)
        : base(loggerFactory, inline: false, shared: sharing is not null)
    {
        _sharing = sharing;
        // Readers change nothing of their session, so there is nothing to reset between two of them: that would cost each read six statements.
        var reads = new NpgsqlConnectionStringBuilder(connectionString) { Enlist = false, NoResetOnClose = true, MaxAutoPrepare = StatementsPrepared, AutoPrepareMinUsages = 2 };
        var writes = new NpgsqlConnectionStringBuilder(reads.ConnectionString) { Pooling = false, TcpKeepAlive = true };
        writes.Options = string.Join(' ', new[] { writes.Options, PlanOptions, SafetyOptions }.Where(o => !string.IsNullOrEmpty(o)));
        _reads = new NpgsqlDataSourceBuilder(reads.ConnectionString).Build();
        _writes = new NpgsqlDataSourceBuilder(writes.ConnectionString).Build();
        _writer = new WriterConnection(_writes);
    }

    /// <summary>The connection that writes, for the active role.</summary>
    public WriterConnection Writer => _writer;

    /// <summary>A connection of its own that can hold the lock of a role, alone or together with others, and writes nothing.</summary>
    public WriterConnection RoleConnection(string role, bool together) => new(_writes, role, together);

    /// <inheritdoc/>
    public async ValueTask<DbConnection> OpenAsync(CancellationToken cancellationToken) => await _reads.OpenConnectionAsync(cancellationToken);

    private protected override async Task CreateAsync(IReadOnlyList<Table> tables, CancellationToken cancellationToken) =>
        RebuildNeeded = await TransactAsync(
            async connection =>
            {
                foreach (var statement in PostgresDialect.CreateLog)
                    await ExecuteAsync(connection, statement, cancellationToken);
                var last = await ScalarAsync<long>(connection, "select coalesce(max(position), 0) from events", cancellationToken);
                var plan = new ReadModelPlan(PostgresDialect.Instance, tables, await KnownTablesAsync(connection, cancellationToken), last == 0);
                foreach (var statement in plan.Statements)
                    await ExecuteAsync(connection, statement, cancellationToken);
                foreach (var table in plan.Tables)
                    await RememberAsync(connection, table, cancellationToken);
                return (await KnownTablesAsync(connection, cancellationToken)).Values.Any(t => !t.Built);
            },
            cancellationToken);

    private protected override async ValueTask CloseAsync()
    {
        await _writer.DisposeAsync();
        await _writes.DisposeAsync();
        await _reads.DisposeAsync();
    }

    /// <summary>Runs the work on the writer's connection as one transaction that holds the lock of commits.</summary>
    private async Task<T> TransactAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        var committing = false;
        try
        {
            return await _writer.UseAsync(
                async connection =>
                {
                    await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
                    await ExecuteAsync(connection, Lock, cancellationToken);
                    var result = await work(connection);
                    committing = true;
                    await transaction.CommitAsync(CancellationToken.None);
                    return result;
                },
                cancellationToken);
        }
        catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
        {
            if (committing && !e.IsUndone())
                throw new JournalOutcomeUnknownException("The database was lost while committing.", e);
            throw new JournalUnavailableException(e.Message, e);
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<T> ScalarAsync<T>(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task<Dictionary<string, KnownTable>> KnownTablesAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var known = new Dictionary<string, KnownTable>(StringComparer.Ordinal);
        await using var command = new NpgsqlCommand("select name, columns, definition, built from read_models", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            known.Add(reader.GetString(0), new KnownTable(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetBoolean(3)));
        return known;
    }

    private static async Task RememberAsync(NpgsqlConnection connection, KnownTable table, CancellationToken cancellationToken)
    {
        const string Sql = """
            insert into read_models (name, columns, definition, built) values ($1, $2, $3, $4)
            on conflict (name) do update set columns = excluded.columns, definition = excluded.definition, built = excluded.built
            """;
        await using var command = new NpgsqlCommand(Sql, connection)
        {
            Parameters = { new() { Value = table.Name }, new() { Value = table.Columns }, new() { Value = table.Definition }, new() { Value = table.Built } },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
