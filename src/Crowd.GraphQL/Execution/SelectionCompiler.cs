using Crowd.GraphQL.Language;
using Crowd.GraphQL.Types;

namespace Crowd.GraphQL.Execution;

/// <summary>
/// Collects fields (section 6.3.2) ahead of execution. Which fields <c>@skip</c> and <c>@include</c> let through is fixed for
/// a compiler by the values of the variables they name, so that plans hold no conditions.
/// </summary>
internal sealed class SelectionCompiler(Operation operation, Schema schema, Func<string, bool> conditions)
{
    public Operation Operation { get; } = operation;

    public SelectionPlan Compile(ObjectType type, IEnumerable<SelectionSetNode> selectionSets)
    {
        var groups = new List<(string ResponseName, List<FieldNode> Nodes)>();
        var visited = new HashSet<string>(StringComparer.Ordinal);
        foreach (var selectionSet in selectionSets)
        {
            Collect(type, selectionSet, groups, visited);
        }

        var fields = new List<FieldPlan>(groups.Count);
        foreach (var (_, nodes) in groups)
        {
            // Validation has made sure that fields exist and merge.
            if (schema.FindField(type, nodes[0].Name.Value) is { } field)
            {
                fields.Add(new FieldPlan(this, field, [.. nodes]));
            }
        }

        return new SelectionPlan(type, [.. fields]);
    }

    private void Collect(ObjectType type, SelectionSetNode selectionSet, List<(string ResponseName, List<FieldNode> Nodes)> groups, HashSet<string> visited)
    {
        foreach (var selection in selectionSet.Selections)
        {
            if (!IsIncluded(selection))
            {
                continue;
            }

            switch (selection)
            {
                case FieldNode field:
                    Add(groups, field);
                    break;
                case InlineFragmentNode inline when Applies(type, inline.TypeCondition):
                    Collect(type, inline.SelectionSet, groups, visited);
                    break;
                case FragmentSpreadNode spread when visited.Add(spread.Name.Value)
                    && Operation.FindFragment(spread.Name.Value) is { } fragment
                    && Applies(type, fragment.TypeCondition):
                    Collect(type, fragment.SelectionSet, groups, visited);
                    break;
            }
        }
    }

    private static void Add(List<(string ResponseName, List<FieldNode> Nodes)> groups, FieldNode field)
    {
        var name = field.ResponseName;
        foreach (var group in groups)
        {
            if (group.ResponseName == name)
            {
                group.Nodes.Add(field);
                return;
            }
        }

        groups.Add((name, [field]));
    }

    // Section 3.13.1 and 3.13.2.
    private bool IsIncluded(SelectionNode selection)
    {
        foreach (var directive in selection.Directives)
        {
            var isSkip = directive.Name.Value == Directive.Skip.Name;
            if (isSkip || directive.Name.Value == Directive.Include.Name)
            {
                var condition = directive.Arguments[0].Value switch
                {
                    BooleanValueNode constant => constant.Value,
                    VariableNode variable => conditions(variable.Name),
                    _ => false,
                };
                if (condition == isSkip)
                {
                    return false;
                }
            }
        }

        return true;
    }

    // DoesFragmentTypeApply.
    private bool Applies(ObjectType type, NamedTypeNode? condition) =>
        condition is null || (schema.Find(condition.Name) is CompositeType composite && schema.IsPossible(composite, type));
}
