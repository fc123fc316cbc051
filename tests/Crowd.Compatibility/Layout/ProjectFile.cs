using System.Xml.Linq;

namespace Crowd.Compatibility.Layout;

/// <summary>What a project file references in the default build.</summary>
internal sealed class ProjectFile(string name, XDocument document)
{
    private static readonly string[] Referencing = ["ProjectReference", "PackageReference", "Reference"];

    public string Name { get; } = name;

    /// <summary>Names of projects, packages and assemblies; those that only the Orleans build has are left out.</summary>
    public IEnumerable<string> References =>
        from item in document.Descendants()
        where Referencing.Contains(item.Name.LocalName) && !IsForOrleans(item)
        let included = (string?)item.Attribute("Include")
        where included is not null
        select item.Name.LocalName == "ProjectReference" ? Path.GetFileNameWithoutExtension(included.Replace('\\', '/')) : included;

    public IEnumerable<string> Faults => References.Select(reference => Arrows.Fault(Name, reference)).OfType<string>();

    public static ProjectFile Load(string path) => new(Path.GetFileNameWithoutExtension(path), XDocument.Load(path));

    private static bool IsForOrleans(XElement item) =>
        item.AncestorsAndSelf().Any(element => ((string?)element.Attribute("Condition"))?.Replace(" ", "") == "'$(GrainRuntime)'=='Orleans'");
}
