using Crowd.GraphQL.Inputs;
using Crowd.GraphQL.Language;
using Crowd.GraphQL.Types;

namespace Crowd.GraphQL.Execution;

/// <summary>The arguments of a field as far as the document fixes them (<c>CoerceArgumentValues</c>, section 6.4.1).</summary>
internal sealed class ArgumentsPlan
{
    private static readonly ArgumentsPlan Empty = new() { Constants = [] };

    private Argument[] _arguments = [];

    /// <summary>The values, if no variable takes part in them.</summary>
    public object?[]? Constants { get; private init; }

    public static ArgumentsPlan Of(Field field, FieldNode node, Operation operation)
    {
        if (field.Arguments.Count == 0)
        {
            return Empty;
        }

        var arguments = new Argument[field.Arguments.Count];
        for (var i = 0; i < arguments.Length; i++)
        {
            var definition = field.Arguments[i];
            var value = Array.Find(node.Arguments, argument => argument.Name.Value == definition.Name)?.Value;
            arguments[i] = new Argument(definition, value, value is VariableNode variable ? operation.UsageOf(variable, definition.Shape) : -1);
        }

        var plan = new ArgumentsPlan { _arguments = arguments };
        var errors = new CoercionErrors();
        if (Array.Exists(arguments, argument => argument.Value is not null && ContainsVariable(argument.Value)))
        {
            return plan;
        }

        var constants = plan.Coerce(RequestVariables.None, errors);
        return errors.Count == 0 ? new ArgumentsPlan { _arguments = arguments, Constants = constants } : plan;
    }

    /// <summary>The value of each argument in the order of their definitions; meaningless if there are errors.</summary>
    public object?[] Coerce(RequestVariables variables, CoercionErrors errors)
    {
        var values = new object?[_arguments.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var argument = _arguments[i];
            var since = errors.Count;
            values[i] = Coerce(argument, variables, errors);
            if (errors.Count > since)
            {
                errors.Prefix(since, argument.Definition.Name);
            }
        }

        return values;
    }

    private static object? Coerce(Argument argument, RequestVariables variables, CoercionErrors errors)
    {
        var definition = argument.Definition;
        if (argument.Usage >= 0)
        {
            if (variables.TryGet(argument.Usage, out var value) && (value is not null || definition.Type is not NonNullType))
            {
                return value;
            }

            return LiteralCoercionOrDefault(argument, variables, errors);
        }

        if (argument.Value is not null)
        {
            return LiteralCoercion.Coerce(definition.Type, definition.Shape, argument.Value, variables, errors);
        }

        return Default(definition, errors);
    }

    private static object? LiteralCoercionOrDefault(Argument argument, RequestVariables variables, CoercionErrors errors)
    {
        if (!variables.TryGet(argument.Usage, out _) && !argument.Definition.IsRequired)
        {
            return Default(argument.Definition, errors);
        }

        return LiteralCoercion.Coerce(argument.Definition.Type, argument.Definition.Shape, argument.Value!, variables, errors);
    }

    private static object? Default(InputValue definition, CoercionErrors errors)
    {
        if (definition.DefaultValue is not null)
        {
            return definition.CoercedDefault;
        }

        if (definition.Type is NonNullType)
        {
            errors.Add("The argument is required.");
        }

        return ObjectInputShape.Missing;
    }

    private static bool ContainsVariable(ValueNode value) => value switch
    {
        VariableNode => true,
        ListValueNode list => Array.Exists(list.Values, ContainsVariable),
        ObjectValueNode map => Array.Exists(map.Fields, field => ContainsVariable(field.Value)),
        _ => false,
    };

    private sealed record Argument(InputValue Definition, ValueNode? Value, int Usage);
}
