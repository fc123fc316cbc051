namespace Crowd.Consensus.Agreement;

/// <summary>Kendall and Babington Smith 1939: how far several orders of the same items agree, 0 to 1, with mid-ranks and the correction for ties.</summary>
public static class KendallW
{
    /// <summary>W = 12 S / (m² (n³ − n) − m Σ (t³ − t)).</summary>
    /// <param name="scores">Row by worker, one column an item; only the order within a row counts. Complete; at least two of each.</param>
    public static Coefficient Of(double[,] scores)
    {
        var (workers, items) = (scores.GetLength(0), scores.GetLength(1));
        if (workers < 2 || items < 2) return Coefficient.None("It takes two workers and two items.");

        var sums = new double[items];
        var ties = 0.0;
        for (var w = 0; w < workers; w++)
        {
            for (var k = 0; k < items; k++)
            {
                double below = 0, equal = 0;
                for (var l = 0; l < items; l++)
                {
                    if (scores[w, l] < scores[w, k]) below++;
                    else if (scores[w, l].Equals(scores[w, k])) equal++;
                }

                sums[k] += below + ((equal + 1) / 2);

                // Each of t tied items adds (t² − 1), together t³ − t.
                ties += (equal * equal) - 1;
            }
        }

        var mean = sums.Average();
        var spread = sums.Sum(s => (s - mean) * (s - mean));
        var most = ((double)workers * workers * ((Math.Pow(items, 3)) - items)) - (workers * ties);
        return most <= 0 ? Coefficient.None("Every worker tied all items.") : Coefficient.Of(12 * spread / most);
    }
}
