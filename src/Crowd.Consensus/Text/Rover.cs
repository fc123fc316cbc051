namespace Crowd.Consensus.Text;

/// <summary>
/// ROVER (Fiscus 1997): the answers are aligned one after the other into columns of words, and each column is put to a weighted vote. The first is the
/// medoid, so that the order of the others matters little; they follow by their support.
/// </summary>
public static class Rover
{
    public const string Name = "rover";

    /// <summary>The voted text, and the weighted mean share of the winning words.</summary>
    /// <param name="texts">At least one answer.</param>
    /// <param name="weights">One positive weight for each answer.</param>
    public static VotedText Of(IReadOnlyList<string> texts, ReadOnlySpan<double> weights)
    {
        ArgumentOutOfRangeException.ThrowIfZero(texts.Count);
        var held = weights.ToArray();
        var order = Order(texts, held);
        var tokens = order.ConvertAll(i => TextTokens.Of(texts[i]));

        // A column holds for each answer, in order, the position of its word, or −1.
        var columns = new List<string?[]>();
        foreach (var token in tokens[0]) columns.Add([token]);
        for (var n = 1; n < tokens.Count; n++) columns = Align(columns, tokens[n], n);

        var chosen = new List<string>();
        var share = 0.0;
        foreach (var column in columns)
        {
            var (word, won) = Vote(column, order, held);
            if (word is not null) chosen.Add(word);
            share += won;
        }

        return new VotedText(TextTokens.Join(chosen), columns.Count == 0 ? 1 : share / columns.Count);
    }

    private static List<int> Order(IReadOnlyList<string> texts, double[] weights)
    {
        var support = Agreement.MeanAgreement.Support(weights, (i, j) => EditDistance.Similarity(texts[i], texts[j]));
        var order = Enumerable.Range(0, texts.Count).ToList();
        order.Sort((a, b) => Math.Abs(support[a] - support[b]) > 1e-12 ? support[b].CompareTo(support[a]) : string.CompareOrdinal(texts[a], texts[b]));
        return order;
    }

    /// <summary>Least-cost alignment of a new answer with the columns; a word costs the share of a column's words that differ.</summary>
    private static List<string?[]> Align(List<string?[]> columns, string[] words, int answers)
    {
        var cost = new double[columns.Count + 1, words.Length + 1];
        for (var j = 1; j <= words.Length; j++) cost[0, j] = j;
        for (var i = 1; i <= columns.Count; i++)
        {
            cost[i, 0] = cost[i - 1, 0] + Difference(columns[i - 1], null);
            for (var j = 1; j <= words.Length; j++)
            {
                var matched = cost[i - 1, j - 1] + Difference(columns[i - 1], words[j - 1]);
                var skipped = cost[i - 1, j] + Difference(columns[i - 1], null);
                cost[i, j] = Math.Min(Math.Min(matched, skipped), cost[i, j - 1] + 1);
            }
        }

        var aligned = new List<string?[]>();
        for (int i = columns.Count, j = words.Length; i > 0 || j > 0;)
        {
            if (i > 0 && j > 0 && Near(cost[i, j], cost[i - 1, j - 1] + Difference(columns[i - 1], words[j - 1])))
                aligned.Add([.. columns[--i], words[--j]]);
            else if (i > 0 && Near(cost[i, j], cost[i - 1, j] + Difference(columns[i - 1], null)))
                aligned.Add([.. columns[--i], null]);
            else
                aligned.Add([.. new string?[answers], words[--j]]);
        }

        aligned.Reverse();
        return aligned;
    }

    private static bool Near(double a, double b) => Math.Abs(a - b) < 1e-9;

    private static double Difference(string?[] column, string? word)
    {
        var differing = 0;
        foreach (var other in column)
        {
            if (!string.Equals(other, word, StringComparison.OrdinalIgnoreCase)) differing++;
        }

        return (double)differing / column.Length;
    }

    /// <summary>Words that differ in case alone vote together; the heaviest spelling speaks for them. Ties go to the word of the earlier answer.</summary>
    private static (string? Word, double Share) Vote(string?[] column, List<int> order, double[] weights)
    {
        var best = 0;
        var bestWeight = -1.0;
        var total = 0.0;
        for (var i = 0; i < column.Length; i++)
        {
            double weight = 0, spelling = 0;
            for (var j = 0; j < column.Length; j++)
            {
                if (string.Equals(column[i], column[j], StringComparison.OrdinalIgnoreCase)) weight += weights[order[j]];
                if (string.Equals(column[i], column[j], StringComparison.Ordinal)) spelling += weights[order[j]];
            }

            total += weights[order[i]];
            weight += 1e-6 * spelling;
            if (weight <= bestWeight + 1e-12) continue;

            bestWeight = weight;
            best = i;
        }

        return (column[best], Math.Min(1, bestWeight / (total * (1 + 1e-6))));
    }
}

/// <summary>A text put together by vote.</summary>
/// <param name="Text">The winning words.</param>
/// <param name="Confidence">The mean share of the weight that went to the winner of a column, 0 to 1.</param>
public readonly record struct VotedText(string Text, double Confidence);
