namespace Crowd.Journal;

/// <summary>
/// The versions of the streams used last. Bounded: two generations, of which the older is forgotten when the younger is full, so that
/// at least half of <paramref name="capacity"/> is always kept. Not safe for concurrent use.
/// </summary>
internal sealed class StreamVersions(int capacity)
{
    private Dictionary<string, long> _young = new(StringComparer.Ordinal);
    private Dictionary<string, long> _old = new(StringComparer.Ordinal);

    public int Count => _young.Count + _old.Count;

    public bool TryGet(string stream, out long version)
    {
        if (_young.TryGetValue(stream, out version))
            return true;
        if (!_old.Remove(stream, out version))
            return false;
        Set(stream, version);
        return true;
    }

    public void Set(string stream, long version)
    {
        if (_young.Count >= capacity / 2 && !_young.ContainsKey(stream))
            (_old, _young) = (_young, new Dictionary<string, long>(StringComparer.Ordinal));
        _young[stream] = version;
    }

    public void Clear()
    {
        _young.Clear();
        _old.Clear();
    }
}
