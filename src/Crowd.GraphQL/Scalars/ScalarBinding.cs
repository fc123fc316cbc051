using Crowd.GraphQL.Execution;
using Crowd.GraphQL.Inputs;
using Crowd.GraphQL.Types;

namespace Crowd.GraphQL.Scalars;

/// <summary>A C# type and the scalar it stands for, in both directions.</summary>
internal sealed record ScalarBinding(Type ClrType, ScalarType Type, InputShape Shape, object Completer)
{
    public static ScalarBinding Of<T>(ScalarType type, LeafCodec codec, LeafWriter<T> write) =>
        new(typeof(T), type, new LeafInputShape(codec), new LeafCompleter<T>(write));
}
