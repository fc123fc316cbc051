using System.Collections.Concurrent;
using System.Text.Json;
using Crowd.GraphQL.Inputs;
using Crowd.GraphQL.Language;
using Crowd.GraphQL.Types;
using Crowd.GraphQL.Validation;

namespace Crowd.GraphQL.Execution;

/// <summary>A validated operation with all that can be worked out before a request: variables, and plans by condition.</summary>
internal sealed class Operation
{
    /// <summary>Plans kept for one operation. More distinct combinations of conditions are compiled for each request.</summary>
    private const int MaxPlans = 64;

    private readonly Schema _schema;
    private readonly Dictionary<string, FragmentDefinitionNode> _fragments;
    private readonly Dictionary<string, int> _variableIndex = new(StringComparer.Ordinal);
    private readonly List<VariableUse> _uses = [];
    private readonly int[] _conditions;
    private readonly ConcurrentDictionary<string, SelectionPlan> _plans = new(StringComparer.Ordinal);
    private SelectionPlan? _onlyPlan;

    public Operation(Schema schema, ValidatedDocument document, OperationDefinitionNode definition)
    {
        _schema = schema;
        Document = document.Document;
        Definition = definition;
        RootType = schema.RootType(definition.Operation) ?? throw new InvalidOperationException("Validation let an unknown operation type pass.");
        _fragments = document.Fragments;
        Variables = [.. definition.Variables.Select(variable => new OperationVariable(variable, schema.TypeOf(variable.Type)!))];
        for (var i = 0; i < Variables.Length; i++)
        {
            _variableIndex.TryAdd(Variables[i].Name, i);
        }

        FindUses(document.UsagesOf(definition));
        _conditions = [.. document.ConditionsOf(definition).Distinct(StringComparer.Ordinal).Select(name => _variableIndex[name])];
    }

    public DocumentNode Document { get; }

    public OperationDefinitionNode Definition { get; }

    public ObjectType RootType { get; }

    public OperationVariable[] Variables { get; }

    /// <summary>Every shape that a variable is asked for in, at least one a variable.</summary>
    public IReadOnlyList<VariableUse> Uses => _uses;

    public FragmentDefinitionNode? FindFragment(string name) => _fragments.GetValueOrDefault(name);

    public int UsageOf(VariableNode variable, InputShape shape)
    {
        for (var i = 0; i < _uses.Count; i++)
        {
            if (ReferenceEquals(_uses[i].Shape, shape) && Variables[_uses[i].Variable].Name == variable.Name)
            {
                return i;
            }
        }

        throw new InvalidOperationException($"The use of ${variable.Name} was not found by validation.");
    }

    public int IndexOf(string variable) => _variableIndex[variable];

    /// <summary>The plan for the conditions that the variables make true.</summary>
    public SelectionPlan PlanFor(RequestVariables variables)
    {
        if (_conditions.Length == 0)
        {
            return _onlyPlan ??= Compile(static _ => false);
        }

        var key = string.Create(_conditions.Length, (_conditions, variables), static (chars, state) =>
        {
            for (var i = 0; i < chars.Length; i++)
            {
                chars[i] = state.variables.IsTrue(state._conditions[i]) ? '1' : '0';
            }
        });
        if (_plans.TryGetValue(key, out var plan))
        {
            return plan;
        }

        plan = Compile(name => variables.IsTrue(_variableIndex[name]));
        return _plans.Count < MaxPlans ? _plans.GetOrAdd(key, plan) : plan;
    }

    private SelectionPlan Compile(Func<string, bool> conditions)
    {
        // The values are copied: plans outlive the request.
        var values = Variables.Where((_, i) => Array.IndexOf(_conditions, i) >= 0 && conditions(Variables[i].Name)).Select(variable => variable.Name).ToHashSet();
        return new SelectionCompiler(this, _schema, values.Contains).Compile(RootType, [Definition.SelectionSet]);
    }

    private void FindUses(IEnumerable<VariableUsage> usages)
    {
        foreach (var usage in usages)
        {
            if (usage.Shape is not null && _variableIndex.TryGetValue(usage.Node.Name, out var index)
                && !_uses.Exists(use => use.Variable == index && ReferenceEquals(use.Shape, usage.Shape)))
            {
                _uses.Add(new VariableUse(index, usage.Shape));
            }
        }

        for (var i = 0; i < Variables.Length; i++)
        {
            if (!_uses.Exists(use => use.Variable == i))
            {
                _uses.Add(new VariableUse(i, InputShape.Default(Variables[i].Type)));
            }
        }
    }
}

internal sealed record OperationVariable(VariableDefinitionNode Definition, GraphQLType Type)
{
    public string Name => Definition.Variable.Name;

    /// <summary>The name as JSON objects are searched for it.</summary>
    public JsonEncodedText EncodedName { get; } = JsonEncodedText.Encode(Definition.Variable.Name);
}

/// <summary>A variable, by position, and what C# expects of it somewhere.</summary>
internal sealed record VariableUse(int Variable, InputShape Shape);
