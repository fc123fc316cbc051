using System.Data.Common;
using System.Diagnostics;
using System.Globalization;

namespace Crowd.Api.Bench;

/// <summary>The rate of one-row commits that PostgreSQL's own pgbench reaches on the database's server.</summary>
internal static class PgBench
{
    /// <summary>Commits per second; null for another database or where pgbench is not on the machine.</summary>
    public static async Task<double?> RateAsync(string database, int clients, int seconds, CancellationToken cancellationToken)
    {
        var connection = new DbConnectionStringBuilder { ConnectionString = database };
        if (!connection.TryGetValue("Host", out var host) || Find() is not { } pgbench)
            return null;
        var script = Path.Combine(BenchFolder.New(), "insert.sql");
        await File.WriteAllTextAsync(script, "\\set task random(1, 1000000)\ninsert into crowd_pgbench (worker, task, answer) values (:client_id, :task, 'an answer of a usual length');\n", cancellationToken);
        string[] server =
        [
            "-h", $"{host}", "-p", $"{(connection.TryGetValue("Port", out var port) ? port : 5432)}", "-U", $"{(connection.TryGetValue("Username", out var user) ? user : "postgres")}",
        ];
        var name = connection.TryGetValue("Database", out var given) ? $"{given}" : "postgres";
        var password = connection.TryGetValue("Password", out var secret) ? $"{secret}" : null;
        await RunAsync("psql", [.. server, "-d", name, "-qc", "drop table if exists crowd_pgbench; create table crowd_pgbench (id bigserial primary key, worker int, task int, answer text)"], password, cancellationToken);
        try
        {
            var output = await RunAsync(pgbench,
                [.. server, "-n", "-c", $"{clients}", "-j", "2", "-T", $"{seconds}", "-M", "prepared", "-f", script, name], password, cancellationToken);
            var line = output.Split('\n').First(l => l.StartsWith("tps = ", StringComparison.Ordinal));
            return double.Parse(line["tps = ".Length..].Split(' ')[0], CultureInfo.InvariantCulture);
        }
        finally
        {
            await RunAsync("psql", [.. server, "-d", name, "-qc", "drop table crowd_pgbench"], password, CancellationToken.None);
        }
    }

    private static string? Find() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(p => Path.Combine(p, "pgbench"))
            .Concat(Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").Select(d => Path.Combine(d, "bin", "pgbench")) : [])
            .FirstOrDefault(File.Exists);

    private static async Task<string> RunAsync(string program, string[] arguments, string? password, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        if (password is not null)
            start.Environment["PGPASSWORD"] = password;
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} failed: {await errors}");
    }
}

/// <summary>Temporary folders of benchmarks.</summary>
internal static class BenchFolder
{
    /// <summary>A new folder; the system clears it some day.</summary>
    public static string New() => Directory.CreateTempSubdirectory("crowd-bench-").FullName;

    /// <summary>Connection string of a new SQLite file.</summary>
    public static string NewSqlite() => $"Data Source={Path.Combine(New(), "crowd.db")}";
}
