using Crowd.GraphQL.Language;
using Crowd.GraphQL.Types;

namespace Crowd.GraphQL.Validation.Rules;

/// <summary>A directive that is not repeatable stands once in a place. Section 5.7.3, Directives Are Unique per Location.</summary>
internal sealed class DirectivesAreUniquePerLocation(ValidationContext context) : ValidationRule(context)
{
    public override void EnterDirectives(DirectiveNode[] directives, string location)
    {
        for (var i = 1; i < directives.Length; i++)
        {
            var name = directives[i].Name.Value;
            var first = Array.FindIndex(directives, directive => directive.Name.Value == name);
            if (first < i && Context.Schema.FindDirective(name) is { IsRepeatable: false })
            {
                Report($"@{name} can be used once here.", directives[first], directives[i]);
            }
        }
    }
}
