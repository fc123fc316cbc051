using Crowd.GraphQL.Language;
using Crowd.GraphQL.Types;

namespace Crowd.GraphQL.Validation.Rules;

/// <summary>An argument is one of its field or directive. Section 5.4.1, Argument Names.</summary>
internal sealed class ArgumentNames(ValidationContext context) : ValidationRule(context)
{
    public override void EnterArgument(ArgumentNode argument, object? owner, InputValue? definition)
    {
        if (owner is not null && definition is null)
        {
            var name = owner is Field field ? field.Name : $"@{((Directive)owner).Name}";
            Report($"{name} has no argument {argument.Name.Value}.", argument);
        }
    }
}
