using Crowd.Tests.Shared;
using Npgsql;

namespace Crowd.Cluster.Tables;

/// <summary>
/// Schemas with the tables of Orleans. Its scripts are not in its packages and not in this repository: <c>deploy/orleans-tables</c> says where they come from. Tests
/// that need them are skipped unless <c>CROWD_ORLEANS_SQL</c> names a folder with the four files.
/// </summary>
internal static class Scripts
{
    public const string Folder = "CROWD_ORLEANS_SQL";

    private static readonly string[] Names = ["PostgreSQL-Main.sql", "PostgreSQL-Clustering.sql", "PostgreSQL-Persistence.sql", "PostgreSQL-Reminders.sql"];

    /// <summary>A new schema with the tables; skips the test when they cannot be made.</summary>
    public static async Task<string> CreateSchemaAsync()
    {
        Skip.If(PostgresCluster.Missing is not null, PostgresCluster.Missing);
        var folder = Environment.GetEnvironmentVariable(Folder);
        Skip.If(string.IsNullOrEmpty(folder), $"Members, reminders and storage in PostgreSQL are not tested: set {Folder} to a folder with the scripts that deploy/orleans-tables fetches.");
        var database = PostgresCluster.Shared.CreateSchema();
        await using var connection = new NpgsqlConnection($"{database};Pooling=false");
        await connection.OpenAsync();
        foreach (var name in Names)
            await RunAsync(connection, await File.ReadAllTextAsync(Path.Combine(folder!, name)));
        return database;
    }

    public static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        // Scripts have a colon and an at sign of their own: nothing in them is a parameter of ours.
        await using var batch = new NpgsqlCommand(sql, connection) { AllResultTypesAreUnknown = true };
        await batch.ExecuteNonQueryAsync();
    }
}
