using Crowd.GraphQL.Language;
using Crowd.GraphQL.Types;
using Crowd.GraphQL.Validation;

namespace Crowd.GraphQL.Protection;

/// <summary>Refuses valid documents that ask for too much. What a document costs is known before it is executed.</summary>
internal static class DocumentLimits
{
    public static IReadOnlyList<GraphQLError> Check(Schema schema, ValidatedDocument facts, GraphQLServerOptions options)
    {
        var errors = new List<GraphQLError>();
        foreach (var operation in facts.Operations)
        {
            var root = schema.RootType(operation.Operation)!;
            var measure = new DocumentMeasure(schema, facts, options);
            measure.Add(operation, root);
            Compare(errors, operation, facts, "depth", ErrorCodes.DepthLimit, measure.Depth, options.MaxDepth);
            Compare(errors, operation, facts, "number of aliases", ErrorCodes.AliasLimit, measure.Aliases, options.MaxAliases);
            Compare(errors, operation, facts, "cost", ErrorCodes.CostLimit, measure.Cost, options.MaxCost);
            if (measure.Introspection is { } field && !options.AllowIntrospection)
            {
                errors.Add(new GraphQLError
                {
                    Message = "Introspection is switched off.",
                    Code = ErrorCodes.IntrospectionDisabled,
                    Locations = [facts.Document.LocationOf(field)],
                });
            }
        }

        return errors;
    }

    private static void Compare(
        List<GraphQLError> errors,
        OperationDefinitionNode operation,
        ValidatedDocument facts,
        string what,
        string code,
        long actual,
        long limit)
    {
        if (actual > limit)
        {
            errors.Add(new GraphQLError
            {
                Message = $"The {what} of the operation is {actual}, the limit is {limit}.",
                Code = code,
                Locations = [facts.Document.LocationOf(operation)],
                Extensions = new Dictionary<string, object?>(StringComparer.Ordinal) { ["actual"] = actual, ["limit"] = limit },
            });
        }
    }
}
