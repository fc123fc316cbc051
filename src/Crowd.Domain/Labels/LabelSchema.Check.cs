namespace Crowd.Domain;

public abstract partial record LabelSchema
{
    private static IEnumerable<Violation> CheckNames(EquatableList<string> names, string path, int least)
    {
        if (names.Count < least || names.Count > MaxLabels)
            yield return new(path, "count", $"give {least} to {MaxLabels} names, not {names.Count}.");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < names.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(names[i]) || names[i].Length > MaxLabelLength)
                yield return new($"{path}[{i}]", "length", $"give a name of 1 to {MaxLabelLength} characters.");
            else if (!seen.Add(names[i]))
                yield return new($"{path}[{i}]", "distinct", $"'{names[i]}' stands twice.");
        }
    }

    private static IEnumerable<Violation> Wanted(bool holds, string path, string rule, string message)
    {
        if (!holds)
            yield return new(path, rule, message);
    }

    public sealed partial record SingleChoice
    {
        public override IReadOnlyList<Violation> Check() => [.. CheckNames(Labels, "labels", 2)];
    }

    public sealed partial record MultiChoice
    {
        public override IReadOnlyList<Violation> Check() =>
        [
            .. CheckNames(Labels, "labels", 1),
            .. Wanted(Least >= 0 && Least <= Labels.Count, "least", "range", $"give 0 to {Labels.Count}."),
            .. Wanted(Most is null || (Most >= Math.Max(1, Least) && Most <= Labels.Count), "most", "range", $"give {Math.Max(1, Least)} to {Labels.Count}, or nothing."),
        ];
    }

    public sealed partial record Rating
    {
        public override IReadOnlyList<Violation> Check() =>
        [
            .. Wanted(To > From && (long)To - From <= 100, "to", "range", "give a number 1 to 100 above 'from'."),
            .. Wanted(Tolerance >= 0 && Tolerance <= (long)To - From, "tolerance", "range", "give 0 up to the length of the scale."),
        ];
    }

    public sealed partial record Number
    {
        public override IReadOnlyList<Violation> Check() =>
        [
            .. Wanted(Least is not { } l || double.IsFinite(l), "least", "finite", "give a finite number."),
            .. Wanted(Most is not { } m || double.IsFinite(m), "most", "finite", "give a finite number."),
            .. Wanted(Least is null || Most is null || Least < Most, "most", "range", "give a number above 'least'."),
            .. Wanted(double.IsFinite(Tolerance) && Tolerance >= 0, "tolerance", "range", "give 0 or more."),
            .. Wanted(Unit is null || Unit.Length <= MaxLabelLength, "unit", "length", $"give at most {MaxLabelLength} characters."),
        ];
    }

    public sealed partial record FreeText
    {
        public override IReadOnlyList<Violation> Check() =>
        [
            .. Wanted(MinLength >= 0, "minLength", "range", "give 0 or more."),
            .. Wanted(MaxLength >= Math.Max(1, MinLength) && MaxLength <= LengthLimit, "maxLength", "range", $"give {Math.Max(1, MinLength)} to {LengthLimit}."),
        ];
    }

    public sealed partial record Boxes
    {
        public override IReadOnlyList<Violation> Check() =>
            [.. CheckNames(Classes, "classes", 1), .. Wanted(Most is >= 1 and <= CountLimit, "most", "range", $"give 1 to {CountLimit}.")];
    }

    public sealed partial record Spans
    {
        public override IReadOnlyList<Violation> Check() =>
            [.. CheckNames(Classes, "classes", 1), .. Wanted(Most is >= 1 and <= CountLimit, "most", "range", $"give 1 to {CountLimit}.")];
    }

    public sealed partial record Pairwise
    {
        public override IReadOnlyList<Violation> Check() => [];
    }

    public sealed partial record Ranking
    {
        public override IReadOnlyList<Violation> Check() => [];
    }
}
