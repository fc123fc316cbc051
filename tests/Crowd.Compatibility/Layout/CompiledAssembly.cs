using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Crowd.Compatibility.Layout;

/// <summary>What a compiled assembly references, and the names of its types; read from its metadata without loading it.</summary>
internal sealed class CompiledAssembly
{
    private CompiledAssembly(string name, IReadOnlyList<string> references, IReadOnlyList<string> types)
    {
        Name = name;
        References = references;
        Types = types;
    }

    public string Name { get; }

    public IReadOnlyList<string> References { get; }

    public IReadOnlyList<string> Types { get; }

    public IEnumerable<string> Faults => References.Select(reference => Arrows.Fault(Name, reference)).OfType<string>();

    public static CompiledAssembly Read(Stream stream)
    {
        using var file = new PEReader(stream);
        var metadata = file.GetMetadataReader();
        return new CompiledAssembly(
            metadata.GetString(metadata.GetAssemblyDefinition().Name),
            [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))],
            [.. metadata.TypeDefinitions.Select(handle => metadata.GetString(metadata.GetTypeDefinition(handle).Name))]);
    }
}
