using System.Globalization;
using System.Text;
using Crowd.GraphQL.Types;

namespace Crowd.GraphQL.Tests.Oracle;

/// <summary>Makes documents that are mostly valid, from a seed.</summary>
internal sealed class DocumentGenerator(Schema schema, Random random)
{
    private const int MaxDepth = 4;

    private readonly List<(string Name, CompositeType Type, string Body)> _fragments = [];
    private int _fragmentCount;
    private readonly Dictionary<string, (GraphQLType Type, string? Default)> _variables = new(StringComparer.Ordinal);

    /// <summary>A document, the operation to execute and its variables as JSON.</summary>
    public (string Document, string? OperationName, string Variables) Make()
    {
        var operations = new StringBuilder();
        var count = Chance(12) ? 2 : 1;
        string? name = null;
        for (var i = 0; i < count; i++)
        {
            var (kind, root) = Root();
            var body = Selection(root, 0);
            name = count > 1 || Chance(3) ? $"Op{i}" : null;
            var shorthand = name is null && kind == "query" && _variables.Count == 0 && Chance(2);
            var description = !shorthand ? Described() : "";
            operations.Append(shorthand ? "" : $"{description}{kind} {name}{Definitions()} ").Append(body).Append('\n');
            if (count > 1)
            {
                // Variables belong to one operation, and so do the fragments that use them.
                foreach (var (fragment, type, content) in _fragments)
                {
                    operations.Append(CultureInfo.InvariantCulture, $"{Described()}fragment {fragment} on {type} {content}\n");
                }

                _fragments.Clear();
                _variables.Clear();
            }
        }

        foreach (var (fragment, type, content) in _fragments)
        {
            operations.Append(CultureInfo.InvariantCulture, $"{Described()}fragment {fragment} on {type} {content}\n");
        }

        return (operations.ToString(), Chance(20) ? "Op9" : name, VariableValues());
    }

    private (string Kind, ObjectType Root) Root() => random.Next(6) switch
    {
        0 when schema.Mutation is { } mutation => ("mutation", mutation),
        1 when schema.Subscription is { } subscription && Chance(3) => ("subscription", subscription),
        _ => ("query", schema.Query),
    };

    private string Selection(CompositeType type, int depth)
    {
        var text = new StringBuilder("{ ");
        var count = 1 + random.Next(type == schema.Subscription ? 1 : 4);
        for (var i = 0; i < count; i++)
        {
            text.Append(random.Next(10) switch
            {
                0 when depth < MaxDepth => $"... on {Narrow(type)}{Condition()} {Selection(Narrow(type), depth + 1)}",
                1 when depth < MaxDepth => Fragment(type, depth),
                2 when depth < MaxDepth => $"...{Condition()} {Selection(type, depth + 1)}",
                3 => "__typename",
                _ => FieldOf(type, depth),
            });
            text.Append(Chance(8) ? ",\n" : Chance(20) ? " # note\n" : " ");
        }

        return text.Append('}').ToString();
    }

    private CompositeType Narrow(CompositeType type)
    {
        if (Chance(25))
        {
            var all = schema.Types.OfType<CompositeType>().Where(each => !each.Name.StartsWith("__", StringComparison.Ordinal)).ToArray();
            return all[random.Next(all.Length)];
        }

        return Chance(3) || type.PossibleTypes.Count == 0 ? type : type.PossibleTypes[random.Next(type.PossibleTypes.Count)];
    }

    private string Fragment(CompositeType type, int depth)
    {
        var usable = _fragments.FindAll(fragment => Chance(15) || fragment.Type.PossibleTypes.Any(type.PossibleTypes.Contains));
        if (usable.Count > 0 && Chance(2))
        {
            return $"...{usable[random.Next(usable.Count)].Name}{Condition()}";
        }

        var narrow = Narrow(type);
        var body = Selection(narrow, depth + 1);
        var name = $"F{_fragmentCount++}";
        _fragments.Add((name, narrow, body));
        return $"...{name}{Condition()}";
    }

    private string FieldOf(CompositeType type, int depth)
    {
        if (type is not FieldsType fields)
        {
            return "__typename";
        }

        var candidates = depth < MaxDepth ? fields.Fields : fields.Fields.FindAll(field => field.Type.Named() is not CompositeType);
        if (candidates.Count == 0)
        {
            return "__typename";
        }

        var field = candidates[random.Next(candidates.Count)];
        var alias = Chance(4) ? $"{(char)('a' + random.Next(20))}: " : "";
        var selection = field.Type.Named() is CompositeType nested ? " " + Selection(nested, depth + 1) : "";
        return $"{alias}{field.Name}{Arguments(field.Arguments)}{Condition()}{selection}";
    }

    private string Arguments(IReadOnlyList<InputValue> arguments)
    {
        var given = arguments.Where(argument => argument.IsRequired || Chance(2)).Select(argument => $"{argument.Name}: {Value(argument.Type, argument.DefaultValue is not null, 0)}").ToArray();
        return given.Length == 0 ? "" : $"({string.Join(", ", given)})";
    }

    private string Condition()
    {
        if (!Chance(8))
        {
            return "";
        }

        var value = Chance(2) ? Variable(ScalarType.Boolean.NonNull()) : Chance(2) ? "true" : "false";
        return Chance(2) ? $" @skip(if: {value})" : $" @include(if: {value})";
    }

