using Crowd.GraphQL.Execution;
using Crowd.GraphQL.Types;

namespace Crowd.GraphQL.Scalars;

/// <summary>Result coercion of enums (section 3.9) without boxing.</summary>
internal static class EnumCompletion<T>
    where T : struct, Enum
{
    public static LeafCompleter<T> Completer(EnumType type)
    {
        var names = new Dictionary<T, string>();
        foreach (var value in type.Values)
        {
            names.TryAdd((T)value.Value, value.Name);
        }

        return new LeafCompleter<T>((value, ref slot) => slot.SetString(names[value]));
    }
}
