using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Crowd.Api.Hosting;
using Crowd.Api.Tests.Servers;

namespace Crowd.Api.Tests.Processes;

/// <summary>The server as it is installed: an executable of its own, which can be killed and started again at the same address.</summary>
internal sealed class ServerProcess(string database, params string[] settings) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string Program = typeof(Server).Assembly.Location;

    private readonly ConcurrentQueue<string> _said = new();
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(5) };
    private Process? _process;

    public Uri Address { get; } = new($"http://127.0.0.1:{FreePort()}");

    private string Said => string.Join('\n', _said);

    public void Start() => _process = Run(
        ["serve", "--database", database, "--urls", Address.ToString(), "--Crowd:RequestsPerSecond=0", "--Crowd:AnonymousRequestsPerSecond=0", "--Crowd:SignInsPerMinute=0",
            $"--Crowd:AdministratorEmail={TestServer.AdministratorEmail}", $"--Crowd:AdministratorPassword={TestServer.Password}", .. settings],
        _said);

    /// <summary>Starts it and waits until it is the active one.</summary>
    public async Task StartActiveAsync()
    {
        Start();
        await WaitAsync(HttpStatusCode.OK, "active");
    }

    /// <summary>Waits until the server says of itself that it is that.</summary>
    public async Task WaitAsync(HttpStatusCode status, string role)
    {
        var waiting = Stopwatch.StartNew();
        while (await AskAsync() != (status, role))
        {
            Assert.True(_process is { HasExited: false }, $"The server ended:\n{Said}");
            Assert.True(waiting.Elapsed < Patience, $"Not {role} within {Patience}:\n{Said}");
            await Task.Delay(10);
        }
    }

    /// <summary>What the server says of itself at the moment; no status when it does not answer.</summary>
    public async Task<(HttpStatusCode? Status, string? Role)> AskAsync()
    {
        try
        {
            using var response = await _http.GetAsync(new Uri(Address, "/health/ready"));
            return (response.StatusCode, (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("role").GetString());
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return (null, null);
        }
    }

    /// <summary>SIGKILL.</summary>
    public void Kill()
    {
        _process!.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Tells it to stop, as a service manager does, and gives its exit code.</summary>
    public async Task<int> StopAsync()
    {
        using var term = Process.Start("kill", ["-TERM", $"{_process!.Id}"]);
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    /// <summary>Runs <c>verify</c>: the exit code and all it said.</summary>
    public static async Task<(int ExitCode, string Said)> VerifyAsync(string database)
    {
        var said = new ConcurrentQueue<string>();
        using var verify = Run(["verify", "--database", database], said);
        await verify.WaitForExitAsync();
        return (verify.ExitCode, string.Join('\n', said));
    }

    public ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
            Kill();
        _process?.Dispose();
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private static Process Run(string[] arguments, ConcurrentQueue<string> said)
    {
        var process = new Process
        {
            StartInfo = new("dotnet", [Program, .. arguments])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                RedirectStandardInput = true,
                UseShellExecute = false,
                WorkingDirectory = Path.GetTempPath(),
            },
        };
        process.OutputDataReceived += (_, line) => said.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => said.Enqueue(line.Data ?? "");
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
