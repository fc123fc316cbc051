using Crowd.GraphQL.Language;
using Crowd.GraphQL.Types;

namespace Crowd.GraphQL.Validation.Rules;

/// <summary>A subscription has one root field, and that unconditionally. Section 5.2.4.1, Single Root Field.</summary>
internal sealed class SingleRootField(ValidationContext context) : ValidationRule(context)
{
    public override void EnterOperation(OperationDefinitionNode operation)
    {
        if (operation.Operation != OperationType.Subscription || Context.Schema.Subscription is not { } root)
        {
            return;
        }

        var groups = new List<List<FieldNode>>();
        var conditions = new List<DirectiveNode>();
        Collect(root, operation.SelectionSet, groups, conditions, []);
        if (conditions.Count > 0)
        {
            Report("The root field of a subscription cannot depend on @skip or @include.", conditions);
            return;
        }

        if (groups.Count == 0)
        {
            Report("A subscription selects one root field.", operation.SelectionSet);
        }
        else if (groups.Count > 1)
        {
            Report("A subscription selects only one root field.", groups.Skip(1).SelectMany(group => group));
        }

        foreach (var group in groups.Where(group => group[0].Name.Value.StartsWith("__", StringComparison.Ordinal)))
        {
            Report("The root field of a subscription cannot be an introspection field.", group);
        }
    }

    // CollectSubscriptionFields.
    private void Collect(ObjectType root, SelectionSetNode selectionSet, List<List<FieldNode>> groups, List<DirectiveNode> conditions, HashSet<string> visited)
    {
        Context.Spend(selectionSet.Selections.Length);
        foreach (var selection in selectionSet.Selections)
        {
            if ((Condition(selection, Directive.Skip) ?? Condition(selection, Directive.Include)) is { } condition)
            {
                conditions.Add(condition);
                continue;
            }

            switch (selection)
            {
                case FieldNode field when groups.Find(group => group[0].ResponseName == field.ResponseName) is { } group:
                    group.Add(field);
                    break;
                case FieldNode field:
                    groups.Add([field]);
                    break;
                case InlineFragmentNode inline when Applies(root, inline.TypeCondition):
                    Collect(root, inline.SelectionSet, groups, conditions, visited);
                    break;
                case FragmentSpreadNode spread
                    when Context.Facts.Fragments.TryGetValue(spread.Name.Value, out var fragment) && Applies(root, fragment.TypeCondition) && visited.Add(spread.Name.Value):
                    Collect(root, fragment.SelectionSet, groups, conditions, visited);
                    break;
            }
        }
    }

    private static DirectiveNode? Condition(SelectionNode selection, Directive directive) =>
        Array.Find(selection.Directives, node => node.Name.Value == directive.Name);

    private bool Applies(ObjectType root, NamedTypeNode? condition) =>
        condition is null || (Context.Composite(condition) is { } type && Context.Schema.IsPossible(type, root));
}
