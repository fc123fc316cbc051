using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Crowd.Tests.Shared;

/// <summary>
/// A private PostgreSQL server for tests: its own folder, its own free port on loopback, flushing to disk like a real one. Link this file
/// into a test project that references Npgsql.
/// </summary>
public sealed class PostgresCluster : IDisposable
{
    /// <summary>The account that runs the server when the tests run as root, which the server refuses.</summary>
    private const string Account = "postgres";

    private static readonly Lazy<PostgresCluster> LazyShared = new(StartShared);
    private static int _schemas;

    private readonly string _folder;
    private readonly int _port;

    private PostgresCluster(string folder, int port) => (_folder, _port) = (folder, port);

    /// <summary>Why no server can be started here; null when one can.</summary>
    public static string? Missing { get; } =
        Programs is null ? "PostgreSQL is not installed (apt-get install postgresql)."
        : Environment.IsPrivilegedProcess && !File.ReadAllText("/etc/passwd").Contains($"\n{Account}:", StringComparison.Ordinal) ? $"There is no account {Account} to run PostgreSQL."
        : null;

    /// <summary>The server that all tests of a run share; it is stopped when the process ends.</summary>
    public static PostgresCluster Shared => LazyShared.Value;

    /// <summary>The folder of the newest installed server's programs.</summary>
    private static string? Programs => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(d => int.Parse(Path.GetFileName(d), CultureInfo.InvariantCulture))
            .Select(d => Path.Combine(d, "bin")).FirstOrDefault(d => File.Exists(Path.Combine(d, "initdb")))
        : null;

    /// <summary>The connection string of the database, without a schema of its own.</summary>
    public string ConnectionString =>
        $"Host=127.0.0.1;Port={_port};Database=postgres;Username={Account};Maximum Pool Size=20;Timeout=15;Include Error Detail=true";

    /// <summary>Starts a server of the caller's own, to be disposed by it.</summary>
    public static PostgresCluster Start()
    {
        var folder = Directory.CreateTempSubdirectory("crowd-postgres-").FullName;
        if (Environment.IsPrivilegedProcess)
            Run("chown", Account, folder);
        var cluster = new PostgresCluster(folder, FreePort());
        RunProgram("initdb", "-D", Path.Combine(folder, "data"), "-U", Account, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        cluster.Resume();
        return cluster;
    }

    /// <summary>A new empty schema; the connection string sees nothing else.</summary>
    public string CreateSchema()
    {
        var schema = $"test_{Interlocked.Increment(ref _schemas)}";
        // Not from the pool, whose connections may be dead since a kill.
        using var connection = new NpgsqlConnection($"{ConnectionString};Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand($"create schema {schema}", connection);
        command.ExecuteNonQuery();
        return $"{ConnectionString};Search Path={schema}";
    }

    /// <summary>Starts the server again after <see cref="Kill"/>, and waits until it answers.</summary>
    public void Resume() => RunProgram(
        "pg_ctl", "-D", Path.Combine(_folder, "data"), "-l", Path.Combine(_folder, "log"), "-w", "-t", "60",
        "-o", $"-c listen_addresses=127.0.0.1 -c port={_port} -c unix_socket_directories={_folder} -c fsync=on -c max_connections=300", "start");

    /// <summary>SIGKILL to the server and all its processes at once, as a power cut would.</summary>
    public void Kill()
    {
        var postmaster = int.Parse(File.ReadLines(Path.Combine(_folder, "data", "postmaster.pid")).First(), CultureInfo.InvariantCulture);
        foreach (var pid in Children(postmaster).Prepend(postmaster))
        {
            try
            {
                using var process = Process.GetProcessById(pid);
                process.Kill();
                process.WaitForExit();
            }
            catch (Exception e) when (e is ArgumentException or InvalidOperationException)
            {
                // It ended by itself.
            }
        }
    }

    public void Dispose()
    {
        try
        {
            RunProgram("pg_ctl", "-D", Path.Combine(_folder, "data"), "-m", "immediate", "-w", "stop");
        }
        catch (InvalidOperationException)
        {
            // It was killed and not resumed.
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static PostgresCluster StartShared()
    {
        var cluster = Start();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => cluster.Dispose();
        return cluster;
    }

    private static IEnumerable<int> Children(int parent)
    {
        foreach (var folder in Directory.GetDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var pid))
                continue;
            string stat;
            try
            {
                stat = File.ReadAllText(Path.Combine(folder, "stat"));
            }
            catch (IOException)
            {
                continue;
            }

            // pid (name) state parent …
            if (stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1] == parent.ToString(CultureInfo.InvariantCulture))
                yield return pid;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static void RunProgram(string program, params string[] arguments)
    {
        var path = Path.Combine(Programs!, program);
        if (Environment.IsPrivilegedProcess)
            Run("runuser", ["-u", Account, "--", path, .. arguments]);
        else
            Run(path, arguments);
    }

    private static void Run(string program, params string[] arguments)
    {
        // Output goes to a file: a server that inherits a pipe would keep it open for ever.
        var output = Path.GetTempFileName();
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "out=$1; shift; cd /; exec \"$@\" > \"$out\" 2>&1 < /dev/null", "sh", output, program, .. arguments]))!;
        process.WaitForExit();
        var said = File.ReadAllText(output);
        File.Delete(output);
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} failed: {said}");
    }
}
