namespace Crowd.GraphQL.Language;

/// <summary>Section 3: a definition or an extension of the type system.</summary>
internal abstract class TypeSystemNode : DefinitionNode
{
    /// <summary>Whether the definition starts with <c>extend</c>.</summary>
    public bool IsExtension { get; init; }
}

/// <summary>Section 3.3.</summary>
internal sealed class SchemaNode(OperationTypeNode[] operationTypes) : TypeSystemNode
{
    public OperationTypeNode[] OperationTypes { get; } = operationTypes;
}

internal sealed class OperationTypeNode(OperationType operation, NamedTypeNode type) : Node
{
    public OperationType Operation { get; } = operation;

    public NamedTypeNode Type { get; } = type;
}

/// <summary>Section 3.13.</summary>
internal sealed class DirectiveDefinitionNode(NameNode name, InputValueDefinitionNode[] arguments, bool isRepeatable, NameNode[] locations) : TypeSystemNode
{
    public NameNode Name { get; } = name;

    public InputValueDefinitionNode[] Arguments { get; } = arguments;

    public bool IsRepeatable { get; } = isRepeatable;

    public NameNode[] Locations { get; } = locations;
}

/// <summary>Section 3.4.</summary>
internal abstract class TypeDefinitionNode(NameNode name) : TypeSystemNode
{
    public NameNode Name { get; } = name;
}

/// <summary>Section 3.5.</summary>
internal sealed class ScalarTypeNode(NameNode name) : TypeDefinitionNode(name);

/// <summary>Sections 3.6 and 3.7.</summary>
internal sealed class FieldsTypeNode(bool isInterface, NameNode name, NamedTypeNode[] interfaces, FieldDefinitionNode[] fields) : TypeDefinitionNode(name)
{
    public bool IsInterface { get; } = isInterface;

    public NamedTypeNode[] Interfaces { get; } = interfaces;

    public FieldDefinitionNode[] Fields { get; } = fields;
}

/// <summary>Section 3.8.</summary>
internal sealed class UnionTypeNode(NameNode name, NamedTypeNode[] types) : TypeDefinitionNode(name)
{
    public NamedTypeNode[] Types { get; } = types;
}

/// <summary>Section 3.9.</summary>
internal sealed class EnumTypeNode(NameNode name, EnumValueDefinitionNode[] values) : TypeDefinitionNode(name)
{
    public EnumValueDefinitionNode[] Values { get; } = values;
}

/// <summary>Section 3.10.</summary>
internal sealed class InputObjectTypeNode(NameNode name, InputValueDefinitionNode[] fields) : TypeDefinitionNode(name)
{
    public InputValueDefinitionNode[] Fields { get; } = fields;
}

internal sealed class FieldDefinitionNode(NameNode name, InputValueDefinitionNode[] arguments, TypeNode type) : DefinitionNode
{
    public NameNode Name { get; } = name;

    public InputValueDefinitionNode[] Arguments { get; } = arguments;

    public TypeNode Type { get; } = type;
}

internal sealed class InputValueDefinitionNode(NameNode name, TypeNode type, ValueNode? defaultValue) : DefinitionNode
{
    public NameNode Name { get; } = name;

    public TypeNode Type { get; } = type;

    public ValueNode? DefaultValue { get; } = defaultValue;
}

internal sealed class EnumValueDefinitionNode(NameNode name) : DefinitionNode
{
    public NameNode Name { get; } = name;
}
