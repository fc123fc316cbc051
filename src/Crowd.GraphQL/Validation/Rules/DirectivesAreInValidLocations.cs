using Crowd.GraphQL.Language;
using Crowd.GraphQL.Types;

namespace Crowd.GraphQL.Validation.Rules;

/// <summary>A directive stands only where its definition allows. Section 5.7.2, Directives Are in Valid Locations.</summary>
internal sealed class DirectivesAreInValidLocations(ValidationContext context) : ValidationRule(context)
{
    public override void EnterDirectives(DirectiveNode[] directives, string location)
    {
        foreach (var directive in directives)
        {
            if (Context.Schema.FindDirective(directive.Name.Value) is { } definition && !definition.Locations.Contains(location, StringComparer.Ordinal))
            {
                Report($"@{definition.Name} cannot stand on {location}.", directive);
            }
        }
    }
}
