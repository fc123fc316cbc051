using System.Text;
using Crowd.GraphQL.Language;
using Crowd.GraphQL.Tests.Oracle;
using Xunit.Abstractions;

namespace Crowd.GraphQL.Tests.Language;

public sealed class ParserFuzzTests(ITestOutputHelper output)
{
    private const int Seed = 7;
    private const int Strings = 1_000_000;

    /// <summary>What one string may cost; garbage of all threads counts, so this is far above what it does cost.</summary>
    private const long MaxBytesOfMemory = 1 << 20;

    [Fact]
    public void A_million_mutated_byte_strings_give_documents_or_syntax_errors()
    {
        var random = new Random(Seed);
        var seeds = MakeSeeds(random);
        var buffer = new byte[4096];
        var parsed = 0;
        for (var i = 0; i < Strings; i++)
        {
            var text = Mutate(seeds[i % seeds.Length], buffer, random);
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                Parser.Parse(text);
                parsed++;
            }
            catch (SyntaxException problem)
            {
                Assert.True(problem.Location is { Line: > 0, Column: > 0 });
            }
            catch (Exception exception)
            {
                Assert.Fail($"{exception.GetType()} for {Convert.ToHexString(text)} (seed {Seed}, string {i})");
            }

            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < MaxBytesOfMemory);
        }

        output.WriteLine($"parser: {Strings} byte strings, {parsed} documents, {Strings - parsed} syntax errors, nothing else");
        Assert.InRange(parsed, Strings / 100, Strings - (Strings / 100));
    }

    [Theory]
    [InlineData("", "{a", ErrorCodes.DepthLimit)]
    [InlineData("{a(b:", "[", ErrorCodes.DepthLimit)]
    [InlineData("{a(b:", "{c:", ErrorCodes.DepthLimit)]
    [InlineData("query($a:", "[", ErrorCodes.DepthLimit)]
    [InlineData("", "{a}", ErrorCodes.TokenLimit)]
    [InlineData("{", "a ", ErrorCodes.TokenLimit)]
    [InlineData("", "a ", ErrorCodes.ParseFailed)]
    [InlineData("", "#\n", ErrorCodes.ParseFailed)]
    public void Endless_repetition_is_bounded(string start, string part, string code)
    {
        var problem = Assert.Throws<SyntaxException>(() => Parser.Parse(start + string.Concat(Enumerable.Repeat(part, 100_000))));

        Assert.Equal(code, problem.Code);
    }

    private static byte[][] MakeSeeds(Random random)
    {
        var schema = SdlSchema.Build(Schemas.Shop);
        var documents = Enumerable.Range(0, 300).Select(_ => new DocumentGenerator(schema, random).Make().Document).Append(Schemas.Zoo).Append(Schemas.Shop);
        return [.. documents.Select(Encoding.UTF8.GetBytes).Where(document => document.Length < 3000).OrderBy(document => document.Length).Take(200)];
    }

    // Flips, copies, drops and inserts bytes, without regard for characters.
    private static byte[] Mutate(byte[] seed, byte[] buffer, Random random)
    {
        seed.CopyTo(buffer, 0);
        var length = seed.Length;
        for (var i = random.Next(4); i >= 0; i--)
        {
            var at = random.Next(length);
            switch (random.Next(4))
            {
                case 0:
                    buffer[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    buffer[at] = buffer[random.Next(length)];
                    break;
                case 2 when length > 1:
                    buffer.AsSpan(at + 1, length - at - 1).CopyTo(buffer.AsSpan(at));
                    length--;
                    break;
                default:
                    buffer.AsSpan(at, length - at).CopyTo(buffer.AsSpan(at + 1));
                    buffer[at] = (byte)random.Next(256);
                    length++;
                    break;
            }
        }

        return buffer[..length];
    }
}
