using System.Collections.Frozen;
using System.Reflection;

namespace Crowd.GrainRuntime;

/// <summary>The grain classes of one runtime, and which interface leads to which.</summary>
internal sealed class GrainManifest
{
    private readonly FrozenDictionary<Type, GrainClass> _byInterface;
    private readonly FrozenDictionary<GrainType, GrainClass> _byKind;

    /// <summary>Looks for grains in the given assemblies.</summary>
    /// <exception cref="GrainDefinitionException">Some class or interface cannot be used; all faults are named.</exception>
    public GrainManifest(IEnumerable<Assembly> assemblies)
    {
        var catalogue = GrainCatalogue.Of(assemblies);
        Classes = [.. catalogue.Shapes.Select(static shape => new GrainClass(shape))];
        _byKind = Classes.ToFrozenDictionary(static grain => grain.GrainType);
        _byInterface = catalogue.Interfaces.Select(type => (Type: type, Class: Classes.FirstOrDefault(grain => grain.Interfaces.Contains(type))))
            .Where(static pair => pair.Class is not null)
            .ToFrozenDictionary(static pair => pair.Type, static pair => pair.Class!);
    }

    public IReadOnlyList<GrainClass> Classes { get; }

    /// <summary>The class behind the interface, or behind the class itself.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public GrainClass Of(Type type) =>
        _byInterface.GetValueOrDefault(type)
        ?? Classes.FirstOrDefault(grain => grain.Type == type)
        ?? throw new ArgumentException($"{type} is not a grain interface of the assemblies that the runtime was given.", nameof(type));

    public GrainClass? Of(GrainType kind) => _byKind.GetValueOrDefault(kind);
}
