using System.Reflection;

namespace Crowd.Compatibility.Orleans;

/// <summary>
/// Says where code that compiles against our types would not compile against theirs. A type of ours is compared with the type of theirs
/// that has the same bare name; theirs may have more members, ours may not.
/// </summary>
/// <param name="ours">The types to be judged, those left out that are ours only.</param>
/// <param name="theirs">The types to be judged by.</param>
/// <param name="implemented">Names of interfaces that users implement: of these, theirs may not ask for members that ours lack.</param>
internal sealed class ShapeComparer(IReadOnlyList<Type> ours, IReadOnlyList<Type> theirs, IReadOnlySet<string> implemented)
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private readonly ShapeText _text = new(ours.Concat(theirs));
    private readonly ILookup<string, Type> _theirs = theirs.ToLookup(ShapeText.Key);

    public IEnumerable<string> Differences() => ours.SelectMany(Compare);

    private static bool IsSeen(MemberInfo member) => Access(member) is "public" or "protected";

    private static string Access(MemberInfo member) => member switch
    {
        MethodBase { IsPublic: true } or FieldInfo { IsPublic: true } => "public",
        MethodBase { IsFamily: true } or MethodBase { IsFamilyOrAssembly: true } => "protected",
        FieldInfo { IsFamily: true } or FieldInfo { IsFamilyOrAssembly: true } => "protected",
        _ => "private",
    };

    private static string Kind(Type type) =>
        type.IsInterface ? "interface" : type.IsEnum ? "enum" : type.IsValueType ? "struct" : type.IsAbstract && type.IsSealed ? "static class" : "class";

    private static IEnumerable<MemberInfo> Members(Type type) => type.GetMembers(Declared).Where(member => member is MethodBase or FieldInfo);

    private static IEnumerable<Type> Family(Type type)
    {
        for (var each = type; each is not null; each = each.BaseType) yield return each;
        foreach (var each in type.GetInterfaces()) yield return each;
    }

    private static string Defaults(MethodBase method) => string.Join(
        ", ", method.GetParameters().Where(parameter => parameter.HasDefaultValue).Select(parameter => $"{parameter.Position}={parameter.RawDefaultValue}"));

    private static string Names(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter => parameter.Name));

    private static int Targets(Type attribute)
    {
        var usage = attribute.GetCustomAttributesData().FirstOrDefault(data => data.AttributeType.Name == nameof(AttributeUsageAttribute));
        return usage?.ConstructorArguments[0].Value is int targets ? targets : (int)AttributeTargets.All;
    }

    private IEnumerable<string> Compare(Type our)
    {
        var name = ShapeText.Key(our);
        var found = _theirs[name].ToList();
        if (found.Count != 1) return [found.Count == 0 ? $"{name} is not there" : $"{name} is there {found.Count} times"];
        var their = found[0];
        return CompareType(our, their).Concat(CompareMembers(our, their)).Concat(MissingFromOurs(our, their)).Select(difference => $"{name}: {difference}");
    }

    private IEnumerable<string> CompareType(Type our, Type their)
    {
        if (Kind(our) != Kind(their)) yield return $"is a {Kind(our)} here and a {Kind(their)} there";
        if (their.IsSealed && !our.IsSealed) yield return "may be derived from here and not there";
        if (their is { IsClass: true, IsAbstract: true } && !our.IsAbstract) yield return "is abstract there and not here";
        if (our.IsEnum && _text.Of(our.GetEnumUnderlyingType()) != _text.Of(their.GetEnumUnderlyingType())) yield return "has another underlying type there";
        if ((Targets(our) & ~Targets(their)) != 0) yield return "is allowed on other targets there";
        var family = Family(their).Select(_text.Of).ToHashSet(StringComparer.Ordinal);
        foreach (var ancestor in Family(our).Skip(1).Select(_text.Of).Where(ancestor => !family.Contains(ancestor))) yield return $"is no {ancestor} there";
    }

    private IEnumerable<string> CompareMembers(Type our, Type their)
    {
        var there = Family(their).SelectMany(Members).Where(IsSeen).ToLookup(_text.Of, StringComparer.Ordinal);
        foreach (var member in Members(our).Where(IsSeen))
        {
            var text = _text.Of(member);
            // A value type's own default constructor is not always written down.
            if (our.IsValueType && text == "new()") continue;
            if (there[text].FirstOrDefault(candidate => Access(candidate) == Access(member)) is not { } match)
            {
                yield return $"{Access(member)} {text} is not there";
            }
            else if (member is MethodBase method && match is MethodBase other)
            {
                if (Defaults(method).Length > 0 && Defaults(method) != Defaults(other)) yield return $"{text} has other defaults there ({Defaults(other)})";
                if (Names(method) != Names(other)) yield return $"{text} has other parameter names there ({Names(other)})";
            }
            else if (member is FieldInfo { IsLiteral: true } constant && !Equals(constant.GetRawConstantValue(), ((FieldInfo)match).GetRawConstantValue()))
            {
                yield return $"{text} has another value there";
            }
        }
    }

    /// <summary>What theirs ask of those who implement the interface and ours do not.</summary>
    private IEnumerable<string> MissingFromOurs(Type our, Type their)
    {
        if (!implemented.Contains(ShapeText.Key(our))) return [];
        var here = Family(our).SelectMany(Members).Select(_text.Of).ToHashSet(StringComparer.Ordinal);
        return Family(their).SelectMany(Members).OfType<MethodInfo>().Where(method => method.IsAbstract).Select(_text.Of)
            .Where(text => !here.Contains(text)).Select(text => $"{text} is asked for there and not here");
    }
}
