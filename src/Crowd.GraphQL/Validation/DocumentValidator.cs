using Crowd.GraphQL.Language;
using Crowd.GraphQL.Types;
using Crowd.GraphQL.Validation.Rules;

namespace Crowd.GraphQL.Validation;

/// <summary>Validates a document against a schema: every rule of section 5, in one walk.</summary>
internal static class DocumentValidator
{
    /// <summary>Errors reported of one document.</summary>
    public const int MaxErrors = 100;

    /// <summary>The rules in the order of the specification.</summary>
    public static readonly IReadOnlyList<Func<ValidationContext, ValidationRule>> Rules =
    [
        context => new ExecutableDefinitions(context),
        context => new OperationTypeExistence(context),
        context => new OperationNameUniqueness(context),
        context => new LoneAnonymousOperation(context),
        context => new SingleRootField(context),
        context => new FieldSelections(context),
        context => new FieldSelectionMerging(context),
        context => new LeafFieldSelections(context),
        context => new ArgumentNames(context),
        context => new ArgumentUniqueness(context),
        context => new RequiredArguments(context),
        context => new FragmentNameUniqueness(context),
        context => new FragmentSpreadTypeExistence(context),
        context => new FragmentsOnCompositeTypes(context),
        context => new FragmentsMustBeUsed(context),
        context => new FragmentSpreadTargetDefined(context),
        context => new FragmentSpreadsMustNotFormCycles(context),
        context => new FragmentSpreadIsPossible(context),
        context => new ValuesOfCorrectType(context),
        context => new InputObjectFieldNames(context),
        context => new InputObjectFieldUniqueness(context),
        context => new InputObjectRequiredFields(context),
        context => new DirectivesAreDefined(context),
        context => new DirectivesAreInValidLocations(context),
        context => new DirectivesAreUniquePerLocation(context),
        context => new VariableUniqueness(context),
        context => new VariablesAreInputTypes(context),
        context => new AllVariableUsesDefined(context),
        context => new AllVariablesUsed(context),
        context => new AllVariableUsagesAreAllowed(context),
    ];

    /// <summary>Validates the document. What it learned serves execution if there are no errors.</summary>
    public static IReadOnlyList<GraphQLError> Validate(Schema schema, DocumentNode document, out ValidatedDocument facts, int maxErrors = MaxErrors)
    {
        var context = new ValidationContext(schema, document, maxErrors);
        facts = context.Facts;
        try
        {
            new DocumentWalker(context, [.. Rules.Select(create => create(context))]).Walk();
        }
        catch (ValidationAbortedException aborted)
        {
            return [.. context.Errors, new GraphQLError { Message = aborted.Message, Code = ErrorCodes.CostLimit }];
        }

        return context.Errors;
    }
}
