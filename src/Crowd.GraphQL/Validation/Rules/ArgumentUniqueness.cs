using Crowd.GraphQL.Language;
using Crowd.GraphQL.Types;

namespace Crowd.GraphQL.Validation.Rules;

/// <summary>No argument is given twice. Section 5.4.2, Argument Uniqueness.</summary>
internal sealed class ArgumentUniqueness(ValidationContext context) : ValidationRule(context)
{
    public override void EnterArguments(Node owner, ArgumentNode[] arguments)
    {
        if (arguments.Length < 2)
        {
            return;
        }

        foreach (var group in arguments.GroupBy(argument => argument.Name.Value, StringComparer.Ordinal).Where(group => group.Skip(1).Any()))
        {
            Report($"The argument {group.Key} is given more than once.", group.Select(argument => argument.Name));
        }
    }
}
