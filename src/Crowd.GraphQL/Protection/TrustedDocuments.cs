using System.Security.Cryptography;
using System.Text;

namespace Crowd.GraphQL;

/// <summary>Documents that clients may name by their hash instead of sending them.</summary>
public sealed class TrustedDocuments
{
    /// <summary>Begins every id: the rest is the SHA-256 of the document in UTF-8, in lower-case hexadecimal digits.</summary>
    public const string Prefix = "sha256:";

    private readonly Dictionary<string, byte[]> _documents = new(StringComparer.Ordinal);

    /// <summary>Takes the documents; their ids follow from their text.</summary>
    /// <param name="documents">The documents.</param>
    /// <param name="areOnly">Whether any other document is refused.</param>
    public TrustedDocuments(IEnumerable<string> documents, bool areOnly)
    {
        AreOnly = areOnly;
        foreach (var document in documents)
        {
            var text = Encoding.UTF8.GetBytes(document);
            _documents[IdOf(text)] = text;
        }
    }

    /// <summary>Whether any other document is refused.</summary>
    public bool AreOnly { get; }

    /// <summary>The id of a document.</summary>
    public static string IdOf(ReadOnlySpan<byte> document) => Prefix + Convert.ToHexStringLower(SHA256.HashData(document));

    internal bool TryFind(string id, out ReadOnlyMemory<byte> document)
    {
        var isKnown = _documents.TryGetValue(id, out var found);
        document = found;
        return isKnown;
    }

    internal bool Contains(ReadOnlySpan<byte> document) => _documents.ContainsKey(IdOf(document));
}
