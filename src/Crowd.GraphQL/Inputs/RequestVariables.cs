using System.Text.Json;
using Crowd.GraphQL.Execution;
using Crowd.GraphQL.Language;

namespace Crowd.GraphQL.Inputs;

/// <summary>
/// The coerced variables of one request (<c>CoerceVariableValues</c>, section 6.1.2). A variable is converted once for
/// each shape C# expects of it, before execution starts.
/// </summary>
internal sealed class RequestVariables : LiteralVariables
{
    public static readonly RequestVariables None = new(null, [], []);

    private readonly Operation? _operation;
    private readonly JsonElement?[] _raw;
    private readonly Value[] _values;

    private RequestVariables(Operation? operation, JsonElement?[] raw, Value[] values)
    {
        _operation = operation;
        _raw = raw;
        _values = values;
    }

    /// <summary>Coerces what the request sent. Gives errors instead, if any value does not fit its variable.</summary>
    public static RequestVariables Coerce(Operation operation, JsonElement? sent, out IReadOnlyList<GraphQLError> errors)
    {
        errors = [];
        if (operation.Variables.Length == 0)
        {
            return None;
        }

        var raw = new JsonElement?[operation.Variables.Length];
        if (sent is { ValueKind: JsonValueKind.Object } variables)
        {
            for (var i = 0; i < raw.Length; i++)
            {
                if (variables.TryGetProperty(operation.Variables[i].EncodedName.EncodedUtf8Bytes, out var value))
                {
                    raw[i] = value;
                }
            }
        }

        var values = new Value[operation.Uses.Count];
        List<GraphQLError>? problems = null;
        var failed = -1;
        for (var i = 0; i < values.Length; i++)
        {
            var use = operation.Uses[i];
            var found = new CoercionErrors();
            values[i] = Coerce(operation.Variables[use.Variable], use.Shape, raw[use.Variable], found);
            if (found.Count > 0 && use.Variable != failed)
            {
                failed = use.Variable;
                (problems ??= []).AddRange(found.Problems.Select(problem => Describe(operation, use, problem)));
            }
        }

        errors = problems ?? errors;
        return new RequestVariables(operation, raw, values);
    }

    public bool TryGet(int use, out object? value)
    {
        value = _values[use].Converted;
        return _values[use].IsGiven;
    }

    public bool IsTrue(int variable)
    {
        if (_raw[variable] is { } sent)
        {
            return sent.ValueKind == JsonValueKind.True;
        }

        return _operation!.Variables[variable].Definition.DefaultValue is BooleanValueNode { Value: true };
    }

    public override bool TryGet(VariableNode variable, InputShape shape, out object? value)
    {
        if (_operation is null)
        {
            value = null;
            return false;
        }

        return TryGet(_operation.UsageOf(variable, shape), out value);
    }

    public override JsonElement? Raw(VariableNode variable) => _operation is null ? null : _raw[_operation.IndexOf(variable.Name)];

    private static Value Coerce(OperationVariable variable, InputShape shape, JsonElement? sent, CoercionErrors errors)
    {
        if (sent is { } value)
        {
            try
            {
                return new Value(IsGiven: true, JsonCoercion.Coerce(variable.Type, shape, value, errors));
            }
            catch (InvalidOperationException)
            {
                // System.Text.Json reads escapes when asked for the text.
                errors.Add("The value holds half of a surrogate pair.");
                return default;
            }
        }

        if (variable.Definition.DefaultValue is { } literal)
        {
            return new Value(IsGiven: true, LiteralCoercion.Coerce(variable.Type, shape, literal, null, errors));
        }

        if (variable.Type is Types.NonNullType)
        {
            errors.Add($"Expected a value of {variable.Type}.");
        }

        return default;
    }

    private static GraphQLError Describe(Operation operation, VariableUse use, CoercionErrors.Problem problem)
    {
        var variable = operation.Variables[use.Variable];
        return new GraphQLError
        {
            Message = $"${variable.Name}{problem.Path}: {problem.Message}",
            Code = problem.Code,
            Locations = [operation.Document.LocationOf(variable.Definition)],
            Extensions = problem.Extensions,
        };
    }

    private readonly record struct Value(bool IsGiven, object? Converted);
}
