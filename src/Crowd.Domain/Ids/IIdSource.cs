using System.Buffers.Binary;

namespace Crowd.Domain;

/// <summary>Makes new ids. Injected, so that a test's ids follow from its seed.</summary>
public interface IIdSource
{
    /// <summary>A new id, above every earlier one of this source.</summary>
    T Next<T>()
        where T : struct, IId<T>;
}

/// <summary>
/// Ids of 48 bits of milliseconds since 1970 and 80 random bits (the layout of ULID); within a millisecond the random part counts up, so
/// that ids made by one source always ascend. Safe for concurrent use.
/// </summary>
public sealed class IdSource(TimeProvider time, Random random) : IIdSource
{
    private readonly Lock _lock = new();
    private UInt128 _last;

    public T Next<T>()
        where T : struct, IId<T>
    {
        UInt128 next;
        lock (_lock)
        {
            var millisecond = (UInt128)(ulong)time.GetUtcNow().ToUnixTimeMilliseconds();
            if (_last >> 80 >= millisecond && _last != default)
            {
                next = _last + 1;
            }
            else
            {
                Span<byte> bytes = stackalloc byte[16];
                random.NextBytes(bytes);
                next = (millisecond << 80) | (BinaryPrimitives.ReadUInt128LittleEndian(bytes) >> 49);
            }

            _last = next;
        }

        return T.From(IdText.Write(T.Prefix, next));
    }
}

/// <summary>The 128 bits of an id as 26 characters and back, so that a million ids can be held as numbers.</summary>
public static class IdText
{
    /// <summary>The id's text.</summary>
    public static string Write(string prefix, UInt128 bits) => string.Create(prefix.Length + 1 + Id.BodyLength, (prefix, bits), static (span, made) =>
    {
        made.prefix.CopyTo(span);
        span[made.prefix.Length] = '_';
        var rest = made.bits;
        for (var i = span.Length - 1; i > made.prefix.Length; i--)
        {
            span[i] = Id.Alphabet[(int)(uint)(rest & 31)];
            rest >>= 5;
        }
    });

    /// <summary>The bits of a well-formed id's text.</summary>
    public static UInt128 Read<T>(T id)
        where T : struct, IId<T>
    {
        UInt128 bits = 0;
        foreach (var letter in id.Required().Value.AsSpan(T.Prefix.Length + 1))
            bits = (bits << 5) | (uint)Id.Alphabet.IndexOf(letter, StringComparison.Ordinal);
        return bits;
    }
}
