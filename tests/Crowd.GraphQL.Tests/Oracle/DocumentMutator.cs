using System.Text;
using System.Text.RegularExpressions;
using Crowd.GraphQL.Types;

namespace Crowd.GraphQL.Tests.Oracle;

/// <summary>Breaks documents in small ways: some break the grammar, some a rule, some nothing.</summary>
internal sealed partial class DocumentMutator
{
    private static readonly string[] Snippets =
    [
        "{", "}", "(", ")", "[", "]", "!", ":", "=", "$", "@", "|", "&", "...", "on", "query", "fragment", "{}", "()", "[]", "null", "true", "\"s\"", "1", "-0", "00",
        "1.", "1e5", ".5", "\"\\u{1F600}\"", "\"\\uD800\"", "\"\\x\"", "\"\"\"b\"\"\"", "\"open", "\"\"\"open", "#c\n", "\u00e9", "\uFEFF", "__typename", "__schema { queryType { name } }",
        "@skip(if: true)", "@include", "@deprecated", "@nope(x: 1)", "... on Query { __typename }", "...F0", "$v0", "$nope", "type T { a: Int }", "extend type Query { b: Int }",
        "subscription { __typename }", "mutation M { __typename }", "scalar S", "a: __typename", "x: id", "name: id",
    ];

    private readonly Random _random;
    private readonly string[] _names;

    public DocumentMutator(Schema schema, Random random)
    {
        _random = random;
        var fields = schema.Types.OfType<FieldsType>().SelectMany(type => type.Fields).ToArray();
        _names =
        [
            .. schema.Types.Select(type => type.Name),
            .. fields.Select(field => field.Name),
            .. fields.SelectMany(field => field.Arguments).Select(argument => argument.Name),
            .. schema.Types.OfType<InputObjectType>().SelectMany(type => type.Fields).Select(field => field.Name),
            "if", "nope", "F0", "F1", "v0", "v1",
        ];
    }

    public string Mutate(string document)
    {
        var tokens = Tokens().Matches(document).Select(match => match.Value).ToList();
        var count = 1 + _random.Next(3);
        for (var i = 0; i < count && tokens.Count > 0; i++)
        {
            var at = _random.Next(tokens.Count);
            switch (_random.Next(8))
            {
                case 0:
                    tokens.RemoveAt(at);
                    break;
                case 1:
                    tokens.Insert(at, tokens[_random.Next(tokens.Count)]);
                    break;
                case 2:
                    tokens.Insert(at, $" {Snippets[_random.Next(Snippets.Length)]} ");
                    break;
                case 3:
                    (tokens[at], tokens[0]) = (tokens[0], tokens[at]);
                    break;
                case 4:
                    tokens[at] = Scramble(tokens[at]);
                    break;
                default:
                    Rename(tokens, at);
                    break;
            }
        }

        return string.Concat(tokens);
    }

    // Names for names keep the grammar, so that the rules get something to judge.
    private void Rename(List<string> tokens, int from)
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            var at = (from + i) % tokens.Count;
            if (char.IsAsciiLetter(tokens[at][0]) && tokens[at] is not ("on" or "query" or "mutation" or "subscription" or "fragment"))
            {
                tokens[at] = _names[_random.Next(_names.Length)];
                return;
            }
        }
    }

    private string Scramble(string token)
    {
        const string Characters = "abz_019{}()[]!$@:=|&.\"\\#\n \t\r,-+";
        var text = new StringBuilder(token);
        text[_random.Next(text.Length)] = Characters[_random.Next(Characters.Length)];
        return text.ToString();
    }

    [GeneratedRegex("""[_A-Za-z][_0-9A-Za-z]*|"[^"]*"|-?[0-9.]+|\.\.\.|\s+|.""", RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Tokens();
}
