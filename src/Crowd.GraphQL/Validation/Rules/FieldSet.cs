using Crowd.GraphQL.Language;
using Crowd.GraphQL.Types;

namespace Crowd.GraphQL.Validation.Rules;

/// <summary>A field with what merging needs to know of it.</summary>
internal sealed record MergeField(CompositeType? Parent, FieldNode Node, Field? Definition);

/// <summary>The fields of a selection set by response name, and the fragments it spreads. Inline fragments are part of it.</summary>
internal sealed class FieldSet
{
    public Dictionary<string, List<MergeField>> Groups { get; } = new(StringComparer.Ordinal);

    public List<string> Spreads { get; } = [];

    public void Collect(ValidationContext context, CompositeType? parent, SelectionSetNode selectionSet)
    {
        foreach (var selection in selectionSet.Selections)
        {
            switch (selection)
            {
                case FieldNode field:
                    if (!Groups.TryGetValue(field.ResponseName, out var group))
                    {
                        group = [];
                        Groups.Add(field.ResponseName, group);
                    }

                    group.Add(new MergeField(parent, field, parent?.FindField(field.Name.Value)));
                    break;
                case FragmentSpreadNode spread:
                    if (!Spreads.Contains(spread.Name.Value, StringComparer.Ordinal))
                    {
                        Spreads.Add(spread.Name.Value);
                    }

                    break;
                case InlineFragmentNode inline:
                    Collect(context, inline.TypeCondition is null ? parent : context.Composite(inline.TypeCondition), inline.SelectionSet);
                    break;
            }
        }
    }
}

/// <summary>Fields that cannot be merged: on either side the field itself and those below that are the cause.</summary>
internal sealed record Conflict(string ResponseName, string Reason, IReadOnlyList<FieldNode> First, IReadOnlyList<FieldNode> Second)
{
    /// <summary>Most places one side of a conflict names.</summary>
    private const int MaxNodes = 20;

    public static Conflict Of(string name, FieldNode first, FieldNode second, List<Conflict> below) => new(
        name,
        $"below, {string.Join(" and ", below.Take(3).Select(conflict => $"{conflict.ResponseName}: {conflict.Reason}"))}",
        Join(first, below.Select(conflict => conflict.First)),
        Join(second, below.Select(conflict => conflict.Second)));

    private static FieldNode[] Join(FieldNode field, IEnumerable<IReadOnlyList<FieldNode>> below) => [.. below.SelectMany(nodes => nodes).Prepend(field).Take(MaxNodes)];
}

/// <summary>Pairs that were compared, and whether only as mutually exclusive, which compares less.</summary>
internal sealed class PairSet
{
    private readonly Dictionary<(object, object), bool> _pairs = [];

    /// <summary>Remembers the pair; false if it was compared as strictly before.</summary>
    public bool Add(object first, object second, bool isExclusive)
    {
        if (_pairs.TryGetValue((first, second), out var wasExclusive) && (isExclusive || !wasExclusive))
        {
            return false;
        }

        _pairs[(first, second)] = isExclusive;
        return true;
    }

    public bool AddUnordered(string first, string second, bool isExclusive) =>
        string.CompareOrdinal(first, second) < 0 ? Add(first, second, isExclusive) : Add(second, first, isExclusive);
}
