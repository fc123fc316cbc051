using Crowd.GraphQL.Language;
using Crowd.GraphQL.Types;

namespace Crowd.GraphQL.Validation.Rules;

/// <summary>
/// Fields that merge into one response entry ask for the same and give values of the same shape. Section 5.3.2, Field
/// Selection Merging. Instead of expanding fragments, as <c>FieldsInSetCanMerge</c> does in words, pairs of selection sets
/// and fragments are compared, each pair once.
/// </summary>
internal sealed class FieldSelectionMerging(ValidationContext context) : ValidationRule(context)
{
    private readonly Dictionary<(CompositeType?, SelectionSetNode), FieldSet> _fieldSets = [];
    private readonly PairSet _fragmentPairs = new();
    private readonly PairSet _fieldSetPairs = new();

    public override void EnterSelectionSet(SelectionSetNode selectionSet, CompositeType? parent, bool isInline)
    {
        // What is within an inline fragment was compared with all around it.
        if (isInline)
        {
            return;
        }

        var conflicts = new List<Conflict>();
        Within(FieldsOf(parent, selectionSet), conflicts);
        foreach (var conflict in conflicts)
        {
            Report(
                $"Fields named {conflict.ResponseName} cannot be merged: {conflict.Reason}.",
                conflict.First.Concat(conflict.Second));
        }
    }

    private void Within(FieldSet fields, List<Conflict> conflicts)
    {
        foreach (var (name, group) in fields.Groups)
        {
            for (var i = 0; i < group.Count; i++)
            {
                for (var j = i + 1; j < group.Count; j++)
                {
                    Compare(name, group[i], group[j], isExclusive: false, conflicts);
                }
            }
        }

        for (var i = 0; i < fields.Spreads.Count; i++)
        {
            FieldsWithFragment(fields, fields.Spreads[i], isExclusive: false, conflicts);
            for (var j = i + 1; j < fields.Spreads.Count; j++)
            {
                FragmentWithFragment(fields.Spreads[i], fields.Spreads[j], isExclusive: false, conflicts);
            }
        }
    }

    private void FieldsWithFragment(FieldSet fields, string name, bool isExclusive, List<Conflict> conflicts)
    {
        Context.Spend(1);
        if (fields.Groups.Count == 0 || !_fieldSetPairs.Add(fields, name, isExclusive) || FragmentFields(name) is not { } other || ReferenceEquals(fields, other))
        {
            return;
        }

        Between(fields, other, isExclusive, conflicts);
        foreach (var spread in other.Spreads)
        {
            FieldsWithFragment(fields, spread, isExclusive, conflicts);
        }
    }

    private void FragmentWithFragment(string first, string second, bool isExclusive, List<Conflict> conflicts)
    {
        Context.Spend(1);
        if (first == second || !_fragmentPairs.AddUnordered(first, second, isExclusive)
            || FragmentFields(first) is not { } firstFields || FragmentFields(second) is not { } secondFields)
        {
            return;
        }

        Between(firstFields, secondFields, isExclusive, conflicts);
        foreach (var spread in secondFields.Spreads)
        {
            FragmentWithFragment(first, spread, isExclusive, conflicts);
        }

        foreach (var spread in firstFields.Spreads)
        {
            FragmentWithFragment(spread, second, isExclusive, conflicts);
        }
    }

    private void Between(FieldSet first, FieldSet second, bool isExclusive, List<Conflict> conflicts)
    {
        foreach (var (name, group) in first.Groups)
        {
            Context.Spend(1);
            if (!second.Groups.TryGetValue(name, out var others))
            {
                continue;
            }

            foreach (var field in group)
            {
                foreach (var other in others)
                {
                    Compare(name, field, other, isExclusive, conflicts);
                }
            }
        }
    }

    private void SubSelections(MergeField first, MergeField second, bool isExclusive, List<Conflict> conflicts)
    {
        var firstFields = FieldsOf(first.Definition?.Type.Named() as CompositeType, first.Node.SelectionSet!);
        var secondFields = FieldsOf(second.Definition?.Type.Named() as CompositeType, second.Node.SelectionSet!);
        Between(firstFields, secondFields, isExclusive, conflicts);
        foreach (var spread in secondFields.Spreads)
        {
            FieldsWithFragment(firstFields, spread, isExclusive, conflicts);
        }

        foreach (var spread in firstFields.Spreads)
        {
            FieldsWithFragment(secondFields, spread, isExclusive, conflicts);
        }

        foreach (var spread in firstFields.Spreads)
        {
            foreach (var other in secondFields.Spreads)
            {
                FragmentWithFragment(spread, other, isExclusive, conflicts);
            }
        }
    }

    private void Compare(string name, MergeField first, MergeField second, bool isExclusive, List<Conflict> conflicts)
    {
        Context.Spend(2);

        // Two object types are never the same object, so their fields need only agree in shape (SameResponseShape).
        var areExclusive = isExclusive || (!ReferenceEquals(first.Parent, second.Parent) && first.Parent is ObjectType && second.Parent is ObjectType);
        if (!areExclusive && first.Node.Name.Value != second.Node.Name.Value)
        {
            conflicts.Add(new Conflict(name, $"{first.Node.Name.Value} and {second.Node.Name.Value} are different fields", [first.Node], [second.Node]));
        }
        else if (!areExclusive && !HaveSameArguments(first.Node.Arguments, second.Node.Arguments))
        {
            conflicts.Add(new Conflict(name, "their arguments differ", [first.Node], [second.Node]));
        }
        else if (first.Definition is { } a && second.Definition is { } b && !HaveSameShape(a.Type, b.Type))
        {
            conflicts.Add(new Conflict(name, $"{a.Type} and {b.Type} differ in shape", [first.Node], [second.Node]));
        }
        else if (first.Node.SelectionSet is not null && second.Node.SelectionSet is not null)
        {
            var below = new List<Conflict>();
            SubSelections(first, second, areExclusive, below);
            if (below.Count > 0)
            {
                conflicts.Add(Conflict.Of(name, first.Node, second.Node, below));
            }
        }
    }

    private bool HaveSameArguments(ArgumentNode[] first, ArgumentNode[] second)
    {
        Context.Spend(first.Length);
        return first.Length == second.Length
            && Array.TrueForAll(first, argument =>
                Array.FindLast(second, other => other.Name.Value == argument.Name.Value) is { } other && ValueEquality.AreEqual(argument.Value, other.Value));
    }

    private static bool HaveSameShape(GraphQLType first, GraphQLType second) => (first, second) switch
    {
        (NonNullType a, NonNullType b) => HaveSameShape(a.OfType, b.OfType),
        (NonNullType, _) or (_, NonNullType) => false,
        (ListType a, ListType b) => HaveSameShape(a.OfType, b.OfType),
        (ListType, _) or (_, ListType) => false,
        (CompositeType, CompositeType) => true,
        _ => ReferenceEquals(first, second),
    };

    private FieldSet? FragmentFields(string name) =>
        Context.Facts.Fragments.TryGetValue(name, out var fragment) ? FieldsOf(Context.Composite(fragment.TypeCondition), fragment.SelectionSet) : null;

    private FieldSet FieldsOf(CompositeType? parent, SelectionSetNode selectionSet)
    {
        if (!_fieldSets.TryGetValue((parent, selectionSet), out var fields))
        {
            fields = new FieldSet();
            fields.Collect(Context, parent, selectionSet);
            _fieldSets.Add((parent, selectionSet), fields);
        }

        return fields;
    }
}
