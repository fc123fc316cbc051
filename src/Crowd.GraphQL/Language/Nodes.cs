namespace Crowd.GraphQL.Language;

/// <summary>A part of a document. <see cref="Start"/> is the byte offset of its first token, which errors turn into a line and column.</summary>
internal abstract class Node
{
    public int Start { get; init; }
}

/// <summary>A name where it stands in the text (section 2.1.8).</summary>
internal sealed class NameNode(string value) : Node
{
    public string Value { get; } = value;
}

/// <summary>A parsed document (section 2.3) with the text it came from.</summary>
internal sealed class DocumentNode(byte[] source, DefinitionNode[] definitions) : Node
{
    public byte[] Source { get; } = source;

    public DefinitionNode[] Definitions { get; } = definitions;

    public SourceLocation LocationOf(Node node) => SourceLocation.Of(Source, node.Start);
}

internal abstract class DefinitionNode : Node
{
    public StringValueNode? Description { get; init; }

    public DirectiveNode[] Directives { get; init; } = [];
}

/// <summary>Section 2.13.</summary>
internal sealed class DirectiveNode(NameNode name, ArgumentNode[] arguments) : Node
{
    public NameNode Name { get; } = name;

    public ArgumentNode[] Arguments { get; } = arguments;
}

/// <summary>Section 2.7.</summary>
internal sealed class ArgumentNode(NameNode name, ValueNode value) : Node
{
    public NameNode Name { get; } = name;

    public ValueNode Value { get; } = value;
}

/// <summary>Section 2.12: type references.</summary>
internal abstract class TypeNode : Node;

internal sealed class NamedTypeNode(string name) : TypeNode
{
    public string Name { get; } = name;
}

internal sealed class ListTypeNode(TypeNode type) : TypeNode
{
    public TypeNode Type { get; } = type;
}

internal sealed class NonNullTypeNode(TypeNode type) : TypeNode
{
    public TypeNode Type { get; } = type;
}
