namespace Crowd.Api.CommandLine.Consensus;

/// <summary>Bad rows of a file, named by line.</summary>
internal static class RowProblems
{
    public const int MostShown = 20;

    /// <summary>Line breaks within a field, by which the lines after it are further down.</summary>
    public static int Breaks(ReadOnlySpan<char> text) => text.Count('\n');

    /// <summary>Tells of the first of them, where there are any.</summary>
    /// <exception cref="BadInputException">There are problems.</exception>
    public static void Refuse(string path, IReadOnlyCollection<string> shown, int count)
    {
        if (count == 0) return;

        var more = count > MostShown ? $"{Environment.NewLine}and {count - MostShown} more" : "";
        throw new BadInputException(string.Join(Environment.NewLine, shown.Take(MostShown).Select(p => $"{path}, {p}")) + more);
    }
}
