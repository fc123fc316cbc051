using Crowd.GraphQL.Language;
using Crowd.GraphQL.Types;

namespace Crowd.GraphQL.Validation.Rules;

/// <summary>No fragment spreads itself, directly or through others. Section 5.5.2.2, Fragment Spreads Must Not Form Cycles.</summary>
internal sealed class FragmentSpreadsMustNotFormCycles(ValidationContext context) : ValidationRule(context)
{
    private readonly HashSet<string> _visited = new(StringComparer.Ordinal);
    private readonly List<FragmentSpreadNode> _path = [];
    private readonly Dictionary<string, int> _open = new(StringComparer.Ordinal);

    public override void EnterFragment(FragmentDefinitionNode fragment) => Follow(fragment);

    private void Follow(FragmentDefinitionNode fragment)
    {
        var name = fragment.Name.Value;
        if (!_visited.Add(name))
        {
            return;
        }

        _open[name] = _path.Count;
        foreach (var spread in Spreads(fragment.SelectionSet))
        {
            Context.Spend(1);
            _path.Add(spread);
            if (_open.TryGetValue(spread.Name.Value, out var start))
            {
                Report($"The fragment {spread.Name.Value} contains itself.", _path.Skip(start).ToArray());
            }
            else if (Context.Facts.Fragments.TryGetValue(spread.Name.Value, out var next))
            {
                Follow(next);
            }

            _path.RemoveAt(_path.Count - 1);
        }

        _open.Remove(name);
    }

    private static IEnumerable<FragmentSpreadNode> Spreads(SelectionSetNode selectionSet)
    {
        var open = new Stack<SelectionSetNode>([selectionSet]);
        while (open.TryPop(out var next))
        {
            foreach (var selection in next.Selections)
            {
                switch (selection)
                {
                    case FragmentSpreadNode spread:
                        yield return spread;
                        break;
                    case FieldNode { SelectionSet: { } nested }:
                        open.Push(nested);
                        break;
                    case InlineFragmentNode inline:
                        open.Push(inline.SelectionSet);
                        break;
                }
            }
        }
    }
}
