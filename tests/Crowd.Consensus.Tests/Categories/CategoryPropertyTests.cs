using Crowd.Consensus.Answers;
using Crowd.Consensus.Categories;
using FsCheck;
using FsCheck.Fluent;

namespace Crowd.Consensus.Tests.Categories;

/// <summary>What holds for every category method, whatever the answers.</summary>
public class CategoryPropertyTests
{
    private const int Tasks = 12;
    private const int Workers = 5;
    private const int Labels = 3;

    /// <summary>Random starts and held-out parts are dealt by worker number, so that these may move a little when workers are renumbered.</summary>
    private static readonly string[] Dealt = [Auto.Name, Mace.Name];

    public static TheoryData<string> Names => new(CategoryMethods.All.Keys.Order(StringComparer.Ordinal));

    public static TheoryData<string> Climbing => new([DawidSkene.Name, DawidSkene.PriorName, OneCoin.Name, Mace.Name, ClassifierCombination.IndependentName, ClassifierCombination.CorrelatedName]);

    [Theory]
    [MemberData(nameof(Names))]
    public void Posteriors_add_up_to_one_and_the_label_is_their_best(string name) => Check(rows =>
    {
        var result = Run(name, rows);
        for (var t = 0; t < Tasks; t++)
        {
            var row = result.Posterior(t).ToArray();
            Assert.Equal(1, row.Sum(), 9);
            Assert.All(row, p => Assert.InRange(p, 0, 1 + 1e-12));
            if (result.Labels[t] >= 0) Assert.Equal(row.Max(), row[result.Labels[t]], 7);
            else Assert.DoesNotContain(rows, r => r.Task == t);
        }
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void The_order_of_the_answers_and_the_number_of_threads_change_nothing(string name) => Check(rows =>
    {
        var shuffled = rows.ToArray();
        new Random(5).Shuffle(shuffled);
        var one = Run(name, rows, new CategoryOptions { Threads = 1 });
        var other = Run(name, [.. shuffled], new CategoryOptions { Threads = 4 });
        Assert.Equal(one.Posteriors, other.Posteriors);
        Assert.Equal(one.Labels, other.Labels);
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void Renumbering_workers_changes_no_posterior(string name) => Check(rows =>
    {
        if (Dealt.Contains(name, StringComparer.Ordinal)) return;

        var options = new CategoryOptions { MaxRounds = 20 };
        var one = Run(name, rows, options);
        var other = Run(name, rows.ConvertAll(r => (r.Task, Workers - 1 - r.Worker, r.Label)), options);
        AssertClose(one.Posteriors, other.Posteriors);
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void Renaming_labels_renames_the_posteriors(string name) => Check(rows =>
    {
        if (name == Mace.Name) return;

        int[] renamed = [2, 0, 1];
        var totals = MadeUpCrowd.From(rows, Tasks, Workers, Labels).LabelTotals();
        if (totals.Distinct().Count() < Labels) return;

        var options = new CategoryOptions { MaxRounds = 20 };
        var one = Run(name, rows, options);
        var other = Run(name, rows.ConvertAll(r => (r.Task, r.Worker, renamed[r.Label])), options);
        var expected = new double[one.Posteriors.Length];
        for (var i = 0; i < expected.Length; i++) expected[(i / Labels * Labels) + renamed[i % Labels]] = one.Posteriors[i];
        AssertClose(expected, other.Posteriors);
    });

    [Theory]
    [MemberData(nameof(Climbing))]
    public void The_objective_never_falls(string name) => Check(rows =>
    {
        var trace = Run(name, rows).Fit.Trace;
        for (var i = 1; i < trace.Length; i++)
            Assert.True(trace[i] >= trace[i - 1] - (1e-6 * (1 + Math.Abs(trace[i - 1]))), $"round {i}: {trace[i - 1]} then {trace[i]}");
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void Known_labels_are_kept(string name) => Check(rows =>
    {
        var gold = new int[Tasks];
        Array.Fill(gold, -1);
        gold[0] = 2;
        gold[5] = 1;
        var result = Run(name, rows, new CategoryOptions { Gold = gold });
        Assert.Equal(2, result.Labels[0]);
        Assert.Equal(1, result.Labels[5]);
        Assert.Equal(1, result.Confidence(0), 9);
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void Perfect_workers_are_agreed_with_and_another_one_changes_nothing(string name)
    {
        var crowd = new MadeUpCrowd(60, 3, [1, 1, 1], Labels, seed: 4);
        Assert.Equal(crowd.Truth, CategoryMethods.All[name](crowd.Answers(), null).Labels);
        for (var t = 0; t < crowd.Truth.Length; t++) crowd.Rows.Add((t, 3, crowd.Truth[t]));
        Assert.Equal(crowd.Truth, CategoryMethods.All[name](crowd.Answers(4), null).Labels);
    }

    [Fact]
    public void The_correlated_combination_with_one_subtype_is_the_independent_one() => Check(rows =>
    {
        var answers = MadeUpCrowd.From(rows, Tasks, Workers, Labels);
        var options = new CategoryOptions();
        var prior = ClassifierCombination.IndependentPrior;
        var special = ClassifierCombination.RunCorrelated(answers, options, prior, subtypes: 1, restarts: 1);
        AssertClose(ClassifierCombination.RunIndependent(answers, options).Posteriors, special.Posteriors);
    });

    [Fact]
    public void With_two_alike_labels_and_equal_workers_one_coin_is_the_majority()
    {
        var crowd = new MadeUpCrowd(200, 5, [.8, .8, .8, .8, .8], 2, seed: 9);
        var majority = MajorityVote.Run(crowd.Answers());
        Assert.True(OneCoin.Run(crowd.Answers()).Labels.Zip(majority.Labels).Count(x => x.First == x.Second) >= 190);
    }

    [Fact]
    public void Sweeps_of_the_incremental_estimator_end_where_the_batch_ends()
    {
        var crowd = new MadeUpCrowd(150, 4, [.9, .8, .7, .6, .85, .75], 3, seed: 2);
        var estimator = new IncrementalEstimator(3);
        foreach (var (task, worker, label) in crowd.Rows) estimator.Add(task, worker, label);
        for (var sweep = 0; sweep < 500 && estimator.Sweep() > 1e-9; sweep++)
        {
        }

        var batch = DawidSkene.RunWithPrior(crowd.Answers(), new CategoryOptions { MaxRounds = 5000, Tolerance = 1e-12 });
        for (var t = 0; t < 150; t++)
        {
            for (var k = 0; k < 3; k++) Assert.Equal(batch.Posterior(t)[k], estimator.Posterior(t)[k], 4);
        }
    }

    [Fact]
    public void A_model_joins_as_annotators_by_band_of_confidence()
    {
        var crowd = new MadeUpCrowd(400, 3, [.7, .7, .7, .7], 2, seed: 6);
        var random = new Random(1);
        var predictions = crowd.Truth.Select((truth, t) =>
        {
            var sure = t % 2 == 0;
            return new ModelPrediction(t, random.NextDouble() < (sure ? .98 : .55) ? truth : 1 - truth, sure ? .9 : .6);
        }).ToArray();
        var joined = ModelVotes.Join(crowd.Answers(), predictions, bands: 2);
        var result = DawidSkene.RunWithPrior(joined);
        Assert.True(crowd.Accuracy(result.Labels) > crowd.Accuracy(DawidSkene.RunWithPrior(crowd.Answers()).Labels) + .05);
        Assert.True(result.Workers[5].Accuracy > result.Workers[4].Accuracy + .2);
    }

    [Fact]
    public void Votes_of_better_workers_weigh_more()
    {
        var crowd = new MadeUpCrowd(300, 4, [.95, .8, .6, .5], 2, seed: 3);
        var answers = crowd.Answers();
        var weights = VoteWeights.Of(answers, DawidSkene.RunWithPrior(answers));
        double Mean(int worker) => Enumerable.Range(0, answers.Count).Where(i => answers.Workers[i] == worker).Average(i => weights[i]);
        Assert.True(Mean(0) > Mean(1) && Mean(1) > Mean(2) && Mean(2) > Mean(3));
    }

    private static CategoryResult Run(string name, List<(int Task, int Worker, int Label)> rows, CategoryOptions? options = null) =>
        CategoryMethods.All[name](MadeUpCrowd.From(rows, Tasks, Workers, Labels), options);

    private static void AssertClose(double[] expected, double[] actual)
    {
        for (var i = 0; i < expected.Length; i++) Assert.True(Math.Abs(expected[i] - actual[i]) < 1e-5, $"entry {i}: {expected[i]} and {actual[i]}");
    }

    private static void Check(Action<List<(int Task, int Worker, int Label)>> property)
    {
        var row = Gen.Choose(0, Tasks - 1).SelectMany(t => Gen.Choose(0, Workers - 1).SelectMany(w => Gen.Choose(0, 5).Select(l => (Task: t, Worker: w, Label: l < 3 ? t % 3 : l - 3))));
        var rows = row.ListOf().Select(list => list.DistinctBy(r => (r.Task, r.Worker)).ToList()).Where(list => list.Count > 0);
        Prop.ForAll(Arb.From(rows), property).Check(Config.QuickThrowOnFailure.WithMaxTest(15).WithReplay(1, 1).WithStartSize(5).WithEndSize(50));
    }
}
