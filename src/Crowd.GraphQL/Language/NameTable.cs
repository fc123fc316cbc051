using System.Text;

namespace Crowd.GraphQL.Language;

/// <summary>The names of a schema, so that a name in a document that the schema knows costs no string. Fixed once built.</summary>
internal sealed class NameTable
{
    public static readonly NameTable Empty = new([]);

    private readonly (byte[] Utf8, string Name)[]?[] _buckets;

    public NameTable(IReadOnlyCollection<string> names)
    {
        var size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, names.Count * 2));
        _buckets = new (byte[], string)[]?[size];
        foreach (var name in names.Distinct(StringComparer.Ordinal))
        {
            var utf8 = Encoding.UTF8.GetBytes(name);
            ref var bucket = ref _buckets[Hash(utf8) & (size - 1)];
            bucket = [.. bucket ?? [], (utf8, name)];
        }
    }

    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (_buckets[Hash(utf8) & (_buckets.Length - 1)] is { } bucket)
        {
            foreach (var (bytes, name) in bucket)
            {
                if (utf8.SequenceEqual(bytes))
                {
                    return name;
                }
            }
        }

        return Encoding.UTF8.GetString(utf8);
    }

    // A few bytes tell most names apart. The table never grows from requests, so a crafted name gains nothing.
    private static int Hash(ReadOnlySpan<byte> utf8)
    {
        var mixed = (uint)(utf8.Length + (utf8[0] << 5) + (utf8[utf8.Length >> 1] << 13) + (utf8[^1] << 21));
        return (int)((mixed * 2654435761u) >> 8);
    }
}
