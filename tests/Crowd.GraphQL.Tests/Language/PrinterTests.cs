using System.Text;
using Crowd.GraphQL.Language;

namespace Crowd.GraphQL.Tests.Language;

public sealed class PrinterTests
{
    [Theory]
    [InlineData("plain", "\"\"\"plain\"\"\"")]
    [InlineData(" led by space", "\"\"\" led by space\"\"\"")]
    [InlineData("ends in \"", "\"\"\"\nends in \"\n\"\"\"")]
    [InlineData("ends in \\", "\"\"\"\nends in \\\n\"\"\"")]
    [InlineData("holds \"\"\" three", "\"\"\"holds \\\"\"\" three\"\"\"")]
    [InlineData("two\nlines", "\"\"\"\ntwo\nlines\n\"\"\"")]
    [InlineData("a\u2028b\u0085c", "\"\"\"a\u2028b\u0085c\"\"\"")]
    [InlineData("first\n  indented", "\"\"\"\nfirst\n  indented\n\"\"\"")]
    public void A_block_string_reads_back_as_it_was(string value, string expected)
    {
        var text = new StringBuilder();
        Printer.BlockString(text, value, "");

        Assert.Equal(expected, text.ToString());
        Assert.True(Printer.FitsBlockString(value));
        Assert.Equal(value, StringValues.OfBlock(Encoding.UTF8.GetBytes(text.ToString())));
    }

    [Theory]
    [InlineData("\nstarts with a line break")]
    [InlineData("ends with one\n")]
    [InlineData("  all\n  indented")]
    [InlineData("bell \u0007")]
    [InlineData("carriage\rreturn")]
    public void What_a_block_string_would_change_does_not_fit_one(string value) => Assert.False(Printer.FitsBlockString(value));

    [Theory]
    [InlineData("{a:1,b:[true,null,X,$v],c:\"q\\n\",d:{}}", "{ a: 1, b: [true, null, X, $v], c: \"q\\n\", d: {  } }")]
    [InlineData("\"\\u{1F600}\\u00e9\\uD83D\\uDE00\"", "\"\ud83d\ude00\u00e9\ud83d\ude00\"")]
    [InlineData("-0.5e+10", "-0.5e+10")]
    public void A_value_is_printed_in_one_form(string value, string expected)
    {
        var document = Parser.Parse($"{{ f(a: {value}) }}");
        var field = (FieldNode)((OperationDefinitionNode)document.Definitions[0]).SelectionSet.Selections[0];

        Assert.Equal(expected, Printer.Print(field.Arguments[0].Value));
    }

    [Fact]
    public void Every_definition_is_printed_in_one_form_that_reads_back_as_the_same()
    {
        const string Text = """"
            "What it does."
            query Q(
            "How many."
            $n: Int = 3 @a
            ) @b(c: [1, 2]) {
              one: a(x: $n) @skip(if: true) {
                ...F @c
                ... on T @d {
                  b
                }
                ... {
                  c
                }
              }
              long(
                first: "a text that is long enough"
                second: "to break the line of arguments"
                third: true
              )
            }

            fragment F on T {
              __typename
            }

            "A schema."
            schema @a {
              query: Q
            }

            directive @a(
              """Of the argument."""
              b: Int = 1 @c
            ) repeatable on FIELD | QUERY

            scalar S @specifiedBy(url: "u")

            type T implements A & B @a {
              f(x: Int = 1, y: [E!]! = [X]): T! @a
            }

            interface A implements B

            union U @a = T | V

            enum E {
              """The first."""
              X
              Y @deprecated
            }

            input I @oneOf {
              a: Int
            }

            extend schema @a

            extend type T {
              g: Int
            }
            """";
        var text = Text.ReplaceLineEndings("\n");
        Assert.Equal(text, Printer.Print(Parser.Parse(text)));
    }

    [Theory]
    [InlineData("{ a\r\n  ~ }", 2, 3)]
    [InlineData("{ \"\ud83d\ude00\" }", 1, 3)]
    [InlineData("# \ud83d\ude00\n{ a(b: \"\ud83d\ude00\" ~ }", 2, 13)]
    [InlineData("\uFEFF{", 1, 3)]
    public void An_error_says_the_line_and_the_column(string document, int line, int column) =>
        Assert.Equal(new SourceLocation(line, column), Assert.Throws<SyntaxException>(() => Parser.Parse(document)).Location);

    [Fact]
    public void Bytes_that_are_not_utf_8_are_a_syntax_error() =>
        Assert.Equal(new SourceLocation(1, 4), Assert.Throws<SyntaxException>(() => Parser.Parse([(byte)'{', (byte)'a', (byte)' ', 0xFF])).Location);
}
