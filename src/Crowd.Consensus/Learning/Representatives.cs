namespace Crowd.Consensus.Learning;

/// <summary>
/// Items that stand for the others, for the time before there are labels to learn from: each next one raises most the sum over all items of the similarity to the nearest one
/// chosen (facility location, greedily, which is within 1 − 1/e of the best; Nemhauser et al. 1978, Wei et al. 2015).
/// </summary>
public static class Representatives
{
    /// <summary>Items that are looked at: a sample by chance of more. Time and memory grow with the square.</summary>
    public const int MostItems = 1_000;

    /// <summary>Positions of the items that are asked about first, in order, each once; all items when there are fewer.</summary>
    /// <param name="items">Of length one.</param>
    /// <param name="seed">Of the sample.</param>
    public static int[] Take(IReadOnlyList<SparseVector> items, int count, int seed = 1)
    {
        var looked = new int[items.Count];
        for (var i = 0; i < looked.Length; i++) looked[i] = i;
        if (looked.Length > MostItems)
        {
            new Random(seed).Shuffle(looked);
            looked = looked[..MostItems];
        }

        var similar = new float[looked.Length][];
        for (var i = 0; i < looked.Length; i++)
        {
            similar[i] = new float[looked.Length];
            for (var j = 0; j <= i; j++) similar[i][j] = similar[j][i] = (float)items[looked[i]].Dot(items[looked[j]]);
        }

        var nearest = new float[looked.Length];
        var taken = new bool[looked.Length];
        var chosen = new int[Math.Min(count, looked.Length)];
        for (var place = 0; place < chosen.Length; place++)
        {
            var next = Next(similar, nearest, taken);
            taken[next] = true;
            chosen[place] = looked[next];
            for (var j = 0; j < nearest.Length; j++) nearest[j] = Math.Max(nearest[j], similar[next][j]);
        }

        return chosen;
    }

    private static int Next(float[][] similar, float[] nearest, bool[] taken)
    {
        var (best, most) = (-1, double.NegativeInfinity);
        for (var i = 0; i < taken.Length; i++)
        {
            if (taken[i]) continue;
            var gain = 0.0;
            for (var j = 0; j < nearest.Length; j++) gain += Math.Max(0, similar[i][j] - nearest[j]);
            if (gain > most) (best, most) = (i, gain);
        }

        return best;
    }
}
