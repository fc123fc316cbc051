using Crowd.GraphQL.Language;
using Crowd.GraphQL.Types;

namespace Crowd.GraphQL.Validation;

/// <summary>One rule of section 5. Sees the nodes of a document in order; keeps state for one document only.</summary>
internal abstract class ValidationRule(ValidationContext context)
{
    protected ValidationContext Context { get; } = context;

    public virtual void EnterDocument(DocumentNode document)
    {
    }

    /// <summary>Comes when the whole document was seen, so that <see cref="ValidationContext.Facts"/> is complete.</summary>
    public virtual void LeaveDocument(DocumentNode document)
    {
    }

    public virtual void EnterOperation(OperationDefinitionNode operation)
    {
    }

    public virtual void EnterFragment(FragmentDefinitionNode fragment)
    {
    }

    public virtual void EnterVariableDefinition(VariableDefinitionNode variable)
    {
    }

    /// <summary>A selection set.</summary>
    /// <param name="selectionSet">The selection set.</param>
    /// <param name="parent">The type selected on; null if it is not known.</param>
    /// <param name="isInline">Whether it belongs to an inline fragment.</param>
    public virtual void EnterSelectionSet(SelectionSetNode selectionSet, CompositeType? parent, bool isInline)
    {
    }

    public virtual void EnterField(FieldNode field, CompositeType? parent, Field? definition)
    {
    }

    public virtual void EnterFragmentSpread(FragmentSpreadNode spread, CompositeType? parent)
    {
    }

    public virtual void EnterInlineFragment(InlineFragmentNode fragment, CompositeType? parent)
    {
    }

    public virtual void EnterDirectives(DirectiveNode[] directives, string location)
    {
    }

    /// <summary>An argument of a field or directive.</summary>
    /// <param name="argument">The argument.</param>
    /// <param name="owner">The field or directive it is of; null if that is not known.</param>
    /// <param name="definition">The argument's definition; null if there is none.</param>
    public virtual void EnterArgument(ArgumentNode argument, object? owner, InputValue? definition)
    {
    }

    public virtual void EnterArguments(Node owner, ArgumentNode[] arguments)
    {
    }

    /// <summary>A whole input value, with the type expected of it, if that is known.</summary>
    public virtual void EnterInput(ValueNode value, GraphQLType? type)
    {
    }

    /// <summary>An object within an input value.</summary>
    public virtual void EnterObject(ObjectValueNode value)
    {
    }

    public virtual void EnterTypeReference(NamedTypeNode type)
    {
    }

    protected void Report(string message, params IEnumerable<Node> nodes) => Context.Report(GetType().Name, message, nodes);
}
