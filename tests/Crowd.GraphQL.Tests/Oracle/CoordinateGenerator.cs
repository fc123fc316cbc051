using Crowd.GraphQL.Types;

namespace Crowd.GraphQL.Tests.Oracle;

/// <summary>Makes schema coordinates, of which some name nothing and some are none.</summary>
internal sealed class CoordinateGenerator(Schema schema, Random random)
{
    private static readonly string[] Endings = [".", "(", "(x:)", ":", ")", "@", " ", "\u00e9", ".a.b"];

    public string Make()
    {
        var type = schema.Types.ElementAt(random.Next(schema.Types.Count));
        var directive = schema.Directives[random.Next(schema.Directives.Count)];
        var member = Member(type);
        var text = random.Next(8) switch
        {
            0 => type.Name,
            1 => $"@{directive.Name}",
            2 => $"@{directive.Name}({Argument(directive.Arguments)}:)",
            3 or 4 => $"{type.Name}.{member}",
            _ => $"{type.Name}.{member}({Argument((type as FieldsType)?.FindField(member)?.Arguments ?? [])}:)",
        };
        text += random.Next(5) == 0 ? Endings[random.Next(Endings.Length)] : "";
        return random.Next(10) == 0 ? text.Remove(random.Next(text.Length), 1) : text;
    }

    private string Member(NamedType type)
    {
        var names = type switch
        {
            FieldsType fields => fields.Fields.Select(field => field.Name),
            InputObjectType input => input.Fields.Select(field => field.Name),
            EnumType values => values.Values.Select(value => value.Name),
            _ => [],
        };
        return Any(names);
    }

    private string Argument(IEnumerable<InputValue> arguments) => Any(arguments.Select(argument => argument.Name));

    private string Any(IEnumerable<string> names)
    {
        var all = names.Append("nope").ToArray();
        return all[random.Next(all.Length)];
    }
}
