using System.Diagnostics;
using Crowd.Browser.Stage;

namespace Crowd.Browser.Shell;

/// <summary>The client's own tests, which run under Node.js without a browser.</summary>
public sealed class ClientTests
{
    [SkippableFact]
    public async Task Every_test_of_the_client_passes()
    {
        Skip.If(!File.Exists(Path.Combine(BrowserStage.Sources, "node_modules", "vitest", "vitest.mjs")), "The browser client is not built: that needs Node.js 20 or later.");
        using var node = Process.Start(new ProcessStartInfo("node", ["node_modules/vitest/vitest.mjs", "run", "--no-color"])
        {
            WorkingDirectory = BrowserStage.Sources,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = node.StandardError.ReadToEndAsync();
        var output = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        Assert.True(node.ExitCode == 0, output + await errors);
        Assert.Matches(@"Tests +\d+ passed \(\d+\)", output);
    }
}
