using System.Reflection;

namespace Crowd.GraphQL.Conventions;

/// <summary>How coerced items become the list that C# asks for.</summary>
internal static class InputLists
{
    private static readonly MethodInfo Array = typeof(InputLists).GetMethod(nameof(ToArray), BindingFlags.NonPublic | BindingFlags.Static)!;
    private static readonly MethodInfo List = typeof(InputLists).GetMethod(nameof(ToList), BindingFlags.NonPublic | BindingFlags.Static)!;
    private static readonly MethodInfo Set = typeof(InputLists).GetMethod(nameof(ToSet), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>The function for arrays, lists, sets and their interfaces; null for any other type.</summary>
    public static Func<object?[], object>? BuilderFor(Type type, Type item)
    {
        var method = type.IsAssignableFrom(item.MakeArrayType()) ? Array
            : type.IsAssignableFrom(typeof(List<>).MakeGenericType(item)) ? List
            : type.IsAssignableFrom(typeof(HashSet<>).MakeGenericType(item)) ? Set
            : null;
        return method?.MakeGenericMethod(item).CreateDelegate<Func<object?[], object>>();
    }

    private static object ToArray<T>(object?[] items)
    {
        var array = new T[items.Length];
        for (var i = 0; i < items.Length; i++)
        {
            array[i] = (T)items[i]!;
        }

        return array;
    }

    private static object ToList<T>(object?[] items) => new List<T>((T[])ToArray<T>(items));

    private static object ToSet<T>(object?[] items) => new HashSet<T>((T[])ToArray<T>(items));
}
