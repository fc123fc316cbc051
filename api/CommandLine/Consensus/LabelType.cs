namespace Crowd.Api.CommandLine.Consensus;

/// <summary>The kinds of answers that the command line takes, by the names of <c>--type</c>.</summary>
internal enum LabelType
{
    Choice,
    Ordinal,
    Number,
    Multi,
    Pairwise,
    Ranking,
    Text,
    Boxes,
    Spans,
}

/// <summary>Names of label types.</summary>
internal static class LabelTypes
{
    public static string Names { get; } = string.Join(", ", Enum.GetNames<LabelType>().Select(n => n.ToLowerInvariant()));

    public static LabelType Parse(string name) =>
        Enum.TryParse<LabelType>(name, ignoreCase: true, out var type) && !char.IsDigit(name[0])
            ? type
            : throw new BadInputException($"There is no type '{name}'. Types are {Names}.");
}
