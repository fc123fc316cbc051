using Crowd.GraphQL.Inputs;
using Crowd.GraphQL.Language;
using Crowd.GraphQL.Types;

namespace Crowd.GraphQL.Validation;

/// <summary>Walks a document once, knows at each node what the schema says of it, and shows the nodes to all rules.</summary>
internal sealed class DocumentWalker(ValidationContext context, ValidationRule[] rules)
{
    private readonly Schema _schema = context.Schema;
    private DefinitionNode _definition = null!;

    public void Walk()
    {
        var document = context.Document;
        foreach (var rule in rules)
        {
            rule.EnterDocument(document);
        }

        foreach (var definition in document.Definitions)
        {
            if (context.IsFull)
            {
                break;
            }

            _definition = definition;
            switch (definition)
            {
                case OperationDefinitionNode operation:
                    Operation(operation);
                    break;
                case FragmentDefinitionNode fragment:
                    Fragment(fragment);
                    break;
            }
        }

        foreach (var rule in rules)
        {
            rule.LeaveDocument(document);
        }
    }

    private void Operation(OperationDefinitionNode operation)
    {
        foreach (var rule in rules)
        {
            rule.EnterOperation(operation);
        }

        foreach (var variable in operation.Variables)
        {
            foreach (var rule in rules)
            {
                rule.EnterVariableDefinition(variable);
            }

            TypeReference(variable.Type);
            if (variable.DefaultValue is { } defaultValue)
            {
                var type = _schema.TypeOf(variable.Type);
                Input(defaultValue, type is { IsInput: true } ? type : null);
            }

            Directives(variable.Directives, DirectiveLocations.VariableDefinition);
        }

        Directives(operation.Directives, operation.Operation switch
        {
            OperationType.Query => DirectiveLocations.Query,
            OperationType.Mutation => DirectiveLocations.Mutation,
            _ => DirectiveLocations.Subscription,
        });
        SelectionSet(operation.SelectionSet, _schema.RootType(operation.Operation));
    }

    private void Fragment(FragmentDefinitionNode fragment)
    {
        foreach (var rule in rules)
        {
            rule.EnterFragment(fragment);
        }

        TypeReference(fragment.TypeCondition);
        Directives(fragment.Directives, DirectiveLocations.FragmentDefinition);
        SelectionSet(fragment.SelectionSet, context.Composite(fragment.TypeCondition));
    }

    private void SelectionSet(SelectionSetNode selectionSet, CompositeType? parent, bool isInline = false)
    {
        foreach (var rule in rules)
        {
            rule.EnterSelectionSet(selectionSet, parent, isInline);
        }

        foreach (var selection in selectionSet.Selections)
        {
            switch (selection)
            {
                case FieldNode field:
                    Field(field, parent);
                    break;
                case FragmentSpreadNode spread:
                    Spread(spread, parent);
                    break;
                case InlineFragmentNode inline:
                    Inline(inline, parent);
                    break;
            }
        }
    }

    private void Field(FieldNode field, CompositeType? parent)
    {
        var definition = parent is null ? null : _schema.FindField(parent, field.Name.Value);
        foreach (var rule in rules)
        {
            rule.EnterField(field, parent, definition);
        }

        Arguments(field, field.Arguments, definition, name => definition?.FindArgument(name));
        Directives(field.Directives, DirectiveLocations.Field);
        if (field.SelectionSet is { } selectionSet)
        {
            SelectionSet(selectionSet, definition?.Type.Named() as CompositeType);
        }
    }

    private void Spread(FragmentSpreadNode spread, CompositeType? parent)
    {
        context.Facts.AddSpread(_definition, spread.Name.Value);
        foreach (var rule in rules)
        {
            rule.EnterFragmentSpread(spread, parent);
        }

        Directives(spread.Directives, DirectiveLocations.FragmentSpread);
    }

    private void Inline(InlineFragmentNode inline, CompositeType? parent)
    {
        foreach (var rule in rules)
        {
            rule.EnterInlineFragment(inline, parent);
        }

        if (inline.TypeCondition is { } condition)
        {
            TypeReference(condition);
        }

        Directives(inline.Directives, DirectiveLocations.InlineFragment);
        SelectionSet(inline.SelectionSet, inline.TypeCondition is null ? parent : context.Composite(inline.TypeCondition), isInline: true);
    }

    private void Directives(DirectiveNode[] directives, string location)
    {
        if (directives.Length == 0)
        {
            return;
        }

        foreach (var rule in rules)
        {
            rule.EnterDirectives(directives, location);
        }

        foreach (var directive in directives)
        {
            var definition = _schema.FindDirective(directive.Name.Value);
            Arguments(directive, directive.Arguments, definition, name => definition?.FindArgument(name));
            if (definition == Directive.Skip || definition == Directive.Include)
            {
                foreach (var variable in directive.Arguments.Select(argument => argument.Value).OfType<VariableNode>())
                {
                    context.Facts.AddCondition(_definition, variable.Name);
                }
            }
        }
    }

    private void Arguments(Node node, ArgumentNode[] arguments, object? owner, Func<string, InputValue?> find)
    {
        foreach (var rule in rules)
        {
            rule.EnterArguments(node, arguments);
        }

        foreach (var argument in arguments)
        {
            var definition = find(argument.Name.Value);
            foreach (var rule in rules)
            {
                rule.EnterArgument(argument, owner, definition);
            }

            Input(argument.Value, definition?.Type);
            Value(argument.Value, definition?.Type, definition?.Shape, null, definition?.DefaultValue is not null);
        }
    }

    private void Input(ValueNode value, GraphQLType? type)
    {
        foreach (var rule in rules)
        {
            rule.EnterInput(value, type);
        }

        Objects(value);
    }

    private void Objects(ValueNode value)
    {
        switch (value)
        {
            case ListValueNode list:
                Array.ForEach(list.Values, Objects);
                break;
            case ObjectValueNode map:
                foreach (var rule in rules)
                {
                    rule.EnterObject(map);
                }

                Array.ForEach(map.Fields, field => Objects(field.Value));
                break;
        }
    }

    // Finds the variables in a value and what is expected of each.
    private void Value(ValueNode value, GraphQLType? type, InputShape? shape, InputObjectType? parent, bool hasDefault)
    {
        switch (value)
        {
            case VariableNode variable:
                context.Facts.AddUsage(_definition, new VariableUsage(variable, type, parent, hasDefault, shape));
                break;
            case ListValueNode list:
                var listType = type?.Nullable() as ListType;
                foreach (var item in list.Values)
                {
                    Value(item, listType?.OfType, (shape as ListInputShape)?.Item, null, hasDefault: false);
                }

                break;
            case ObjectValueNode map:
                var input = type?.Named() as InputObjectType;
                foreach (var field in map.Fields)
                {
                    var definition = input?.Find(field.Name.Value);
                    Value(field.Value, definition?.Type, definition?.Shape, input, definition?.DefaultValue is not null);
                }

                break;
        }
    }

    private void TypeReference(TypeNode type)
    {
        while (type is not NamedTypeNode)
        {
            type = type is ListTypeNode list ? list.Type : ((NonNullTypeNode)type).Type;
        }

        foreach (var rule in rules)
        {
            rule.EnterTypeReference((NamedTypeNode)type);
        }
    }
}
