using Crowd.Consensus.Answers;
using Crowd.Consensus.Oversight;

namespace Crowd.Consensus.Tests.Oversight;

public class OversightTests
{
    [Fact]
    public void A_sampled_item_stands_for_as_many_as_its_chance_says()
    {
        // Two looked at for certain, one right; four at one in ten, three right: (1 + 30) / (2 + 40).
        Audited[] items = [new(1, 1), new(0, 1), new(1, .1), new(1, .1), new(1, .1), new(0, .1)];
        var mean = AuditSample.Mean(items);
        Assert.Equal(31.0 / 42, mean.Value, 12);
        Assert.Equal(6, mean.Count);
        Assert.True(mean.Low < mean.Value && mean.High > mean.Value);

        // The part that is known does not blur the rest: the exact interval of 3 in 4 is shrunk to the share of the rest.
        var rest = Share.Exact(3, 4);
        Assert.Equal((1 + (40 * rest.Low)) / 42, mean.Low, 3);
    }

    [Fact]
    public void Where_all_is_known_there_is_no_doubt()
    {
        var mean = AuditSample.Mean([new(1, 1), new(0, 1)]);
        Assert.Equal((.5, .5, .5), (mean.Value, mean.Low, mean.High));
        Assert.False(AuditSample.Mean([]).IsMeasured);
    }

