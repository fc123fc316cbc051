using Crowd.GraphQL.Language;
using Crowd.GraphQL.Types;

namespace Crowd.GraphQL.Validation.Rules;

/// <summary>A variable goes only where its type fits. Section 5.8.5, All Variable Usages Are Allowed.</summary>
internal sealed class AllVariableUsagesAreAllowed(ValidationContext context) : ValidationRule(context)
{
    public override void LeaveDocument(DocumentNode document)
    {
        foreach (var operation in Context.Facts.Operations)
        {
            foreach (var usage in Context.Facts.UsagesOf(operation))
            {
                Context.Spend(1);
                var variable = Array.FindLast(operation.Variables, each => each.Variable.Name == usage.Node.Name);
                if (variable is not null && usage.Type is not null && Context.Schema.TypeOf(variable.Type) is { } type)
                {
                    Check(usage, variable, type, usage.Type);
                }
            }
        }
    }

    private void Check(VariableUsage usage, VariableDefinitionNode variable, GraphQLType type, GraphQLType expected)
    {
        if (!IsAllowed(type, variable.DefaultValue, expected, usage.HasDefault))
        {
            Report($"${usage.Node.Name} is a {type}, but {expected} is expected.", variable, usage.Node);
        }

        if (usage.Parent is { IsOneOf: true } parent && type is not NonNullType)
        {
            Report($"${usage.Node.Name} may be null, but the field of {parent} may not.", variable, usage.Node);
        }
    }

    // IsVariableUsageAllowed: a default, of the variable or of the place, makes up for null.
    private static bool IsAllowed(GraphQLType type, ValueNode? defaultValue, GraphQLType expected, bool hasDefault)
    {
        if (expected is NonNullType nonNull && type is not NonNullType)
        {
            return (hasDefault || defaultValue is not (null or NullValueNode)) && SchemaRules.IsSubtype(type, nonNull.OfType);
        }

        return SchemaRules.IsSubtype(type, expected);
    }
}
