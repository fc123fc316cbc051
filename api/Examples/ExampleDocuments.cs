using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Crowd.Api.Examples;

/// <summary>
/// The GraphQL documents of an example, as they stand in its page under <c>docs/examples</c> and in the one that all share: what the pages show is what the example sends.
/// </summary>
internal sealed partial class ExampleDocuments
{
    private readonly Dictionary<string, string> _documents = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _used = new(StringComparer.Ordinal);

    /// <summary>Reads them.</summary>
    /// <param name="example">The example's page, by its name without an ending.</param>
    public ExampleDocuments(string example)
    {
        foreach (var page in (string[])["README", example])
        {
            foreach (var block in Block().Matches(Read(page)).Select(m => m.Groups["text"].Value))
                _documents[Name().Match(block).Groups["name"].Value] = block;
        }
    }

    /// <summary>The document by the name of its operation.</summary>
    public string this[string operation]
    {
        get
        {
            _used[operation] = true;
            return _documents[operation];
        }
    }

    /// <summary>Operations that the pages show and that nobody has asked for yet.</summary>
    public IEnumerable<string> Unused => _documents.Keys.Where(d => !_used.ContainsKey(d)).Order(StringComparer.Ordinal);

    private static string Read(string page)
    {
        using var stream = typeof(ExampleDocuments).Assembly.GetManifestResourceStream($"examples/{page}.md") ?? throw new InvalidOperationException($"The page {page} is not part of this build.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [GeneratedRegex("```graphql\n(?<text>.*?)\n```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Block();

    [GeneratedRegex(@"^(query|mutation|subscription) (?<name>\w+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Name();
}
