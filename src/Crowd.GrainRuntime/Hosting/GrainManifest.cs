using System.Collections.Frozen;
using System.Reflection;

namespace Crowd.GrainRuntime;

/// <summary>The grain classes of the given assemblies, found once at the start, and which interface leads to which.</summary>
internal sealed class GrainManifest
{
    private static readonly Assembly Own = typeof(GrainManifest).Assembly;

    private readonly FrozenDictionary<Type, GrainClass> _byInterface;
    private readonly FrozenDictionary<GrainType, GrainClass> _byKind;

    /// <summary>Looks for grains in the given assemblies.</summary>
    /// <exception cref="GrainDefinitionException">Some class or interface cannot be used; all faults are named.</exception>
    public GrainManifest(IEnumerable<Assembly> assemblies)
    {
        var types = assemblies.Distinct().SelectMany(static assembly => assembly.GetTypes()).ToList();
        Classes = [.. types.Where(IsGrainClass).Select(static type => new GrainClass(type, [.. InterfacesOf(type)]))];
        var interfaces = types.Where(IsGrainInterface).Union(Classes.SelectMany(static grain => grain.Interfaces)).ToList();
        var faults = interfaces.SelectMany(InterfaceShape.Faults)
            .Concat(interfaces.Select(type => MatchFault(type, Classes)).OfType<string>())
            .Concat(Classes.Where(static grain => grain.Interfaces.Count == 0).Select(static grain => $"{grain.Type} implements no grain interface."))
            .Concat(Classes.GroupBy(static grain => grain.GrainType).Where(static group => group.Count() > 1)
                .Select(static group => $"{string.Join(" and ", group.Select(static grain => grain.Type))} have the same kind '{group.Key}'."))
            .Distinct().Order(StringComparer.Ordinal).ToList();
        if (faults.Count > 0) throw new GrainDefinitionException(string.Join(Environment.NewLine, faults));
        _byKind = Classes.ToFrozenDictionary(static grain => grain.GrainType);
        _byInterface = interfaces.Select(type => (Type: type, Class: Classes.FirstOrDefault(grain => grain.Interfaces.Contains(type))))
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

    private static bool IsGrainClass(Type type) => type is { IsClass: true, IsAbstract: false } && typeof(Grain).IsAssignableFrom(type);

    private static bool IsGrainInterface(Type type) => type.IsInterface && type.Assembly != Own && typeof(IGrainWithStringKey).IsAssignableFrom(type);

    /// <summary>The most specific ones first, so that the first one shows all that the class can do.</summary>
    private static IEnumerable<Type> InterfacesOf(Type type) =>
        type.GetInterfaces().Where(IsGrainInterface)
            .OrderByDescending(static type => type.GetInterfaces().Length).ThenBy(static type => type.FullName, StringComparer.Ordinal);

    private static string? MatchFault(Type type, IReadOnlyList<GrainClass> classes)
    {
        var matching = classes.Where(grain => grain.Interfaces.Contains(type)).ToList();
        return matching.Count switch
        {
            0 => $"{type} is implemented by no grain class.",
            1 => null,
            _ => $"{type} is implemented by {string.Join(" and ", matching.Select(static grain => grain.Type))}; one class is allowed.",
        };
    }
}
