using Crowd.GraphQL.Language;
using Crowd.GraphQL.Types;

namespace Crowd.GraphQL.Validation;

/// <summary>What the rules share while one document is validated.</summary>
internal sealed class ValidationContext(Schema schema, DocumentNode document, int maxErrors)
{
    /// <summary>Most steps that rules whose work grows faster than the document may take together.</summary>
    private const int MaxSteps = 2_000_000;

    private readonly List<GraphQLError> _errors = [];
    private int _steps;

    public Schema Schema { get; } = schema;

    public DocumentNode Document { get; } = document;

    /// <summary>What was found so far.</summary>
    public ValidatedDocument Facts { get; } = new(document);

    public IReadOnlyList<GraphQLError> Errors => _errors;

    /// <summary>Whether no more errors are wanted.</summary>
    public bool IsFull => _errors.Count >= maxErrors;

    public void Report(string rule, string message, IEnumerable<Node> nodes)
    {
        if (IsFull)
        {
            return;
        }

        _errors.Add(new GraphQLError
        {
            Message = message,
            Code = ErrorCodes.ValidationFailed,
            Rule = rule,
            Locations = [.. nodes.Select(Document.LocationOf)],
        });
    }

    /// <summary>Counts work. A document built to take forever is refused.</summary>
    public void Spend(int steps)
    {
        _steps += steps;
        if (_steps > MaxSteps)
        {
            throw new ValidationAbortedException();
        }
    }

    public CompositeType? Composite(NamedTypeNode? type) => type is null ? null : Schema.Find(type.Name) as CompositeType;
}

/// <summary>Validation of the document takes more steps than it may.</summary>
internal sealed class ValidationAbortedException() : Exception("The document is too intricate to validate.");
