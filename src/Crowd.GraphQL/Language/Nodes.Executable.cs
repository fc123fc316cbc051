namespace Crowd.GraphQL.Language;

/// <summary>Section 2.4.</summary>
internal enum OperationType
{
    Query,
    Mutation,
    Subscription,
}

internal sealed class OperationDefinitionNode(OperationType operation, NameNode? name, VariableDefinitionNode[] variables, SelectionSetNode selectionSet)
    : DefinitionNode
{
    public OperationType Operation { get; } = operation;

    public NameNode? Name { get; } = name;

    public VariableDefinitionNode[] Variables { get; } = variables;

    public SelectionSetNode SelectionSet { get; } = selectionSet;
}

/// <summary>Section 2.9.</summary>
internal sealed class FragmentDefinitionNode(NameNode name, NamedTypeNode typeCondition, SelectionSetNode selectionSet) : DefinitionNode
{
    public NameNode Name { get; } = name;

    public NamedTypeNode TypeCondition { get; } = typeCondition;

    public SelectionSetNode SelectionSet { get; } = selectionSet;
}

/// <summary>Section 2.11.</summary>
internal sealed class VariableDefinitionNode(VariableNode variable, TypeNode type, ValueNode? defaultValue) : DefinitionNode
{
    public VariableNode Variable { get; } = variable;

    public TypeNode Type { get; } = type;

    public ValueNode? DefaultValue { get; } = defaultValue;
}

/// <summary>Section 2.5.</summary>
internal sealed class SelectionSetNode(SelectionNode[] selections) : Node
{
    public SelectionNode[] Selections { get; } = selections;
}

internal abstract class SelectionNode(DirectiveNode[] directives) : Node
{
    public DirectiveNode[] Directives { get; } = directives;
}

/// <summary>Sections 2.6 and 2.8.</summary>
internal sealed class FieldNode(NameNode? alias, NameNode name, ArgumentNode[] arguments, DirectiveNode[] directives, SelectionSetNode? selectionSet)
    : SelectionNode(directives)
{
    public NameNode? Alias { get; } = alias;

    public NameNode Name { get; } = name;

    public ArgumentNode[] Arguments { get; } = arguments;

    public SelectionSetNode? SelectionSet { get; } = selectionSet;

    /// <summary>The alias, or the name without one.</summary>
    public string ResponseName => (Alias ?? Name).Value;
}

/// <summary>Section 2.9.</summary>
internal sealed class FragmentSpreadNode(NameNode name, DirectiveNode[] directives) : SelectionNode(directives)
{
    public NameNode Name { get; } = name;
}

/// <summary>Section 2.9.2.</summary>
internal sealed class InlineFragmentNode(NamedTypeNode? typeCondition, DirectiveNode[] directives, SelectionSetNode selectionSet) : SelectionNode(directives)
{
    public NamedTypeNode? TypeCondition { get; } = typeCondition;

    public SelectionSetNode SelectionSet { get; } = selectionSet;
}
