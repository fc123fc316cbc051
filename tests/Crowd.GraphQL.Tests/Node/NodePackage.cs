using System.Diagnostics;

namespace Crowd.GraphQL.Tests.Node;

/// <summary>Runs scripts of this folder with node. Installs their packages the first time.</summary>
internal static class NodePackage
{
    private static readonly Lazy<string> Folder = new(Install);

    /// <summary>Starts a script with its input and output redirected; the caller disposes of the process.</summary>
    public static Process Start(string script, params string[] arguments)
    {
        var folder = Folder.Value;
        var start = new ProcessStartInfo("node", [Path.Combine(folder, script), .. arguments])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        return Process.Start(start) ?? throw new InvalidOperationException("node did not start.");
    }

    private static string Install()
    {
        var folder = Find();
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "graphql")))
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
            {
                return folder;
            }
        }

        throw new InvalidOperationException("The folder with package-lock.json was not found above the tests.");
    }
}
