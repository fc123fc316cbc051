using Crowd.GraphQL.Language;
using Crowd.GraphQL.Types;

namespace Crowd.GraphQL.Validation.Rules;

/// <summary>A document to execute defines no types. Section 5.1.1, Executable Definitions.</summary>
internal sealed class ExecutableDefinitions(ValidationContext context) : ValidationRule(context)
{
    public override void EnterDocument(DocumentNode document)
    {
        foreach (var definition in document.Definitions.OfType<TypeSystemNode>())
        {
            Report("Only operations and fragments can be executed.", definition);
        }
    }
}
