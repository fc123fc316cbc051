namespace Crowd.GraphQL.Language;

/// <summary>Section 2.10: input values as written.</summary>
internal abstract class ValueNode : Node;

internal sealed class VariableNode(NameNode name) : ValueNode
{
    public NameNode NameNode { get; } = name;

    public string Name => NameNode.Value;
}

/// <summary>An integer as written, of any size.</summary>
internal sealed class IntValueNode(string text) : ValueNode
{
    public string Text { get; } = text;
}

/// <summary>A number with a fraction or an exponent, as written.</summary>
internal sealed class FloatValueNode(string text) : ValueNode
{
    public string Text { get; } = text;
}

internal sealed class StringValueNode(string value, bool isBlock) : ValueNode
{
    public string Value { get; } = value;

    public bool IsBlock { get; } = isBlock;
}

internal sealed class BooleanValueNode(bool value) : ValueNode
{
    public bool Value { get; } = value;
}

internal sealed class NullValueNode : ValueNode;

internal sealed class EnumValueNode(string name) : ValueNode
{
    public string Name { get; } = name;
}

internal sealed class ListValueNode(ValueNode[] values) : ValueNode
{
    public ValueNode[] Values { get; } = values;
}

internal sealed class ObjectValueNode(ObjectFieldNode[] fields) : ValueNode
{
    public ObjectFieldNode[] Fields { get; } = fields;
}

internal sealed class ObjectFieldNode(NameNode name, ValueNode value) : Node
{
    public NameNode Name { get; } = name;

    public ValueNode Value { get; } = value;
}
