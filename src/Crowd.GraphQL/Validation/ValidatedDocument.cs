using Crowd.GraphQL.Inputs;
using Crowd.GraphQL.Language;
using Crowd.GraphQL.Types;

namespace Crowd.GraphQL.Validation;

/// <summary>A variable where it is used, with what the schema expects there.</summary>
/// <param name="Node">The variable.</param>
/// <param name="Type">The type of the place; null if validation does not know it.</param>
/// <param name="Parent">The input object whose field the variable is, if it is one.</param>
/// <param name="HasDefault">Whether the place has a default of its own.</param>
/// <param name="Shape">What C# expects there.</param>
internal sealed record VariableUsage(VariableNode Node, GraphQLType? Type, InputObjectType? Parent, bool HasDefault, InputShape? Shape);

/// <summary>What validation learned about a document; also what execution needs of it.</summary>
internal sealed class ValidatedDocument
{
    private readonly Dictionary<DefinitionNode, List<VariableUsage>> _usages = [];
    private readonly Dictionary<DefinitionNode, List<string>> _spreads = [];
    private readonly Dictionary<DefinitionNode, List<string>> _conditions = [];

    public ValidatedDocument(DocumentNode document)
    {
        Document = document;
        Operations = [.. document.Definitions.OfType<OperationDefinitionNode>()];
        foreach (var fragment in document.Definitions.OfType<FragmentDefinitionNode>())
        {
            // Of two by one name, which is an error, the last counts.
            Fragments[fragment.Name.Value] = fragment;
        }
    }

    public DocumentNode Document { get; }

    public OperationDefinitionNode[] Operations { get; }

    public Dictionary<string, FragmentDefinitionNode> Fragments { get; } = new(StringComparer.Ordinal);

    public void AddUsage(DefinitionNode definition, VariableUsage usage) => ListOf(_usages, definition).Add(usage);

    public void AddSpread(DefinitionNode definition, string fragment) => ListOf(_spreads, definition).Add(fragment);

    public void AddCondition(DefinitionNode definition, string variable) => ListOf(_conditions, definition).Add(variable);

    /// <summary>The names of the fragments spread in a definition, itself only.</summary>
    public IReadOnlyList<string> SpreadsIn(DefinitionNode definition) => _spreads.TryGetValue(definition, out var spreads) ? spreads : [];

    /// <summary>The variables used in an operation and every fragment it reaches.</summary>
    public IEnumerable<VariableUsage> UsagesOf(OperationDefinitionNode operation) => Reach(operation).SelectMany(definition => ListOf(_usages, definition));

    /// <summary>The variables that <c>@skip</c> and <c>@include</c> name, likewise.</summary>
    public IEnumerable<string> ConditionsOf(OperationDefinitionNode operation) => Reach(operation).SelectMany(definition => ListOf(_conditions, definition));

    /// <summary>The operation and each fragment it reaches, once.</summary>
    public List<DefinitionNode> Reach(OperationDefinitionNode operation)
    {
        var reached = new List<DefinitionNode> { operation };
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < reached.Count; i++)
        {
            foreach (var name in SpreadsIn(reached[i]))
            {
                if (seen.Add(name) && Fragments.TryGetValue(name, out var fragment))
                {
                    reached.Add(fragment);
                }
            }
        }

        return reached;
    }

    private static List<T> ListOf<T>(Dictionary<DefinitionNode, List<T>> lists, DefinitionNode definition)
    {
        if (!lists.TryGetValue(definition, out var list))
        {
            list = [];
            lists.Add(definition, list);
        }

        return list;
    }
}
