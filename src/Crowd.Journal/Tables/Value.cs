using System.Runtime.InteropServices;

namespace Crowd.Journal;

/// <summary>One value of a row without boxing: null, text, integer, real or bytes.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly struct Value : IEquatable<Value>
{
    private readonly object? _reference;
    private readonly long _bits;
    private readonly ValueKind _kind;

    private Value(ValueKind kind, object? reference, long bits) => (_kind, _reference, _bits) = (kind, reference, bits);

    /// <summary>What the value is.</summary>
    public ValueKind Kind => _kind;

    /// <summary>True for null, which is also the default.</summary>
    public bool IsNull => _kind == ValueKind.Null;

    /// <summary>The text. Throws when the value is not text.</summary>
    public string Text => _kind == ValueKind.Text ? (string)_reference! : throw Wrong(ValueKind.Text);

    /// <summary>The integer. Throws when the value is not an integer.</summary>
    public long Integer => _kind == ValueKind.Integer ? _bits : throw Wrong(ValueKind.Integer);

    /// <summary>The real number. Throws when the value is not one.</summary>
    public double Real => _kind == ValueKind.Real ? BitConverter.Int64BitsToDouble(_bits) : throw Wrong(ValueKind.Real);

    /// <summary>The bytes, owned by the value. Throws when the value is not bytes.</summary>
    public byte[] Bytes => _kind == ValueKind.Bytes ? (byte[])_reference! : throw Wrong(ValueKind.Bytes);

    public static implicit operator Value(string? text) => text is null ? default : new(ValueKind.Text, text, 0);

    public static implicit operator Value(long integer) => new(ValueKind.Integer, null, integer);

    public static implicit operator Value(long? integer) => integer is { } i ? i : default(Value);

    public static implicit operator Value(bool truth) => new(ValueKind.Integer, null, truth ? 1 : 0);

    public static implicit operator Value(double real) => new(ValueKind.Real, null, BitConverter.DoubleToInt64Bits(real));

    public static implicit operator Value(double? real) => real is { } r ? r : default(Value);

    public static implicit operator Value(byte[]? bytes) => bytes is null ? default : new(ValueKind.Bytes, bytes, 0);

    /// <summary>Microseconds since 1970-01-01 UTC.</summary>
    public static implicit operator Value(DateTimeOffset instant) => instant.ToMicroseconds();

    /// <inheritdoc cref="op_Implicit(DateTimeOffset)"/>
    public static implicit operator Value(DateTimeOffset? instant) => instant is { } i ? i : default(Value);

    public static bool operator ==(Value left, Value right) => left.Equals(right);

    public static bool operator !=(Value left, Value right) => !left.Equals(right);

    public bool Equals(Value other) => _kind == other._kind && _bits == other._bits && _kind switch
    {
        ValueKind.Text => string.Equals((string)_reference!, (string)other._reference!, StringComparison.Ordinal),
        ValueKind.Bytes => ((byte[])_reference!).AsSpan().SequenceEqual((byte[])other._reference!),
        _ => true,
    };

    public override bool Equals(object? obj) => obj is Value other && Equals(other);

    public override int GetHashCode() => _kind switch
    {
        ValueKind.Text => string.GetHashCode((string)_reference!, StringComparison.Ordinal),
        ValueKind.Bytes => ((byte[])_reference!).Length,
        _ => HashCode.Combine(_kind, _bits),
    };

    /// <summary>For messages and tests.</summary>
    public override string ToString() => _kind switch
    {
        ValueKind.Null => "null",
        ValueKind.Text => Text,
        ValueKind.Integer => Integer.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ValueKind.Real => Real.ToString("R", System.Globalization.CultureInfo.InvariantCulture),
        _ => Convert.ToHexString(Bytes),
    };

    /// <summary>The value as an object for a database driver; null for null.</summary>
    public object? ToObject() => _kind switch
    {
        ValueKind.Null => null,
        ValueKind.Integer => _bits,
        ValueKind.Real => Real,
        _ => _reference,
    };

    private InvalidOperationException Wrong(ValueKind wanted) => new($"The value is {_kind}, not {wanted}.");
}

/// <summary>The kinds of <see cref="Value"/>.</summary>
public enum ValueKind
{
    /// <summary>No value.</summary>
    Null,

    /// <summary>Unicode text.</summary>
    Text,

    /// <summary>Signed 64-bit integer.</summary>
    Integer,

    /// <summary>64-bit floating point number.</summary>
    Real,

    /// <summary>Bytes.</summary>
    Bytes,
}

/// <summary>Instants as the tables and the log hold them.</summary>
public static class Instants
{
    /// <summary>Microseconds since 1970-01-01 UTC, rounded down.</summary>
    public static long ToMicroseconds(this DateTimeOffset instant) => (instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>The instant that lies so many microseconds after 1970-01-01 UTC.</summary>
    public static DateTimeOffset FromMicroseconds(long microseconds) => DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);
}