    private string Variable(GraphQLType type)
    {
        var reusable = _variables.Where(entry => ReferenceEquals(entry.Value.Type, type)).Select(entry => entry.Key).ToArray();
        if (reusable.Length > 0 && Chance(2))
        {
            return "$" + reusable[random.Next(reusable.Length)];
        }

        var name = $"v{_variables.Count}";
        _variables.Add(name, (type, null));
        _variables[name] = (type, Chance(3) ? Literal(type, 2) : null);
        return "$" + name;
    }

    private string Value(GraphQLType type, bool hasDefault, int depth)
    {
        if (Chance(4))
        {
            var variable = type is NonNullType && hasDefault && Chance(2) ? type.Nullable() : type is not NonNullType && Chance(3) ? type.NonNull() : type;
            return Variable(variable);
        }

        return Literal(type, depth);
    }

    private string Literal(GraphQLType type, int depth)
    {
        if (type is not NonNullType && Chance(12))
        {
            return "null";
        }

        switch (type.Nullable())
        {
            case ListType list when Chance(6):
                return Literal(list.OfType, depth + 1);
            case ListType list:
                return $"[{string.Join(", ", Enumerable.Range(0, depth > 2 ? 0 : random.Next(3)).Select(_ => Inner(list.OfType, depth)))}]";
            case EnumType named:
                return named.Values[random.Next(named.Values.Count)].Name;
            case InputObjectType { IsOneOf: true } input:
                var one = input.Fields[random.Next(depth > 2 ? 2 : input.Fields.Count)];
                return $"{{{one.Name}: {Inner(one.Type.NonNull(), depth)}}}";
            case InputObjectType input:
                return $"{{{string.Join(", ", input.Fields.Where(field => field.IsRequired || (depth < 3 && Chance(3))).Select(field => $"{field.Name}: {Inner(field.Type, depth)}"))}}}";
            case var leaf:
                return Scalar(leaf.Named().Name);
        }
    }

    // Defaults of variables hold no variables; depth tells them apart.
    private string Inner(GraphQLType type, int depth) => depth is 0 or 1 && Chance(6) ? Value(type, hasDefault: false, depth + 1) : Literal(type, depth == 0 ? 1 : depth + 1);

    private string Scalar(string name) => name switch
    {
        "Int" => $"{random.Next(-50, 50)}",
        "Float" => Chance(3) ? $"{random.Next(9)}" : $"{random.Next(9)}.{random.Next(1, 9)}",
        "Boolean" => Chance(2) ? "true" : "false",
        "ID" => Chance(2) ? $"{random.Next(99)}" : "\"k\"",
        "String" or "Currency" => random.Next(4) switch
        {
            0 => "\"\\u00e9 \\\"q\\\" \\n\"",
            1 => "\"\"\"\n  block\n    \\\"\"\" inner\n  end\n\"\"\"",
            _ => $"\"{(char)('a' + random.Next(26))}\"",
        },
        _ => random.Next(4) switch
        {
            0 => "[1, 2.5, \"x\"]",
            1 => "{a: {b: true}, c: NAME}",
            2 => "7",
            _ => "\"plain\"",
        },
    };

    private string Definitions() => _variables.Count == 0
        ? ""
        : $"({string.Join(", ", _variables.Select(entry => $"{Described()}${entry.Key}: {entry.Value.Type}{(entry.Value.Default is { } value ? $" = {value}" : "")}"))})";

    private string VariableValues()
    {
        var entries = _variables
            .Where(entry => Chance(20) || entry.Value is { Type: NonNullType, Default: null } || Chance(2))
            .Select(entry => $"\"{entry.Key}\":{Json(entry.Value.Type, 0)}");
        return $"{{{string.Join(",", entries)}}}";
    }

    private string Json(GraphQLType type, int depth)
    {
        if (Chance(type is NonNullType ? 60 : 8))
        {
            return "null";
        }

        if (Chance(40))
        {
            return new[] { "1", "\"no\"", "{}", "[]", "true", "2.5", "[[1]]", "{\"x\":1}" }[random.Next(8)];
        }

        switch (type.Nullable())
        {
            case ListType list when Chance(6):
                return Json(list.OfType, depth + 1);
            case ListType list:
                return $"[{string.Join(",", Enumerable.Range(0, depth > 2 ? 0 : random.Next(3)).Select(_ => Json(list.OfType, depth + 1)))}]";
            case EnumType named:
                return $"\"{named.Values[random.Next(named.Values.Count)].Name}\"";
            case InputObjectType { IsOneOf: true } input:
                var one = input.Fields[random.Next(depth > 2 ? 2 : input.Fields.Count)];
                return $"{{\"{one.Name}\":{Json(one.Type.NonNull(), depth + 1)}}}";
            case InputObjectType input:
                return $"{{{string.Join(",", input.Fields.Where(field => field.IsRequired || (depth < 3 && Chance(3))).Select(field => $"\"{field.Name}\":{Json(field.Type, depth + 1)}"))}}}";
            case var leaf:
                return leaf.Named().Name switch
                {
                    "Int" => Chance(5) ? "3.0" : $"{random.Next(-50, 50)}",
                    "Float" => $"{random.Next(9)}.{random.Next(1, 9)}",
                    "Boolean" => "true",
                    "ID" => Chance(2) ? $"{random.Next(99)}" : "\"k\"",
                    _ => "\"text\"",
                };
        }
    }

    private string Described() => Chance(10) ? "\"what it does\"\n" : Chance(40) ? "\"\"\"\n  what it does\n    and how\n\"\"\"\n" : "";

    private bool Chance(int oneIn) => random.Next(oneIn) == 0;
}
