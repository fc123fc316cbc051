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

    /// <summary>The answers by task, worker and label, whatever order they came in.</summary>
    public int[] InOrder()
    {
        var order = new int[Count];
        for (var i = 0; i < order.Length; i++) order[i] = i;
        Array.Sort(order, (a, b) => (Tasks[a], Workers[a], Labels[a]).CompareTo((Tasks[b], Workers[b], Labels[b])));
        return order;
    }

    /// <summary>Answers of workers who had answered the task before. All of them count.</summary>
    public int Repeated()
    {
        var order = InOrder();
        var repeated = 0;
        for (var i = 1; i < order.Length; i++) repeated += (Tasks[order[i]], Workers[order[i]]) == (Tasks[order[i - 1]], Workers[order[i - 1]]) ? 1 : 0;
        return repeated;
    }

    /// <summary>The answers as votes that count what their workers do.</summary>
    public IEnumerable<AggregatedVote> Votes(Func<int, double> weightOfWorker) =>
        InOrder().Select(i => new AggregatedVote(TaskIds[Tasks[i]], WorkerIds[Workers[i]], LabelTexts[Labels[i]], weightOfWorker(Workers[i])));
}
