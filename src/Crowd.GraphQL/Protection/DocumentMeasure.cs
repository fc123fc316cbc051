using System.Globalization;
using Crowd.GraphQL.Language;
using Crowd.GraphQL.Types;
using Crowd.GraphQL.Validation;

namespace Crowd.GraphQL.Protection;

/// <summary>
/// The depth, aliases and cost of an operation. A leaf costs nothing, an object or list 1 or what <see cref="CostAttribute"/> says, times
/// the sizes of the pages it is in. A page whose size is a variable counts as the largest page. Fragments count each time they are spread.
/// </summary>
internal sealed class DocumentMeasure(Schema schema, ValidatedDocument facts, GraphQLServerOptions options)
{
    private readonly Dictionary<FragmentDefinitionNode, Measure> _fragments = [];

    public int Depth { get; private set; }

    public long Aliases { get; private set; }

    public long Cost { get; private set; }

    /// <summary>The first <c>__schema</c> or <c>__type</c>.</summary>
    public FieldNode? Introspection { get; private set; }

    public void Add(OperationDefinitionNode operation, ObjectType root)
    {
        var measure = Of(operation.SelectionSet, root);
        Depth = measure.Depth;
        Aliases = measure.Aliases;
        Cost = measure.Cost;
    }

    private Measure Of(SelectionSetNode selectionSet, CompositeType parent)
    {
        var total = default(Measure);
        foreach (var selection in selectionSet.Selections)
        {
            total = total.With(selection switch
            {
                FieldNode field => Of(field, parent),
                InlineFragmentNode inline => Of(inline.SelectionSet, Condition(inline.TypeCondition) ?? parent),
                FragmentSpreadNode spread => Of(facts.Fragments[spread.Name.Value]),
                _ => default,
            });
        }

        return total;
    }

    // Fragments have no cycles by now; measuring each once keeps this linear.
    private Measure Of(FragmentDefinitionNode fragment)
    {
        if (!_fragments.TryGetValue(fragment, out var measure))
        {
            measure = Of(fragment.SelectionSet, Condition(fragment.TypeCondition)!);
            _fragments.Add(fragment, measure);
        }

        return measure;
    }

    private Measure Of(FieldNode field, CompositeType parent)
    {
        var aliases = field.Alias is null ? 0 : 1;
        if (field.Name.Value.StartsWith("__", StringComparison.Ordinal))
        {
            // Introspection has a bound of its own: the schema. Its depth is limited all the same, since lists nest in it.
            var introspection = field.Name.Value == "__typename" ? default : Nested(field, schema.FindField(parent, field.Name.Value)!);
            Introspection ??= field.Name.Value == "__typename" ? null : field;
            return new Measure(introspection.Depth > options.MaxIntrospectionDepth ? introspection.Depth : 0, aliases + introspection.Aliases, 0);
        }

        var definition = schema.FindField(parent, field.Name.Value)!;
        var nested = Nested(field, definition);
        var own = definition.Cost ?? (field.SelectionSet is null ? 0 : 1);
        var size = PageSize(field, definition);
        return new Measure(nested.Depth + 1, nested.Aliases + aliases, own + Times(size, nested.Cost));
    }

    private Measure Nested(FieldNode field, Field definition) =>
        field.SelectionSet is { } selectionSet ? Of(selectionSet, (CompositeType)definition.Type.Named()) : default;

    private long PageSize(FieldNode field, Field definition)
    {
        if (!definition.IsConnection)
        {
            return 1;
        }

        var argument = Array.Find(field.Arguments, each => each.Name.Value is "first" or "last");
        return argument?.Value switch
        {
            null => Page.DefaultSize,
            IntValueNode number when long.TryParse(number.Text, CultureInfo.InvariantCulture, out var size) => Math.Max(1, size),
            _ => options.AssumedPageSize,
        };
    }

    private CompositeType? Condition(NamedTypeNode? condition) => condition is null ? null : (CompositeType)schema.Find(condition.Name)!;

    private static long Times(long a, long b) => a != 0 && b > long.MaxValue / 4 / a ? long.MaxValue / 4 : a * b;

    private readonly record struct Measure(int Depth, long Aliases, long Cost)
    {
        public Measure With(Measure other) =>
            new(Math.Max(Depth, other.Depth), Math.Min(Aliases + other.Aliases, long.MaxValue / 4), Math.Min(Cost + other.Cost, long.MaxValue / 4));
    }
}
