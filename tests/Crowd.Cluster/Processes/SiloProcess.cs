using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Crowd.Silo.Hosting;

namespace Crowd.Cluster.Processes;

/// <summary>A silo as it is installed: an executable of its own, which can be killed.</summary>
internal sealed class SiloProcess : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _said = new();
    private readonly Process _process;

    private SiloProcess(string database, string id)
    {
        var tests = typeof(SiloProcess).Assembly.Location;
        string[] arguments =
        [
            "exec", "--runtimeconfig", Path.ChangeExtension(tests, ".runtimeconfig.json"), "--depsfile", Path.ChangeExtension(tests, ".deps.json"),
            typeof(CrowdServices).Assembly.Location, $"--ConnectionStrings:crowd={database}", $"--Crowd:Cluster:Id={id}", "--Crowd:Cluster:Address=127.0.0.1",
            $"--Crowd:Cluster:SiloPort={FreePort()}", $"--Crowd:Cluster:GatewayPort={FreePort()}", "--Logging:LogLevel:Default=Warning", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Information",
        ];
        _process = new Process { StartInfo = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false } };
        _process.OutputDataReceived += (_, line) => Say(line.Data);
        _process.ErrorDataReceived += (_, line) => Say(line.Data);
    }

    public string Said => string.Join('\n', _said);

    /// <summary>Starts a silo and waits until it takes calls.</summary>
    public static async Task<SiloProcess> StartAsync(string database, string id)
    {
        var silo = new SiloProcess(database, id);
        silo._process.Start();
        silo._process.BeginOutputReadLine();
        silo._process.BeginErrorReadLine();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!silo._said.Any(line => line.Contains("Application started", StringComparison.Ordinal)))
        {
            Assert.False(silo._process.HasExited || patience.IsCancellationRequested, $"The silo did not start:\n{silo.Said}");
            await Task.Delay(50, CancellationToken.None);
        }

        return silo;
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Say(string? line)
    {
        if (line is not null)
            _said.Enqueue(line);
    }
}
