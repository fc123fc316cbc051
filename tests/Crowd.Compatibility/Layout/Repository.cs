namespace Crowd.Compatibility.Layout;

/// <summary>The repository that the tests were built in.</summary>
internal static class Repository
{
    /// <summary>Where code lives; what else lies about is not ours to judge.</summary>
    private static readonly string[] CodeFolders = ["src", "silo", "api", "tests"];

    private static readonly string[] Products = ["bin", "obj", "node_modules", "dist", "wwwroot", "TestResults"];

    public static string Root { get; } = FindRoot();

    /// <summary>The project files outside <c>tests</c>.</summary>
    public static IEnumerable<string> ProjectPaths => CodeFolders.Where(folder => folder != "tests").SelectMany(Projects);

    public static IEnumerable<string> TestProjectPaths => Projects("tests");

    /// <summary>Every folder that holds code, as a path from the root.</summary>
    public static IEnumerable<string> Folders =>
        CodeFolders.SelectMany(folder => Files(Path.Combine(Root, folder)))
            .Select(path => Path.GetRelativePath(Root, Path.GetDirectoryName(path)!)).Distinct(StringComparer.Ordinal);

    /// <summary>The C# sources outside <c>tests</c>, as paths from the root.</summary>
    public static IEnumerable<string> Sources =>
        CodeFolders.Where(folder => folder != "tests").SelectMany(folder => Files(Path.Combine(Root, folder)))
            .Where(path => path.EndsWith(".cs", StringComparison.Ordinal)).Select(path => Path.GetRelativePath(Root, path));

    private static IEnumerable<string> Projects(string folder) =>
        Files(Path.Combine(Root, folder)).Where(path => path.EndsWith(".csproj", StringComparison.Ordinal));

    private static IEnumerable<string> Files(string folder) =>
        Directory.GetFiles(folder).Concat(Directory.GetDirectories(folder).Where(inner => !Products.Contains(Path.GetFileName(inner))).SelectMany(Files));

    private static string FindRoot()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "Crowd.sln"))) return folder;
        }

        throw new InvalidOperationException($"No Crowd.sln is above {AppContext.BaseDirectory}.");
    }
}
