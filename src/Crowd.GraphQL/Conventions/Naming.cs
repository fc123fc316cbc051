using System.Reflection;
using System.Text.Json;

namespace Crowd.GraphQL.Conventions;

/// <summary>How C# names become GraphQL names.</summary>
internal static class Naming
{
    private const string Get = "Get";
    private const string Async = "Async";
    private const string Input = "Input";

    public static string Field(MemberInfo member)
    {
        if (member.GetCustomAttribute<GraphQLNameAttribute>() is { } named)
        {
            return named.Name;
        }

        var name = member.Name;
        if (member is MethodInfo)
        {
            if (name.Length > Async.Length && name.EndsWith(Async, StringComparison.Ordinal))
            {
                name = name[..^Async.Length];
            }

            if (name.Length > Get.Length && name.StartsWith(Get, StringComparison.Ordinal) && char.IsUpper(name[Get.Length]))
            {
                name = name[Get.Length..];
            }
        }

        return Camel(name);
    }

    public static string Argument(ParameterInfo parameter) => parameter.GetCustomAttribute<GraphQLNameAttribute>()?.Name ?? Camel(parameter.Name!);

    public static string EnumValue(FieldInfo value) =>
        value.GetCustomAttribute<GraphQLNameAttribute>()?.Name ?? JsonNamingPolicy.SnakeCaseUpper.ConvertName(value.Name);

    public static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    /// <summary>
    /// The name of an object, enum, interface or union. A case nested in the base of a closed hierarchy takes the base's
    /// name behind its own (<c>Answer.Choice</c> is <c>ChoiceAnswer</c>), a generic type the names of its arguments before it.
    /// </summary>
    public static string Type(Type type)
    {
        if (type.GetCustomAttribute<GraphQLNameAttribute>() is { } named)
        {
            return named.Name;
        }

        if (type.IsGenericType)
        {
            var arguments = string.Concat(type.GetGenericArguments().Select(Type));
            return arguments + type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)];
        }

        if (type.DeclaringType is { IsAbstract: true, IsSealed: false } parent && parent.IsAssignableFrom(type))
        {
            var parentName = Type(parent);
            return type.Name.EndsWith(parentName, StringComparison.Ordinal) ? type.Name : type.Name + parentName;
        }

        return type.IsInterface && type.Name.Length > 1 && type.Name[0] == 'I' && char.IsUpper(type.Name[1]) ? type.Name[1..] : type.Name;
    }

    public static string WithInputSuffix(string name) => name.EndsWith(Input, StringComparison.Ordinal) ? name : name + Input;

    /// <summary>Whether the text may name something (section 2.1.8) and is not reserved (section 2.1.8, names with two underscores).</summary>
    public static bool IsValid(string name) =>
        name.Length > 0
        && !name.StartsWith("__", StringComparison.Ordinal)
        && !char.IsAsciiDigit(name[0])
        && name.All(character => character == '_' || char.IsAsciiLetterOrDigit(character));
}
