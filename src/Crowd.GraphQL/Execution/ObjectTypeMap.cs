using System.Collections.Concurrent;
using Crowd.GraphQL.Types;

namespace Crowd.GraphQL.Execution;

/// <summary>Which object type a C# value is. A type that is not mapped itself is looked for through its base types.</summary>
internal sealed class ObjectTypeMap
{
    private readonly ConcurrentDictionary<Type, ObjectType?> _types = new();

    public void Add(Type clrType, ObjectType type) => _types[clrType] = type;

    public ObjectType? Find(Type clrType) => _types.TryGetValue(clrType, out var found) ? found : Search(clrType);

    private ObjectType? Search(Type clrType)
    {
        ObjectType? found = null;
        for (var type = clrType.BaseType; type is not null && found is null; type = type.BaseType)
        {
            found = _types.GetValueOrDefault(type);
        }

        return _types[clrType] = found;
    }
}
