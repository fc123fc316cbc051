using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Crowd.Payments.Tests.Oracle;

/// <summary>The official library in a process of node. One call at a time.</summary>
internal sealed class StripeLibrary : IDisposable
{
    private static readonly Lazy<string> Folder = new(Install);

    private readonly Process _process;
    private readonly string _base;
    private readonly string _key;

    /// <param name="address">The origin that takes Stripe's place.</param>
    public StripeLibrary(string address, string key)
    {
        (_base, _key) = (address, key);
        _process = Process.Start(new ProcessStartInfo("node", [Path.Combine(Folder.Value, "library.mjs")])
        {
            WorkingDirectory = Folder.Value,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        }) ?? throw new InvalidOperationException("node did not start.");
    }

    /// <summary>Makes the call, for example <c>transfers.create</c>, and returns what the library returned.</summary>
    /// <exception cref="StripeLibraryException">The library threw.</exception>
    public Task<JsonNode?> CallAsync(string call, params JsonNode?[] args) => SendAsync(call, args, all: false);

    /// <summary>Makes the call, follows its pages to the end and returns all objects.</summary>
    public async Task<JsonArray> ListAsync(string call, params JsonNode?[] args) => (JsonArray)(await SendAsync(call, args, all: true))!;

    public void Dispose()
    {
        // Ends with its input.
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private async Task<JsonNode?> SendAsync(string call, JsonNode?[] args, bool all)
    {
        var request = new JsonObject { ["base"] = _base, ["key"] = _key, ["call"] = call, ["args"] = new JsonArray(args), ["all"] = all };
        await _process.StandardInput.WriteLineAsync(request.ToJsonString());
        await _process.StandardInput.FlushAsync();
        var reply = (JsonObject)JsonNode.Parse(await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The library's process ended."))!;
        return reply["error"] is JsonObject error
            ? throw new StripeLibraryException((string?)error["type"], (string?)error["code"], (int?)error["status"], (string?)error["message"])
            : reply["value"];
    }

    private static string Install()
    {
        var folder = Find();
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "stripe")))
        {
            using var install = Process.Start(new ProcessStartInfo("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]) { WorkingDirectory = folder })!;
            install.WaitForExit();
            Assert.Equal(0, install.ExitCode);
        }

        return folder;
    }

    private static string Find()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            var folder = Path.Combine(directory.FullName, "Node");
            if (File.Exists(Path.Combine(folder, "package-lock.json")))
                return folder;
        }

        throw new InvalidOperationException("The folder with package-lock.json was not found above the tests.");
    }
}

/// <summary>What the library threw.</summary>
internal sealed class StripeLibraryException(string? type, string? code, int? status, string? message) : Exception($"{type} {code} {status}: {message}")
{
    public string? Type => type;

    public string? Code => code;

    public int? Status => status;
}
