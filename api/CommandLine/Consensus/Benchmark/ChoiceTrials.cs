using Crowd.Consensus.Categories;

namespace Crowd.Api.CommandLine.Consensus.Benchmark;

/// <summary>
/// Whether the choices in <c>auto</c> are fitted to the sets: its members and the share of the weight that goes by foresight are chosen anew on all sets but one, and
/// what is chosen is measured on that one.
/// </summary>
internal static class ChoiceTrials
{
    private const int LeastMembers = 3;
    private const int MostMembers = 4;
    private const int Folds = 2;
    private const int FoldRounds = 25;

    /// <summary>Answers put aside by which weights are found here; more of them hardly move the weights.</summary>
    private const int MostForeseen = 1_000;

    private static readonly double[] Shares = [0, 0.3, 0.6, 1];

    /// <summary>What a choice may take. The correlated combination is left out for its time.</summary>
    private static readonly string[] Candidates =
    [
        Wawa.Name, Wawa.ZeroBasedName, BayesianWeightedAverage.Name, OnlineBayes.Name, OneCoin.Name, DawidSkene.PriorName, FastDawidSkene.Name,
        ClassifierCombination.IndependentName, Mace.Name, Glad.Name, MinimaxEntropy.Name,
    ];

    /// <summary>The table as Markdown.</summary>
    /// <param name="sets">The sets.</param>
    /// <param name="results">What each method found on each set, by its name.</param>
    /// <param name="told">Told what is being done.</param>
    public static string Run(IReadOnlyList<TruthSet> sets, IReadOnlyDictionary<string, List<CategoryResult>> results, Action<string> told)
    {
        var choices = Subsets().SelectMany(members => Shares.Select(share => (Members: members, Share: share))).ToArray();
        var accuracy = new double[sets.Count][];
        for (var s = 0; s < sets.Count; s++)
        {
            told($"choices {sets[s].Name}");
            accuracy[s] = Accuracies(sets[s], Array.ConvertAll(Candidates, name => results[name][s]));
        }

        var table = new MarkdownTable("set", "chosen on the others", "mean of the others", "accuracy here", "`auto`");
        var (mean, auto) = (0.0, 0.0);
        for (var s = 0; s < sets.Count; s++)
        {
            double Others(int choice) => accuracy.Where((_, other) => other != s).Average(each => each[choice]);
            var best = Enumerable.Range(0, choices.Length).MaxBy(Others);
            var here = sets[s].Accuracy(results[Auto.Name][s].Labels);
            mean += accuracy[s][best] / sets.Count;
            auto += here / sets.Count;
            var members = string.Join(", ", choices[best].Members.Select(m => Candidates[m]));
            table.Add(sets[s].Name, $"{members}; {choices[best].Share:P0} by foresight", CategoryTrials.Format(Others(best)), CategoryTrials.Format(accuracy[s][best]), CategoryTrials.Format(here));
        }

        table.Add("mean", "", "", CategoryTrials.Format(mean), CategoryTrials.Format(auto));
        var ranked = Enumerable.Range(0, choices.Length).Select(choice => accuracy.Average(each => each[choice])).Order().ToArray();
        return $"""
            ## The choices of `auto`, one set left out

            Of {choices.Length} choices, {LeastMembers} or {MostMembers} of {Candidates.Length} methods and {string.Join(", ", Shares.Select(share => $"{share:P0}"))} of the weight by foresight, the one with the
            best mean over all sets but one is measured on that one. Over all sets the mean of the choices lies between {CategoryTrials.Format(ranked[0])} and {CategoryTrials.Format(ranked[^1])}, half of them above
            {CategoryTrials.Format(ranked[ranked.Length / 2])}.

            {table}
            """;
    }

    private static List<int[]> Subsets()
    {
        var found = new List<int[]>();
        for (var bits = 0; bits < 1 << Candidates.Length; bits++)
        {
            if (int.PopCount(bits) is >= LeastMembers and <= MostMembers)
                found.Add([.. Enumerable.Range(0, Candidates.Length).Where(m => (bits & (1 << m)) != 0)]);
        }

        return found;
    }

    /// <summary>The accuracy of every choice on one set.</summary>
    private static double[] Accuracies(TruthSet set, CategoryResult[] results)
    {
        var options = new CategoryOptions { MaxRounds = FoldRounds };
        var foreseen = HeldOut.Predict(set.Answers, options, Array.ConvertAll(Candidates, name => CategoryMethods.All[name]), Folds);
        var step = Math.Max(1, foreseen[0].Length / MostForeseen);
        foreseen = Array.ConvertAll(foreseen, each => each.Where((_, i) => i % step == 0).ToArray());
        var known = Enumerable.Range(0, set.TrueLabels.Length).Where(t => set.TrueLabels[t] != -1).ToArray();
        return
        [
            .. Subsets().SelectMany(members =>
            {
                var stacked = HeldOut.Stack(Array.ConvertAll(members, m => foreseen[m]));
                return Shares.Select(share =>
                {
                    var weights = Array.ConvertAll(stacked, weight => ((1 - share) / members.Length) + (share * weight));
                    return known.Average(t => Label(members, weights, results, t) == set.TrueLabels[t] ? 1.0 : 0);
                });
            }),
        ];
    }

    private static int Label(int[] members, double[] weights, CategoryResult[] results, int task)
    {
        var (best, most) = (-1, double.NegativeInfinity);
        for (var k = 0; k < results[0].LabelCount; k++)
        {
            var sum = 0.0;
            for (var m = 0; m < members.Length; m++) sum += weights[m] * results[members[m]].Posteriors[(task * results[0].LabelCount) + k];
            if (sum > most + 1e-12) (best, most) = (k, sum);
        }

        return best;
    }
}
