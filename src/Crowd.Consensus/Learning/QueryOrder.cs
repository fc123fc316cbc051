namespace Crowd.Consensus.Learning;

/// <summary>How items are put in the order in which their labels are asked for.</summary>
public sealed record QueryOptions
{
    /// <summary>Share of places given to items at random, 0 to 1; keeps what the model is sure of under watch.</summary>
    public double RandomShare { get; init; } = 0.1;

    /// <summary>
    /// How much an item's difference from those before it counts, 0 to 1: its score is multiplied by (1 − diversity) + diversity × its distance.
    /// </summary>
    public double Diversity { get; init; } = 0.5;

    /// <summary>The same seed gives the same order.</summary>
    public int Seed { get; init; } = 1;
}

/// <summary>
/// The items whose labels are wanted first. Scores are weighed with the distance (1 − cosine) to the nearest item that was chosen or labelled before: the
/// greedy k-centre choice (Gonzalez 1985; Sener and Savarese 2018) among uncertain items, so that a batch does not ask the same thing over and over. Where
/// groups are given (the labels that the model expects), they take turns, so that no label is starved.
/// </summary>
public static class QueryOrder
{
    /// <summary>The greedy choice looks at this many of the best items for each wanted one, so that its cost does not grow with the queue's square.</summary>
    private const int CandidatesPerPlace = 10;

    /// <summary>Positions of the <paramref name="count"/> items to be asked first, in order, each once; all items when there are fewer.</summary>
    /// <param name="scores">By item, 0 or more; higher is better.</param>
    /// <param name="features">By item, of length one; may be null, and then all are as different as can be.</param>
    /// <param name="groups">By item, 0 or more; null for one group.</param>
    /// <param name="labelled">Items that have labels; the chosen shall differ from them too.</param>
    public static int[] Take(
        ReadOnlySpan<double> scores, IReadOnlyList<SparseVector>? features, int[]? groups, int count, QueryOptions options, IReadOnlyList<SparseVector>? labelled = null)
    {
        count = Math.Min(count, scores.Length);
        var random = new Random(options.Seed);
        var candidates = Best(Ranked(scores, random), groups, (int)Math.Min(scores.Length, (long)count * CandidatesPerPlace));
        var chosen = new Choice(candidates, scores, options.Diversity > 0 ? features : null, groups, options.Diversity, labelled ?? []).Take(count);
        return Mixed(chosen, scores.Length, count, options.RandomShare, random);
    }

    /// <summary>By falling score; equal ones in random order.</summary>
    private static int[] Ranked(ReadOnlySpan<double> scores, Random random)
    {
        var order = new int[scores.Length];
        for (var i = 0; i < order.Length; i++) order[i] = i;
        random.Shuffle(order);
        var keys = new (double Score, int Place)[order.Length];
        for (var i = 0; i < order.Length; i++) keys[i] = (-scores[order[i]], i);
        Array.Sort(keys, order);
        return order;
    }

    /// <summary>The best of each group in turn, so that the candidates have enough of each.</summary>
    private static int[] Best(int[] ranked, int[]? groups, int count)
    {
        if (groups is null || ranked.Length == count) return ranked[..count];

        var lists = ranked.GroupBy(i => groups[i]).Select(g => g.ToArray()).ToArray();
        var best = new List<int>(count);
        for (var depth = 0; best.Count < count; depth++)
        {
            foreach (var list in lists)
            {
                if (depth < list.Length && best.Count < count) best.Add(list[depth]);
            }
        }

        return [.. best];
    }

    /// <summary>Gives a share of the places to items drawn from all.</summary>
    private static int[] Mixed(int[] candidates, int items, int count, double randomShare, Random random)
    {
        var drawn = new int[items];
        for (var i = 0; i < items; i++) drawn[i] = i;
        random.Shuffle(drawn);
        var taken = new bool[items];
        var order = new int[count];
        int next = 0, nextDrawn = 0;
        for (var place = 0; place < count; place++)
        {
            var byChance = random.NextDouble() < randomShare;
            while (next < candidates.Length && taken[candidates[next]]) next++;
            while (nextDrawn < items && taken[drawn[nextDrawn]]) nextDrawn++;
            var item = byChance || next == candidates.Length ? drawn[nextDrawn] : candidates[next];
            taken[item] = true;
            order[place] = item;
        }

        return order;
    }

    /// <summary>The greedy choice under way.</summary>
    private sealed class Choice
    {
        private readonly int[] _candidates;
        private readonly double[] _scores;
        private readonly double[] _distances;
        private readonly int[] _groups;
        private readonly int[] _chosenOfGroup;
        private readonly bool[] _taken;
        private readonly IReadOnlyList<SparseVector>? _features;
        private readonly double _diversity;

        public Choice(int[] candidates, ReadOnlySpan<double> scores, IReadOnlyList<SparseVector>? features, int[]? groups, double diversity, IReadOnlyList<SparseVector> labelled)
        {
            (_candidates, _features, _diversity) = (candidates, features, diversity);
            _scores = new double[candidates.Length];
            _groups = new int[candidates.Length];
            _distances = new double[candidates.Length];
            _taken = new bool[candidates.Length];
            Array.Fill(_distances, 1);
            for (var i = 0; i < candidates.Length; i++)
            {
                _scores[i] = scores[candidates[i]];
                _groups[i] = groups is null ? 0 : groups[candidates[i]];
            }

            _chosenOfGroup = new int[_groups.Length == 0 ? 1 : _groups.Max() + 1];
            if (features is null) return;
            foreach (var known in labelled) Near(known);
        }

        public int[] Take(int count)
        {
            var chosen = new int[count];
            for (var place = 0; place < count; place++)
            {
                var best = Next();
                _taken[best] = true;
                _chosenOfGroup[_groups[best]]++;
                chosen[place] = _candidates[best];
                if (_features is not null) Near(_features[chosen[place]]);
            }

            return chosen;
        }

        private int Next()
        {
            var (best, fewest, most) = (-1, int.MaxValue, double.NegativeInfinity);
            for (var i = 0; i < _candidates.Length; i++)
            {
                if (_taken[i]) continue;
                var worth = _scores[i] * (1 - _diversity + (_diversity * _distances[i]));
                var turns = _chosenOfGroup[_groups[i]];
                if (turns < fewest || (turns == fewest && worth > most)) (best, fewest, most) = (i, turns, worth);
            }

            return best;
        }

        private void Near(SparseVector known)
        {
            for (var i = 0; i < _distances.Length; i++)
            {
                if (!_taken[i]) _distances[i] = Math.Min(_distances[i], 1 - _features![_candidates[i]].Dot(known));
            }
        }
    }
}
