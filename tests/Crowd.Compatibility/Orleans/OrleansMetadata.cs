using System.Reflection;
using Crowd.GrainRuntime;

namespace Crowd.Compatibility.Orleans;

/// <summary>The public types of our runtime and of the Orleans packages, loaded as metadata into one world where framework types are the same.</summary>
internal sealed class OrleansMetadata : IDisposable
{
    private const string TargetFramework = "net10.0";

    private readonly MetadataLoadContext _context;

    public OrleansMetadata()
    {
        var packages = Packages().ToList();
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        _context = new MetadataLoadContext(new PathAssemblyResolver(packages.Concat(platform).DistinctBy(Path.GetFileName)));
        Theirs = [.. packages.SelectMany(path => _context.LoadFromAssemblyPath(path).GetTypes()).Where(IsSeen)];
        Ours = [.. _context.LoadFromAssemblyPath(typeof(Grain).Assembly.Location).GetTypes().Where(IsSeen)];
    }

    public IReadOnlyList<Type> Ours { get; }

    public IReadOnlyList<Type> Theirs { get; }

    public void Dispose() => _context.Dispose();

    private static bool IsSeen(Type type) => type.IsVisible && !type.IsNested && !type.FullName!.StartsWith("OrleansCodeGen", StringComparison.Ordinal);

    private static IEnumerable<string> Packages()
    {
        var metadata = typeof(OrleansMetadata).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().ToDictionary(pair => pair.Key, pair => pair.Value!);
        foreach (var package in metadata["Orleans.Packages"].Split('|'))
        {
            // The folder of a package is in lower case.
#pragma warning disable CA1308
            var folder = Path.Combine(metadata["Orleans.PackageRoot"], package.ToLowerInvariant(), metadata["Orleans.Version"], "lib", TargetFramework);
#pragma warning restore CA1308
            foreach (var path in Directory.GetFiles(folder, "*.dll")) yield return path;
        }
    }
}
