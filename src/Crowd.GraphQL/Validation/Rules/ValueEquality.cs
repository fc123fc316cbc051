using Crowd.GraphQL.Language;

namespace Crowd.GraphQL.Validation.Rules;

/// <summary>Whether two input values are written alike. The order of an object's fields does not matter (section 2.10.8).</summary>
internal static class ValueEquality
{
    public static bool AreEqual(ValueNode first, ValueNode second) => (first, second) switch
    {
        (VariableNode a, VariableNode b) => a.Name == b.Name,
        (IntValueNode a, IntValueNode b) => a.Text == b.Text,
        (FloatValueNode a, FloatValueNode b) => a.Text == b.Text,
        (StringValueNode a, StringValueNode b) => a.Value == b.Value && a.IsBlock == b.IsBlock,
        (BooleanValueNode a, BooleanValueNode b) => a.Value == b.Value,
        (EnumValueNode a, EnumValueNode b) => a.Name == b.Name,
        (NullValueNode, NullValueNode) => true,
        (ListValueNode a, ListValueNode b) => a.Values.Length == b.Values.Length && a.Values.Zip(b.Values).All(pair => AreEqual(pair.First, pair.Second)),
        (ObjectValueNode a, ObjectValueNode b) => a.Fields.Length == b.Fields.Length && Sorted(a).Zip(Sorted(b)).All(pair =>
            pair.First.Name.Value == pair.Second.Name.Value && AreEqual(pair.First.Value, pair.Second.Value)),
        _ => false,
    };

    private static IEnumerable<ObjectFieldNode> Sorted(ObjectValueNode map) => map.Fields.OrderBy(field => field.Name.Value, StringComparer.Ordinal);
}
