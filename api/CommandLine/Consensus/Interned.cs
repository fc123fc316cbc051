namespace Crowd.Api.CommandLine.Consensus;

/// <summary>
/// Gives texts numbers as they come, and afterwards the order of their ids by ordinal comparison, so that what is computed does not depend on the order of the rows.
/// </summary>
internal sealed class Interned
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _bySpan;
    private readonly List<string> _texts = [];

    public Interned() => _bySpan = _numbers.GetAlternateLookup<ReadOnlySpan<char>>();

    public int Count => _texts.Count;

    public string this[int number] => _texts[number];

    /// <summary>The number of a text, new or known.</summary>
    public int Number(ReadOnlySpan<char> text)
    {
        if (_bySpan.TryGetValue(text, out var number)) return number;

        var copy = text.ToString();
        _numbers.Add(copy, _texts.Count);
        _texts.Add(copy);
        return _texts.Count - 1;
    }

    /// <summary>−1 for a text never seen.</summary>
    public int Find(string text) => _numbers.TryGetValue(text, out var number) ? number : -1;

    /// <summary>Sorts the texts; returns them and, for each old number, the new one.</summary>
    public (string[] Texts, int[] NewNumbers) Sort(IComparer<string>? comparer = null)
    {
        var texts = _texts.ToArray();
        Array.Sort(texts, comparer ?? StringComparer.Ordinal);
        var newNumbers = new int[texts.Length];
        for (var i = 0; i < texts.Length; i++) newNumbers[_numbers[texts[i]]] = i;
        return (texts, newNumbers);
    }
}
