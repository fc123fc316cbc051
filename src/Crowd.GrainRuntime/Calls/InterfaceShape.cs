using System.Reflection;

namespace Crowd.GrainRuntime;

/// <summary>What a grain interface may look like, and what is in it.</summary>
internal static class InterfaceShape
{
    /// <summary>The methods of the interface and of those it extends.</summary>
    public static IEnumerable<MethodInfo> MethodsOf(Type grainInterface) =>
        grainInterface.GetInterfaces().Prepend(grainInterface)
            .SelectMany(static type => type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance));

    /// <summary>The assemblies of all types that the interface's signatures name.</summary>
    public static IEnumerable<Assembly> AssembliesOf(Type grainInterface) =>
        MethodsOf(grainInterface)
            .SelectMany(static method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType))
            .SelectMany(Parts)
            .Append(grainInterface)
            .Concat(grainInterface.GetInterfaces())
            .Select(static type => type.Assembly);

    /// <summary>What is wrong with the interface, each named by its member; empty when it can be used.</summary>
    public static IEnumerable<string> Faults(Type grainInterface)
    {
        if (grainInterface.IsGenericType) yield return $"{grainInterface} is generic, which grain interfaces may not be.";
        foreach (var method in MethodsOf(grainInterface))
        {
            var name = $"{method.DeclaringType!.FullName}.{method.Name}";
            if (method.IsSpecialName) yield return $"{name} belongs to a property or event: grain interfaces have methods only.";
            else if (!method.IsAbstract) yield return $"{name} has a body: methods of grain interfaces have none.";
            else if (method.IsGenericMethod) yield return $"{name} is generic, which methods of grain interfaces may not be.";
            else if (method.GetParameters().Any(static parameter => parameter.ParameterType.IsByRef)) yield return $"{name} has a ref, in or out parameter.";
            else if (ReturnFault(method) is { } fault) yield return $"{name} {fault}";
        }
    }

    private static string? ReturnFault(MethodInfo method)
    {
        var returned = method.ReturnType;
        var isTask = returned == typeof(Task) || returned == typeof(ValueTask);
        if (method.IsDefined(typeof(OneWayAttribute)))
        {
            return isTask || returned == typeof(void) ? null : "is one-way and must return Task, ValueTask or void.";
        }

        if (returned == typeof(void)) return "returns void, which only one-way methods may.";
        var isTyped = returned.IsGenericType
            && (returned.GetGenericTypeDefinition() == typeof(Task<>) || returned.GetGenericTypeDefinition() == typeof(ValueTask<>));
        return isTask || isTyped ? null : $"must return Task, Task<T>, ValueTask or ValueTask<T>, not {returned.Name}.";
    }

    private static IEnumerable<Type> Parts(Type type)
    {
        if (type.HasElementType) return Parts(type.GetElementType()!);
        return type.IsConstructedGenericType ? type.GetGenericArguments().SelectMany(Parts).Append(type) : [type];
    }
}
