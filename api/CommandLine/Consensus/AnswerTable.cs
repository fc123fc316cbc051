namespace Crowd.Api.CommandLine.Consensus;

/// <summary>A file of answers with numbers in place of ids; ids are sorted by ordinal comparison.</summary>
internal sealed record AnswerTable
{
    public required string[] TaskIds { get; init; }

    public required string[] WorkerIds { get; init; }

    /// <summary>The different labels as written: by value for numbers, otherwise ordinal.</summary>
    public required string[] LabelTexts { get; init; }

    /// <summary>Items of pairwise answers; empty for other types.</summary>
    public required string[] ItemIds { get; init; }

    /// <summary>For each answer its task.</summary>
    public required int[] Tasks { get; init; }

    public required int[] Workers { get; init; }

    public required int[] Labels { get; init; }

    /// <summary>For each pairwise answer its left item; empty for other types.</summary>
    public required int[] Left { get; init; }

    public required int[] Right { get; init; }

    public int Count => Tasks.Length;

    /// <summary>Numbers before words, numbers by value: the natural order of ratings.</summary>
    public static IComparer<string> ByValue { get; } = Comparer<string>.Create((a, b) =>
    {
        var left = double.TryParse(a, System.Globalization.CultureInfo.InvariantCulture, out var x);
        var right = double.TryParse(b, System.Globalization.CultureInfo.InvariantCulture, out var y);
        if (left && right && !x.Equals(y)) return x.CompareTo(y);
        return left != right ? (left ? -1 : 1) : string.CompareOrdinal(a, b);
    });

    /// <summary>The values of each answer's label, read once for each different label.</summary>
    public T[] Read<T>(Func<string, T> read)
    {
        var values = Array.ConvertAll(LabelTexts, label => read(label));
        return Array.ConvertAll(Labels, label => values[label]);
    }
}
