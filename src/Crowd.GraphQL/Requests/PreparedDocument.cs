using Crowd.GraphQL.Execution;
using Crowd.GraphQL.Language;
using Crowd.GraphQL.Protection;
using Crowd.GraphQL.Types;
using Crowd.GraphQL.Validation;

namespace Crowd.GraphQL.Requests;

/// <summary>A document that was parsed and validated: operations ready to execute, or the errors that it has.</summary>
internal sealed class PreparedDocument
{
    private readonly Operation[] _operations;

    private PreparedDocument(byte[] text, Operation[] operations, ExecutionResult? refusal)
    {
        Text = text;
        _operations = operations;
        Refusal = refusal;
    }

    public byte[] Text { get; }

    /// <summary>What every request with the document gets, if it is not valid.</summary>
    public ExecutionResult? Refusal { get; }

    public static PreparedDocument Prepare(Schema schema, byte[] text, GraphQLServerOptions options)
    {
        DocumentNode document;
        try
        {
            document = Parser.Parse(text, options.Parser, schema.Names);
        }
        catch (SyntaxException problem)
        {
            return Refused(text, new GraphQLError { Message = problem.Message, Code = problem.Code, Locations = [problem.Location] });
        }

        var errors = DocumentValidator.Validate(schema, document, out var facts);
        if (errors.Count > 0)
        {
            return Refused(text, [.. errors]);
        }

        var limits = DocumentLimits.Check(schema, facts, options);
        return limits.Count > 0
            ? Refused(text, [.. limits])
            : new PreparedDocument(text, [.. facts.Operations.Select(operation => new Operation(schema, facts, operation))], null);
    }

    /// <summary><c>GetOperation</c> of section 6.1. Null if there is none by the name, or there are several and no name is given.</summary>
    public Operation? Find(string? name) =>
        string.IsNullOrEmpty(name)
            ? _operations.Length == 1 ? _operations[0] : null
            : Array.Find(_operations, operation => operation.Definition.Name?.Value == name);

    private static PreparedDocument Refused(byte[] text, params GraphQLError[] errors) => new(text, [], ExecutionResult.RequestError(errors));
}
