using System.Text;
using Crowd.GraphQL.Language;

namespace Crowd.GraphQL.Types;

/// <summary>Writes a schema in the schema definition language (section 3), types in alphabetical order.</summary>
internal static class SchemaPrinter
{
    private const string Indentation = "  ";

    public static string Print(Schema schema)
    {
        var blocks = new List<string>();
        if (schema.Description is not null || !HasDefaultRoots(schema))
        {
            blocks.Add(SchemaBlock(schema));
        }

        blocks.AddRange(schema.Directives.Where(directive => !Directive.Specified.Contains(directive)).Select(DirectiveBlock));
        blocks.AddRange(schema.Types
            .Where(type => !type.Name.StartsWith("__", StringComparison.Ordinal) && type is not ScalarType { IsBuiltIn: true })
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .Select(TypeBlock));
        return string.Join("\n\n", blocks) + '\n';
    }

    // The specification's default names need no schema definition (section 3.3).
    private static bool HasDefaultRoots(Schema schema) =>
        schema.Query.Name == "Query"
        && IsDefault(schema, schema.Mutation, "Mutation")
        && IsDefault(schema, schema.Subscription, "Subscription");

    private static bool IsDefault(Schema schema, ObjectType? root, string name) => ReferenceEquals(root, schema.Find(name));

    private static string SchemaBlock(Schema schema)
    {
        var text = new StringBuilder();
        Describe(text, schema.Description, "", isFirst: true);
        text.Append("schema {\n  query: ").Append(schema.Query.Name).Append('\n');
        if (schema.Mutation is { } mutation)
        {
            text.Append("  mutation: ").Append(mutation.Name).Append('\n');
        }

        if (schema.Subscription is { } subscription)
        {
            text.Append("  subscription: ").Append(subscription.Name).Append('\n');
        }

        return text.Append('}').ToString();
    }

    private static string DirectiveBlock(Directive directive)
    {
        var text = new StringBuilder();
        Describe(text, directive.Description, "", isFirst: true);
        text.Append("directive @").Append(directive.Name);
        Arguments(text, directive.Arguments, "");
        return text.Append(directive.IsRepeatable ? " repeatable on " : " on ").AppendJoin(" | ", directive.Locations).ToString();
    }

    private static string TypeBlock(NamedType type)
    {
        var text = new StringBuilder();
        Describe(text, type.Description, "", isFirst: true);
        switch (type)
        {
            case ScalarType scalar:
                text.Append("scalar ").Append(type.Name);
                if (scalar.SpecifiedByUrl is { } url)
                {
                    text.Append(" @specifiedBy(url: ");
                    Printer.Quote(text, url);
                    text.Append(')');
                }

                break;
            case FieldsType fields:
                text.Append(type is InterfaceType ? "interface " : "type ").Append(type.Name);
                if (fields.Interfaces.Count > 0)
                {
                    text.Append(" implements ").AppendJoin(" & ", fields.Interfaces);
                }

                Block(text, fields.Fields, field => field.Description, Field);
                break;
            case UnionType union:
                text.Append("union ").Append(type.Name).Append(" = ").AppendJoin(" | ", union.Types);
                break;
            case EnumType named:
                text.Append("enum ").Append(type.Name);
                Block(text, named.Values, value => value.Description, static (text, value) =>
                {
                    text.Append(value.Name);
                    Deprecate(text, value.DeprecationReason);
                });
                break;
            case InputObjectType input:
                text.Append("input ").Append(type.Name).Append(input.IsOneOf ? " @oneOf" : "");
                Block(text, input.Fields, field => field.Description, Input);
                break;
        }

        return text.ToString();
    }

    private static void Block<T>(StringBuilder text, IReadOnlyList<T> items, Func<T, string?> description, Action<StringBuilder, T> print)
    {
        text.Append(" {\n");
        for (var i = 0; i < items.Count; i++)
        {
            Describe(text, description(items[i]), Indentation, isFirst: i == 0);
            text.Append(Indentation);
            print(text, items[i]);
            text.Append('\n');
        }

        text.Append('}');
    }

    private static void Field(StringBuilder text, Field field)
    {
        text.Append(field.Name);
        Arguments(text, field.Arguments, Indentation);
        text.Append(": ").Append(field.Type);
        Deprecate(text, field.DeprecationReason);
    }

    // Arguments stand on one line unless one of them is described.
    private static void Arguments(StringBuilder text, IReadOnlyList<InputValue> arguments, string indentation)
    {
        if (arguments.Count == 0)
        {
            return;
        }

        text.Append('(');
        if (arguments.All(argument => argument.Description is null))
        {
            for (var i = 0; i < arguments.Count; i++)
            {
                text.Append(i > 0 ? ", " : "");
                Input(text, arguments[i]);
            }
        }
        else
        {
            var inner = indentation + Indentation;
            for (var i = 0; i < arguments.Count; i++)
            {
                text.Append('\n');
                Describe(text, arguments[i].Description, inner, isFirst: i == 0);
                text.Append(inner);
                Input(text, arguments[i]);
            }

            text.Append('\n').Append(indentation);
        }

        text.Append(')');
    }

    private static void Input(StringBuilder text, InputValue value)
    {
        text.Append(value.Name).Append(": ").Append(value.Type);
        if (value.DefaultValue is { } literal)
        {
            text.Append(" = ").Append(Printer.Print(literal));
        }

        Deprecate(text, value.DeprecationReason);
    }

    private static void Deprecate(StringBuilder text, string? reason)
    {
        if (reason is null)
        {
            return;
        }

        text.Append(" @deprecated");
        if (reason != Directive.DefaultDeprecationReason)
        {
            text.Append("(reason: ");
            Printer.Quote(text, reason);
            text.Append(')');
        }
    }

    private static void Describe(StringBuilder text, string? description, string indentation, bool isFirst)
    {
        if (description is null)
        {
            return;
        }

        text.Append(isFirst || indentation.Length == 0 ? "" : "\n").Append(indentation);
        if (Printer.FitsBlockString(description))
        {
            Printer.BlockString(text, description, indentation);
        }
        else
        {
            Printer.Quote(text, description);
        }

        text.Append('\n');
    }
}
