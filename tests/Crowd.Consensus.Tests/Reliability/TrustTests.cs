using Crowd.Consensus.Answers;
using Crowd.Consensus.Categories;
using Crowd.Consensus.Reliability;

namespace Crowd.Consensus.Tests.Reliability;

public class TrustTests
{
    [Fact]
    public void Reliability_counts_decays_and_keeps_the_measured_value_beside_an_override()
    {
        var prior = new WorkerReliability(2, 1);
        var worker = prior.Observe(1).Observe(1).Observe(0);
        Assert.Equal(4 / 6.0, worker.Measured, 12);
        Assert.InRange(worker.Measured, worker.Interval.Low, worker.Interval.High);

        var overridden = worker with { Override = .9 };
        Assert.Equal(.9, overridden.Effective);
        Assert.Equal(worker.Measured, overridden.Measured);

        var faded = worker.Decay(TimeSpan.FromDays(30), TimeSpan.FromDays(30), prior);
        Assert.Equal(3, faded.Right, 12);
        Assert.Equal(1.5, faded.Wrong, 12);
    }

    [Fact]
    public void The_crowds_prior_finds_mean_and_spread_again()
    {
        var random = new Random(1);
        var (right, total) = (new double[400], new double[400]);
        for (var w = 0; w < 400; w++)
        {
            // Uniform on .6 to 1: mean .8, variance .0133, which a Beta of strength 11 has.
            var accuracy = .6 + (.4 * random.NextDouble());
            total[w] = 5 + random.Next(60);
            for (var i = 0; i < total[w]; i++) right[w] += random.NextDouble() < accuracy ? 1 : 0;
        }

        var prior = ReliabilityPool.Prior(right, total);
        Assert.Equal(.8, prior.Measured, 1);
        Assert.InRange(prior.Right + prior.Wrong, 7, 17);
        Assert.Equal(prior.Right + 16, ReliabilityPool.Carry(prior, 80, 100).Right, 9);
    }

    [Fact]
    public void Random_clickers_one_label_clickers_hasty_and_failing_workers_are_found_and_good_ones_left_alone()
    {
        var crowd = new MadeUpCrowd(300, 5, [.9, .9, .9, .85, .85, .8, 1 / 3.0, .9], 3, seed: 11);
        for (var i = 0; i < crowd.Rows.Count; i++)
        {
            if (crowd.Rows[i].Worker == 7) crowd.Rows[i] = crowd.Rows[i] with { Label = 0 };
        }

        var answers = crowd.Answers();
        var gold = crowd.Truth.Select((label, t) => t % 5 == 0 ? label : -1).ToArray();
        var seconds = answers.Workers.ToArray().Select(w => w == 5 ? 2.0 : 20).ToArray();
        var found = SpamDetector.Inspect(answers, DawidSkene.RunWithPrior(answers), gold, seconds);

        Assert.Contains(found, s => s.Kind == SuspicionKind.RandomClicking && s.Worker == 6);
        Assert.Contains(found, s => s.Kind == SuspicionKind.ClassBias && s.Worker == 7);
        Assert.Contains(found, s => s.Kind == SuspicionKind.TooFast && s.Worker == 5 && s.Score > .9);
        Assert.Contains(found, s => s.Kind == SuspicionKind.FailsGold && s.Worker == 6);
        Assert.DoesNotContain(found, s => s.Worker is 0 or 1 or 2 or 3 or 4);
        Assert.All(found, s => Assert.Contains(s.Evidence, char.IsDigit));
    }

    [Fact]
    public void A_pair_that_copies_is_found_among_honest_workers()
    {
        var crowd = new MadeUpCrowd(240, 6, [.8, .8, .8, .8, .8, .8, .8, .8, .7], 3, seed: 5);
        Copy(crowd, from: 8, to: 9);
        var found = CollusionDetector.Inspect(crowd.Answers(10));
        var ring = Assert.Single(found);
        Assert.Equal((8, 9), (ring.Worker, ring.Other));
    }

    [Fact]
    public void A_ring_in_the_majority_inverts_trust_and_gold_or_random_assignment_right_it()
    {
        var separate = Ring(assignedAtRandom: false);
        var blind = DawidSkene.RunWithPrior(separate.Answers(10));
        Assert.True(blind.Workers[7].Accuracy > blind.Workers[0].Accuracy, "consensus sides with the ring");

        var gold = separate.Truth.Select((label, t) => t % 4 == 0 ? label : -1).ToArray();
        var anchored = DawidSkene.RunWithPrior(separate.Answers(10), new CategoryOptions { Gold = gold });
        Assert.True(anchored.Workers[0].Accuracy > anchored.Workers[7].Accuracy + .2, "gold tells them apart");
        Assert.True(separate.Accuracy(anchored.Labels) > separate.Accuracy(blind.Labels) + .2);
        Assert.Contains(CollusionDetector.Inspect(separate.Answers(10), gold), s => s.Worker >= 7 && s.Other >= 7);

        var mixed = Ring(assignedAtRandom: true);
        var shuffled = DawidSkene.RunWithPrior(mixed.Answers(10));
        Assert.True(shuffled.Workers[0].Accuracy > shuffled.Workers[7].Accuracy + .2, "among others the ring is a minority");
    }

    /// <summary>Seven honest workers and a ring of three that always gives one and the same answer, right in three of ten.</summary>
    private static MadeUpCrowd Ring(bool assignedAtRandom)
    {
        var crowd = new MadeUpCrowd(200, assignedAtRandom ? 7 : 2, [.85, .85, .85, .85, .85, .85, .85], 3, seed: 8);
        var random = new Random(2);
        for (var t = 0; t < crowd.Truth.Length; t++)
        {
            var label = random.NextDouble() < .3 ? crowd.Truth[t] : (crowd.Truth[t] + 1) % 3;
            for (var w = 7; w < 10; w++) crowd.Rows.Add((t, w, label));
        }

        return crowd;
    }

    private static void Copy(MadeUpCrowd crowd, int from, int to)
    {
        foreach (var row in crowd.Rows.Where(r => r.Worker == from).ToList()) crowd.Rows.Add(row with { Worker = to });
    }
}
