using Crowd.GraphQL.Language;
using Crowd.GraphQL.Types;

namespace Crowd.GraphQL.Validation.Rules;

/// <summary>What an argument needs is given. Section 5.4.3, Required Arguments.</summary>
internal sealed class RequiredArguments(ValidationContext context) : ValidationRule(context)
{
    public override void EnterField(FieldNode field, CompositeType? parent, Field? definition)
    {
        if (definition is not null)
        {
            Check(field, field.Arguments, definition.Arguments, field.Name.Value);
        }
    }

    public override void EnterDirectives(DirectiveNode[] directives, string location)
    {
        foreach (var directive in directives)
        {
            if (Context.Schema.FindDirective(directive.Name.Value) is { } definition)
            {
                Check(directive, directive.Arguments, definition.Arguments, $"@{definition.Name}");
            }
        }
    }

    private void Check(Node node, ArgumentNode[] given, IReadOnlyList<InputValue> definitions, string owner)
    {
        foreach (var definition in definitions)
        {
            if (definition.IsRequired && !Array.Exists(given, argument => argument.Name.Value == definition.Name))
            {
                Report($"{owner} requires the argument {definition.Name}: {definition.Type}.", node);
            }
        }
    }
}