    [Fact]
    public void Nothing_looked_at_of_a_part_says_nothing_of_it()
    {
        var mean = AuditSample.Mean([new(1, 1)], population: 10);
        Assert.Equal(.1, mean.Low, 12);
        Assert.Equal(1, mean.High, 12);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1.5)]
    public void A_chance_must_be_one(double probability) => Assert.Throws<ArgumentException>(() => AuditSample.Mean([new(1, probability)]));

    /// <summary>Deciders with rare errors, chances that hang on the item's kind, and samples that are often without any error.</summary>
    [Theory]
    [InlineData(.9)]
    [InlineData(.95)]
    public void Estimates_cover_the_truth_at_their_level(double level)
    {
        const int Worlds = 400;
        int accuracy = 0, difference = 0;
        for (var seed = 1; seed <= Worlds; seed++)
        {
            var random = new Random(seed);
            var items = Enumerable.Range(0, 600).Select(_ =>
            {
                var hard = random.NextDouble() < .3;
                return (Machine: random.NextDouble() < (hard ? .7 : .97), People: random.NextDouble() < .93, Chance: hard ? .4 : .1);
            }).ToList();
            var seen = items.Where(i => random.NextDouble() < i.Chance).ToList();
            var estimate = AuditSample.Mean([.. seen.Select(i => new Audited(i.Machine ? 1 : 0, i.Chance))], items.Count, level);
            accuracy += estimate.Covers(items.Count(i => i.Machine) / 600.0) ? 1 : 0;
            var lead = AuditSample.Difference([.. seen.Select(i => (i.People ? 1.0 : 0, i.Machine ? 1.0 : 0, i.Chance))], level);
            difference += lead.Covers((items.Count(i => i.People) - items.Count(i => i.Machine)) / 600.0) ? 1 : 0;
        }

        var least = (level - (2.6 * Math.Sqrt(level * (1 - level) / Worlds))) * Worlds;
        Assert.True(accuracy >= least, $"accuracy {accuracy} of {Worlds}");
        Assert.True(difference >= least, $"difference {difference} of {Worlds}");
    }

    [Fact]
    public void A_case_that_was_seen_by_chance_counts_for_as_many_as_it_stands_for()
    {
        // Group 0: one certain "no" and one "yes" seen with a chance of one in three; group 1: two certain "yes".
        var found = Parity.Of([0, 0, 1, 1], [false, true, true, true], weights: [1, 3, 1, 1]);
        Assert.Equal([0, 1], found.Select(g => g.Group));
        Assert.Equal(.75, found[0].Rate.Value, 12);
        Assert.Equal(1, found[1].Rate.Value, 12);
        Assert.Equal(Share.Wilson(.75 * 1.6, 1.6).High, found[0].Rate.High, 12);
    }

    [Fact]
    public void Settled_labels_are_as_sure_as_all_answers_together_say()
    {
        const int Tasks = 400;
        var random = new Random(5);
        var (tasks, workers, labels, settled) = (new List<int>(), new List<int>(), new List<int>(), new int[Tasks]);
        for (var t = 0; t < Tasks; t++)
        {
            // Truth is 0; two workers of skill .9 answer, a third where they differ.
            var given = new List<int>();
            for (var w = 0; w < 2 || (w == 2 && given[0] != given[1]); w++)
            {
                tasks.Add(t);
                workers.Add((t + w) % 5);
                given.Add(random.NextDouble() < .9 ? 0 : 1);
                labels.Add(given[^1]);
            }

            settled[t] = given.Sum() * 2 > given.Count ? 1 : 0;
        }

        var answers = CategoryAnswers.From([.. tasks], [.. workers], [.. labels], Tasks, 5, 2);
        var unknown = Enumerable.Repeat(-1, Tasks).ToArray();
        var sure = SettledLabels.Of(answers, settled, unknown)!;
        Assert.Equal(settled.Count(s => s == 0) / (double)Tasks, sure.Probabilities.Average(), 1.0e-2);
        Assert.InRange(sure.RelativeError, 0.1, 0.4);

        // What is known teaches, and has no doubt; too little teaches nothing.
        var known = (int[])unknown.Clone();
        known[0] = settled[0];
        Assert.Equal(1, SettledLabels.Of(answers, settled, known)!.Probabilities[0], 9);
        Assert.Null(SettledLabels.Of(CategoryAnswers.From([0, 0], [0, 1], [0, 0], 1, 2, 2), [0], [-1]));
    }

    [Fact]
    public void Calibration_error_and_brier_are_those_of_the_formulas()
    {
        (double, bool, double)[] seen = [(.95, true, 1), (.95, false, 1), (.55, true, .5)];
        var diagram = CalibrationDiagram.Of(seen);

        // Weights 1, 1, 2: |1 − 1.9| + |2 − 1.1| over 4.
        Assert.Equal((.9 + .9) / 4, diagram.ExpectedError, 12);
        Assert.Equal(((.05 * .05) + (.95 * .95) + (2 * .45 * .45)) / 4, diagram.Brier, 12);
        Assert.Equal(10, diagram.Bins.Count);
        Assert.Equal(2, diagram.Bins[9].Count);
        Assert.Equal(.5, diagram.Bins[9].Right.Value, 12);
        Assert.False(diagram.Bins[0].Right.IsMeasured);
        Assert.True(double.IsNaN(CalibrationDiagram.Of([]).ExpectedError));
    }

    [Fact]
    public void Drift_is_seen_in_agreement_and_in_what_is_predicted()
    {
        var earlier = new DriftWindow(90, 100, [50, 50]);
        var steady = Drift.Between(earlier, new DriftWindow(89, 100, [52, 48]));
        Assert.True(steady.Probability > .5 && steady.StabilityIndex < .1);
        var moved = Drift.Between(earlier, new DriftWindow(70, 100, [85, 15]));
        Assert.Equal(-.2, moved.Change.Value, 12);
        Assert.True(moved.Probability < .001 && moved.StabilityIndex > .25 && moved.Change.High < 0);

        // (.75 − .25) ln 3, twice, before smoothing.
        Assert.Equal(2 * .5 * Math.Log(3), Drift.StabilityIndex([1e9, 3e9], [3e9, 1e9]), 6);
        Assert.Equal(1, Drift.JensenShannon([1, 0], [0, 1]), 12);
        Assert.Equal(0, Drift.JensenShannon([1, 3], [2, 6]), 12);
    }

    [Fact]
    public void Groups_are_held_against_the_largest()
    {
        int[] groups = [.. Enumerable.Repeat(0, 100), .. Enumerable.Repeat(1, 50)];
        bool[] favourable = [.. Enumerable.Range(0, 100).Select(i => i < 60), .. Enumerable.Range(0, 50).Select(i => i < 15)];
        var found = Parity.Of(groups, favourable);
        Assert.Equal([0, 1], found.Select(g => g.Group));
        Assert.Equal(.6, found[0].Rate.Value, 12);
        Assert.Equal(1, found[0].Ratio.Value, 12);
        Assert.Equal(-.3, found[1].Difference.Value, 12);
        Assert.Equal(.5, found[1].Ratio.Value, 12);
        Assert.True(found[1].Probability < .001);
        Assert.Empty(Parity.Of([], []));
    }

    [Fact]
    public void Consistency_is_held_against_chance()
    {
        var found = Consistency.Of([(0, 0), (0, 0), (1, 1), (0, 1)]);
        Assert.Equal(.75, found.Share.Value, 12);

        // Label shares 5/8 and 3/8: chance 34/64.
        Assert.Equal((.75 - (34.0 / 64)) / (1 - (34.0 / 64)), found.Kappa, 12);
        Assert.True(double.IsNaN(Consistency.Of([(1, 1)]).Kappa));
        Assert.True(double.IsNaN(Consistency.Of([]).Kappa));
    }

    [Fact]
    public void Fatigue_holds_the_last_third_of_a_session_against_the_first()
    {
        var tired = Enumerable.Range(0, 30).Select(i => new TimedAnswer(1, i * 20, i < 15 ? 10 : 20, i < 20 || i % 2 == 0));
        var found = Fatigue.Of(tired);
        Assert.Equal(1, found.Sessions);
        Assert.Equal(1, found.Early.Value, 12);
        Assert.Equal(.5, found.Late.Value, 12);
        Assert.Equal(2, found.TimeRatio, 9);
        Assert.True(found.Change.High < 0);

        // A pause of more than half an hour begins a new session; short ones do not count.
        var rested = Enumerable.Range(0, 12).Select(i => new TimedAnswer(1, (i * 20) + (i < 6 ? 0 : 3600), 10, null)).Append(new TimedAnswer(2, 0, 5, true));
        Assert.Equal(2, Fatigue.Of(rested).Sessions);
        Assert.False(Fatigue.Of(rested).Early.IsMeasured);
        Assert.True(double.IsNaN(Fatigue.Of([]).TimeRatio));
    }

    [Fact]
    public void Quantiles_lie_between_observations()
    {
        Assert.Equal(2.5, Quantiles.Of([1, 2, 3, 4], .5));
        Assert.Equal(3.7, Quantiles.Of([1, 2, 3, 4], .9), 12);
        Assert.Equal(4, Quantiles.Of([1, 2, 3, 4], 1));
        Assert.True(double.IsNaN(Quantiles.Of([], .5)));
    }
}
