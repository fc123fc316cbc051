using System.Reflection;
using System.Text.Json.Serialization;

namespace Crowd.GraphQL.Conventions;

/// <summary>Which members of a C# type are fields.</summary>
internal static class Members
{
    private const BindingFlags Public = BindingFlags.Public | BindingFlags.Instance;

    /// <summary>The fields of an object: its properties and, unless it is a record, its methods. Those of base types come first.</summary>
    public static IEnumerable<MemberInfo> Fields(Type type, TypeOptions? options, bool isRoot = false)
    {
        var flags = isRoot ? Public | BindingFlags.Static : Public;
        IEnumerable<MemberInfo> members = Properties(type, flags);
        if (isRoot || !(IsRecord(type) || type.IsValueType))
        {
            members = members.Concat(type.GetMethods(flags).Where(IsFieldMethod));
        }

        return members
            .Where(member => !IsIgnored(member, options))
            .OrderBy(member => Depth(member.DeclaringType!))
            .ThenBy(Order);
    }

    /// <summary>The properties that input objects are filled through.</summary>
    public static IEnumerable<PropertyInfo> Inputs(Type type, TypeOptions? options) =>
        Properties(type, Public)
            .Where(property => !IsIgnored(property, options))
            .OrderBy(property => Depth(property.DeclaringType!))
            .ThenBy(property => property.MetadataToken);

    /// <summary>The cases of a closed hierarchy: nested ones, or else the concrete types of the same assembly that derive from it.</summary>
    public static Type[] Cases(Type type)
    {
        var nested = type.GetNestedTypes(BindingFlags.Public).Where(candidate => !candidate.IsAbstract && type.IsAssignableFrom(candidate)).ToArray();
        var cases = nested.Length > 0
            ? nested
            : type.Assembly.GetTypes().Where(candidate => candidate is { IsAbstract: false, IsPublic: true } or { IsAbstract: false, IsNestedPublic: true } && type.IsAssignableFrom(candidate)).ToArray();
        Array.Sort(cases, static (a, b) => a.MetadataToken.CompareTo(b.MetadataToken));
        return cases;
    }

    /// <summary>Whether values of the type are of one of several object types.</summary>
    public static bool IsHierarchy(Type type) => type.IsInterface || type is { IsAbstract: true, IsSealed: false, IsClass: true };

    private static IEnumerable<PropertyInfo> Properties(Type type, BindingFlags flags)
    {
        var properties = type.IsInterface ? type.GetInterfaces().Append(type).SelectMany(each => each.GetProperties(flags)) : type.GetProperties(flags);
        return properties
            .Where(property => property.GetMethod?.IsPublic == true && property.GetIndexParameters().Length == 0)
            .GroupBy(property => property.Name, StringComparer.Ordinal)
            .Select(group => group.MaxBy(property => Depth(property.DeclaringType!))!);
    }

    private static bool IsFieldMethod(MethodInfo method) =>
        !method.IsSpecialName
        && method.DeclaringType != typeof(object)
        && method.GetBaseDefinition().DeclaringType != typeof(object)
        && !method.IsGenericMethod
        && method.Name is not ("Dispose" or "DisposeAsync");

    private static bool IsIgnored(MemberInfo member, TypeOptions? options) =>
        member.IsDefined(typeof(GraphQLIgnoreAttribute))
        || member.GetCustomAttribute<JsonIgnoreAttribute>() is { Condition: JsonIgnoreCondition.Always }
        || options?.Ignored.Contains(member.Name) == true;

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$", Public) is not null;

    // Properties and methods are numbered apart; a property's getter stands where the property does.
    private static int Order(MemberInfo member) => (member as PropertyInfo)?.GetMethod?.MetadataToken ?? member.MetadataToken;

    private static int Depth(Type type) => type.BaseType is { } parent ? Depth(parent) + 1 : 0;
}
