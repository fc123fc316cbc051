using Crowd.GraphQL.Language;
using Crowd.GraphQL.Types;

namespace Crowd.GraphQL.Validation.Rules;

/// <summary>A directive that is used exists. Section 5.7.1, Directives Are Defined.</summary>
internal sealed class DirectivesAreDefined(ValidationContext context) : ValidationRule(context)
{
    public override void EnterDirectives(DirectiveNode[] directives, string location)
    {
        foreach (var directive in directives.Where(directive => Context.Schema.FindDirective(directive.Name.Value) is null))
        {
            Report($"There is no directive @{directive.Name.Value}.", directive);
        }
    }
}
