using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Crowd.GraphQL.Requests;

/// <summary>
/// Documents by their exact text, so that each is parsed and validated once. Two generations bound it: when the young one is
/// full it becomes the old one, and what is used from the old one moves over.
/// </summary>
internal sealed class DocumentCache(int capacity)
{
    private readonly Lock _turn = new();
    private Generation _young = new();
    private Generation _old = new();

    public bool TryGet(ReadOnlySpan<byte> text, [NotNullWhen(true)] out PreparedDocument? document)
    {
        if (_young.ByText.TryGetValue(text, out document))
        {
            return true;
        }

        if (_old.ByText.TryGetValue(text, out document))
        {
            Add(document);
            return true;
        }

        return false;
    }

    public void Add(PreparedDocument document)
    {
        _young.Documents[document.Text] = document;
        if (_young.Documents.Count > capacity)
        {
            lock (_turn)
            {
                if (_young.Documents.Count > capacity)
                {
                    _old = _young;
                    _young = new Generation();
                }
            }
        }
    }

    private sealed class Generation
    {
        public Generation()
        {
            Documents = new(new TextComparer());
            ByText = Documents.GetAlternateLookup<ReadOnlySpan<byte>>();
        }

        public ConcurrentDictionary<byte[], PreparedDocument> Documents { get; }

        public ConcurrentDictionary<byte[], PreparedDocument>.AlternateLookup<ReadOnlySpan<byte>> ByText { get; }
    }

    // HashCode is seeded for each process, so that nobody can fill one bucket on purpose.
    private sealed class TextComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] obj) => GetHashCode(obj.AsSpan());

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = default(HashCode);
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
