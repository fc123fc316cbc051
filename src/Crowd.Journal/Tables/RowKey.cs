namespace Crowd.Journal;

/// <summary>
/// Compares keys column by column as every store orders them: text by code point (the order of its UTF-8 bytes), numbers by value,
/// bytes one by one. Null comes first.
/// </summary>
internal sealed class RowKey : IComparer<Value[]>, IEqualityComparer<Value[]>
{
    public static readonly RowKey Comparer = new();

    private RowKey() { }

    public int Compare(Value[]? x, Value[]? y)
    {
        for (var i = 0; i < Math.Min(x!.Length, y!.Length); i++)
        {
            var order = Compare(x[i], y[i]);
            if (order != 0)
                return order;
        }

        return x.Length.CompareTo(y.Length);
    }

    public bool Equals(Value[]? x, Value[]? y)
    {
        if (x!.Length != y!.Length)
            return false;
        for (var i = 0; i < x.Length; i++)
        {
            if (x[i] != y[i])
                return false;
        }

        return true;
    }

    public int GetHashCode(Value[] key)
    {
        var hash = 17;
        foreach (var value in key)
            hash = (hash * 31) + value.GetHashCode();
        return hash;
    }

    private static int Compare(Value a, Value b)
    {
        if (a.Kind != b.Kind)
            return a.Kind.CompareTo(b.Kind);
        return a.Kind switch
        {
            ValueKind.Text => CompareCodePoints(a.Text, b.Text),
            ValueKind.Integer => a.Integer.CompareTo(b.Integer),
            ValueKind.Real => a.Real.CompareTo(b.Real),
            ValueKind.Bytes => a.Bytes.AsSpan().SequenceCompareTo(b.Bytes),
            _ => 0,
        };
    }

    /// <summary>Ordinal order differs from the order of code points only where a surrogate meets U+E000 or above.</summary>
    private static int CompareCodePoints(string a, string b)
    {
        var same = a.AsSpan().CommonPrefixLength(b);
        if (same == a.Length || same == b.Length)
            return a.Length.CompareTo(b.Length);
        char x = a[same], y = b[same];
        var surrogates = (char.IsSurrogate(x), char.IsSurrogate(y));
        return surrogates switch
        {
            (true, false) when y >= '\uE000' => 1,
            (false, true) when x >= '\uE000' => -1,
            _ => x.CompareTo(y),
        };
    }
}
