using System.Text;
using Crowd.GraphQL.Language;
using Crowd.GraphQL.Tests.Oracle;

namespace Crowd.GraphQL.Tests.Language;

public sealed class LexerTests
{
    [Fact]
    public void Tokens_cost_no_memory()
    {
        var text = Encoding.UTF8.GetBytes(Schemas.Zoo + "query($a: [Int!] = [1, -2.5e3]) { f(s: \"\\u00e9\", t: \"\"\"block\"\"\") @skip(if: $a) ...F }");
        var expected = Count(text);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var tokens = Count(text);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(expected, tokens);
        Assert.Equal(0, allocated);
    }

    [Fact]
    public void A_name_that_the_schema_knows_costs_no_string()
    {
        var names = new NameTable(["alpha", "beta"]);

        Assert.Same(names.Get("alpha"u8), names.Get("alpha"u8));
        Assert.True(Allocated("{ alpha }", names) < Allocated("{ gamma }", names));
    }

    [Fact]
    public void A_syntax_error_leaves_nothing_behind_for_the_next_document()
    {
        Assert.Throws<SyntaxException>(() => Parser.Parse("{ a b c(d: [1, 2, "));

        Assert.Equal("{\n  x\n  y\n}", Printer.Print(Parser.Parse("{ x y }")).TrimEnd());
    }

    private static long Allocated(string document, NameTable names)
    {
        var text = Encoding.UTF8.GetBytes(document);
        Parser.Parse(text, names: names);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Parser.Parse(text, names: names);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static int Count(byte[] text)
    {
        var lexer = new Lexer(text);
        var count = 0;
        do
        {
            lexer.Advance();
            count++;
        }
        while (lexer.Kind != TokenKind.EndOfFile);
        return count;
    }
}
