using Crowd.GraphQL.Execution;
using Crowd.GraphQL.Inputs;
using Crowd.GraphQL.Results;
using Crowd.GraphQL.Types;

namespace Crowd.GraphQL.Introspection;

/// <summary>The fields that no type lists: <c>__typename</c> (section 4.1), <c>__schema</c> and <c>__type</c> (section 4.2).</summary>
internal static class MetaFields
{
    public static readonly Field TypeName = new("__typename", ScalarType.String.NonNull(), []) { Resolver = new TypeNameResolver() };

    public static readonly Field Schema = new("__schema", IntrospectionTypes.Schema.NonNull(), [])
    {
        Resolver = new SyncResolver<Schema>((_, _, request) => request.Execution!.Schema, new ObjectCompleter<Schema>(IntrospectionTypes.Schema)),
    };

    public static readonly Field Type = new(
        "__type",
        IntrospectionTypes.Type,
        [new InputValue("name", ScalarType.String.NonNull()) { Shape = new LeafInputShape(ScalarType.String) }])
    {
        Resolver = new SyncResolver<GraphQLType?>(
            (_, arguments, request) => request.Execution!.Schema.Find((string)arguments[0]!),
            new ObjectCompleter<GraphQLType?>(IntrospectionTypes.Type)),
    };

    private sealed class TypeNameResolver : FieldResolver
    {
        public override void Resolve(OperationExecution execution, FieldPlan plan, ObjectResult container, int slot, object? parent) =>
            container.Slots[slot].SetString(container.Plan.Type.Name);
    }
}
