using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Crowd.GraphQL.Conventions;

/// <summary>Doc comments as descriptions, from the XML file that the compiler writes next to an assembly.</summary>
internal sealed partial class XmlDocumentation
{
    private readonly Dictionary<Assembly, Dictionary<string, XElement>> _assemblies = [];

    public string? Of(Type type) => Text(Find(type.Assembly, $"T:{NameOf(type)}")?.Element("summary"));

    public string? Of(MemberInfo member)
    {
        if (member.DeclaringType is not { } type)
        {
            return null;
        }

        var prefix = member switch
        {
            MethodInfo => "M",
            PropertyInfo => "P",
            _ => "F",
        };
        var element = Find(type.Assembly, $"{prefix}:{NameOf(type)}.{member.Name}");

        // The properties of a positional record are documented as parameters of the record.
        return Text(element?.Element("summary")) ?? (member is PropertyInfo ? ParameterOf(Find(type.Assembly, $"T:{NameOf(type)}"), member.Name) : null);
    }

    public string? Of(ParameterInfo parameter) =>
        parameter.Member.DeclaringType is { } type
            ? ParameterOf(Find(type.Assembly, $"M:{NameOf(type)}.{parameter.Member.Name}"), parameter.Name!)
            : null;

    private static string? ParameterOf(XElement? element, string name) =>
        Text(element?.Elements("param").FirstOrDefault(parameter => (string?)parameter.Attribute("name") == name));

    private static string NameOf(Type type)
    {
        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        return (definition.FullName ?? definition.Name).Replace('+', '.');
    }

    private static string? Text(XElement? element)
    {
        if (element is null)
        {
            return null;
        }

        var text = new StringBuilder();
        Append(text, element);
        var result = WhiteSpace().Replace(text.ToString(), " ").Trim();
        return result.Length == 0 ? null : result;
    }

    private static void Append(StringBuilder text, XElement element)
    {
        foreach (var node in element.Nodes())
        {
            switch (node)
            {
                case XText plain:
                    text.Append(plain.Value);
                    break;
                case XElement { Name.LocalName: "c" or "code" } code:
                    text.Append('`').Append(code.Value.Trim()).Append('`');
                    break;
                case XElement { Name.LocalName: "see" or "seealso" or "paramref" or "typeparamref" } reference:
                    text.Append(Reference(reference));
                    break;
                case XElement nested:
                    text.Append(' ');
                    Append(text, nested);
                    break;
            }
        }
    }

    private static string Reference(XElement reference)
    {
        var target = (string?)reference.Attribute("name") ?? (string?)reference.Attribute("langword") ?? (string?)reference.Attribute("cref") ?? reference.Value;
        var end = target.IndexOf('(', StringComparison.Ordinal);
        var name = end < 0 ? target : target[..end];
        return $"`{name[(name.LastIndexOfAny(['.', ':']) + 1)..]}`";
    }

    private XElement? Find(Assembly assembly, string id)
    {
        if (!_assemblies.TryGetValue(assembly, out var members))
        {
            members = Load(assembly);
            _assemblies.Add(assembly, members);
        }

        return members.GetValueOrDefault(id);
    }

    // Methods are kept by name alone: resolvers have no overloads.
    private static Dictionary<string, XElement> Load(Assembly assembly)
    {
        var members = new Dictionary<string, XElement>(StringComparer.Ordinal);
        var path = assembly.Location.Length == 0 ? "" : Path.ChangeExtension(assembly.Location, ".xml");
        if (!File.Exists(path))
        {
            return members;
        }

        foreach (var member in XDocument.Load(path).Descendants("member"))
        {
            var id = (string?)member.Attribute("name") ?? "";
            var end = id.IndexOf('(', StringComparison.Ordinal);
            var name = end < 0 ? id : id[..end];
            var generic = name.LastIndexOf("``", StringComparison.Ordinal);
            members.TryAdd(generic < 0 ? name : name[..generic], member);
        }

        return members;
    }

    [GeneratedRegex(@"\s+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WhiteSpace();
}
