using System.Reflection;

namespace Crowd.GrainRuntime;

/// <summary>
/// The grain classes and interfaces of some assemblies, found and checked once per process: code does not change while it runs, and looking through it costs more than
/// all else that starting a runtime does.
/// </summary>
internal sealed class GrainCatalogue
{
    private static readonly Assembly Own = typeof(GrainCatalogue).Assembly;
    private static readonly Lock Gate = new();
    private static readonly List<GrainCatalogue> Known = [];

    private readonly IReadOnlyList<Assembly> _assemblies;

    private GrainCatalogue(IReadOnlyList<Assembly> assemblies)
    {
        _assemblies = assemblies;
        var types = assemblies.SelectMany(static assembly => assembly.GetTypes()).ToList();
        Shapes = [.. types.Where(IsGrainClass).Select(static type => new GrainShape(type, [.. InterfacesOf(type)]))];
        Interfaces = [.. types.Where(IsGrainInterface).Union(Shapes.SelectMany(static grain => grain.Interfaces))];
        var faults = Interfaces.SelectMany(InterfaceShape.Faults)
            .Concat(Interfaces.Select(type => MatchFault(type, Shapes)).OfType<string>())
            .Concat(Shapes.Where(static grain => grain.Interfaces.Count == 0).Select(static grain => $"{grain.Type} implements no grain interface."))
            .Concat(Shapes.GroupBy(static grain => grain.GrainType).Where(static group => group.Count() > 1)
                .Select(static group => $"{string.Join(" and ", group.Select(static grain => grain.Type))} have the same kind '{group.Key}'."))
            .Distinct().Order(StringComparer.Ordinal).ToList();
        if (faults.Count > 0) throw new GrainDefinitionException(string.Join(Environment.NewLine, faults));
    }

    public IReadOnlyList<GrainShape> Shapes { get; }

    public IReadOnlyList<Type> Interfaces { get; }

    /// <summary>The catalogue of the assemblies.</summary>
    /// <exception cref="GrainDefinitionException">Some class or interface cannot be used; all faults are named.</exception>
    public static GrainCatalogue Of(IEnumerable<Assembly> assemblies)
    {
        var wanted = assemblies.Distinct().ToList();
        lock (Gate)
        {
            if (Known.Find(known => known._assemblies.SequenceEqual(wanted)) is { } found) return found;
        }

        var made = new GrainCatalogue(wanted);
        // One whose assembly may be unloaded is not held on to.
        if (wanted.Exists(static assembly => assembly.IsCollectible)) return made;
        lock (Gate) Known.Add(made);
        return made;
    }

    private static bool IsGrainClass(Type type) => type is { IsClass: true, IsAbstract: false } && typeof(Grain).IsAssignableFrom(type);

    private static bool IsGrainInterface(Type type) => type.IsInterface && type.Assembly != Own && typeof(IGrainWithStringKey).IsAssignableFrom(type);

    /// <summary>The most specific ones first, so that the first one shows all that the class can do.</summary>
    private static IEnumerable<Type> InterfacesOf(Type type) =>
        type.GetInterfaces().Where(IsGrainInterface)
            .OrderByDescending(static type => type.GetInterfaces().Length).ThenBy(static type => type.FullName, StringComparer.Ordinal);

    private static string? MatchFault(Type type, IReadOnlyList<GrainShape> shapes)
    {
        var matching = shapes.Where(grain => grain.Interfaces.Contains(type)).ToList();
        return matching.Count switch
        {
            0 => $"{type} is implemented by no grain class.",
            1 => null,
            _ => $"{type} is implemented by {string.Join(" and ", matching.Select(static grain => grain.Type))}; one class is allowed.",
        };
    }
}
