using System.Reflection;

namespace Crowd.Compatibility.Orleans;

/// <summary>
/// Writes types and members as text that is the same for ours and theirs: types that are being compared go by their bare name, others by
/// their full one.
/// </summary>
internal sealed class ShapeText(IEnumerable<Type> compared)
{
    private readonly HashSet<Type> _compared = [.. compared];

    /// <summary>The name by which a type of ours and one of theirs are taken for the same.</summary>
    public static string Key(Type type) => type.Name;

    public string Of(Type type)
    {
        if (type.IsGenericParameter) return type.DeclaringMethod is null ? $"!{type.GenericParameterPosition}" : $"!!{type.GenericParameterPosition}";
        if (type.HasElementType) return Of(type.GetElementType()!) + (type.IsByRef ? "&" : type.IsPointer ? "*" : "[]");
        var definition = type.IsConstructedGenericType ? type.GetGenericTypeDefinition() : type;
        var name = _compared.Contains(definition) ? Key(definition) : definition.FullName!;
        return type.IsConstructedGenericType ? $"{name}<{string.Join(",", type.GetGenericArguments().Select(Of))}>" : name;
    }

    /// <summary>What must be the same for two members to be the same; constructors, methods with accessors, and fields.</summary>
    public string Of(MemberInfo member) => member switch
    {
        FieldInfo field => $"{Static(field.IsStatic)}{Of(field.FieldType)} {field.Name}",
        MethodInfo method => $"{Static(method.IsStatic)}{Of(method.ReturnType)} {method.Name}{Generic(method)}({Parameters(method)})",
        MethodBase constructor => $"new({Parameters(constructor)})",
        _ => throw new ArgumentException($"{member.MemberType} is not compared.", nameof(member)),
    };

    private static string Static(bool isStatic) => isStatic ? "static " : "";

    private string Parameters(MethodBase method) =>
        string.Join(", ", method.GetParameters().Select(parameter => $"{(parameter.IsOut ? "out " : "")}{Of(parameter.ParameterType)}"));

    private string Generic(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(",", method.GetGenericArguments().Select(Constraints))}>" : "";

    private string Constraints(Type parameter) =>
        $"{parameter.GenericParameterAttributes}:{string.Join("&", parameter.GetGenericParameterConstraints().Select(Of).Order(StringComparer.Ordinal))}";
}
