using Crowd.Consensus.Numerics;
using Crowd.Consensus.Oversight;

namespace Crowd.Consensus.Tests.Oversight;

public class ShareTests
{
    [Theory]
    [InlineData(0.975, 1.959963984540054)]
    [InlineData(0.5, 0)]
    [InlineData(0.995, 2.5758293035489004)]
    [InlineData(0.05, -1.6448536269514722)]
    public void Normal_quantiles_are_those_of_the_tables(double probability, double z)
    {
        Assert.Equal(z, Normal.Quantile(probability), 9);
        Assert.Equal(probability, Normal.Below(z), 12);
    }

    [Fact]
    public void The_normal_tail_is_right_far_out() => Assert.Equal(2.866515718791933e-07, 1 - Normal.Below(5), 12);

    [Fact]
    public void The_beta_function_is_the_binomial_tail()
    {
        // I_p(k, n − k + 1) = P(X ≥ k): for n = 5, k = 3, p = ½ that is ½.
        Assert.Equal(.5, Beta.Below(.5, 3, 3), 12);
        Assert.Equal(1 - Math.Pow(.9, 10), Beta.Below(.1, 1, 10), 12);
        Assert.Equal(.1, Beta.Quantile(Beta.Below(.1, 2, 7), 2, 7), 10);
    }

    [Fact]
    public void Wilson_s_interval_has_its_published_values()
    {
        // Newcombe 1998, table I: 81 of 263 and 15 of 148.
        var wide = Share.Wilson(81, 263);
        Assert.Equal(.2553, wide.Low, 4);
        Assert.Equal(.3662, wide.High, 4);
        Assert.Equal(.0624, Share.Wilson(15, 148).Low, 4);
        Assert.Equal(.1605, Share.Wilson(15, 148).High, 4);
        Assert.False(Share.Wilson(0, 0).IsMeasured);
    }

    [Fact]
    public void The_exact_interval_has_its_published_values()
    {
        var exact = Share.Exact(81, 263);
        Assert.Equal(.2527, exact.Low, 4);
        Assert.Equal(.3676, exact.High, 4);

        // No hit: 1 − (α/2)^(1/n).
        Assert.Equal(1 - Math.Pow(.025, 1.0 / 20), Share.Exact(0, 20).High, 9);
        Assert.Equal(0, Share.Exact(0, 20).Low);
        Assert.Equal(1, Share.Exact(20, 20).High);
    }

    [Fact]
    public void A_difference_has_its_published_interval()
    {
        // Newcombe 1998 b, table II, method 10: 56/70 − 48/80.
        var difference = Share.Difference(56, 70, 48, 80);
        Assert.Equal(.2, difference.Value, 9);
        Assert.Equal(.0524, difference.Low, 4);
        Assert.Equal(.3339, difference.High, 4);
    }

    [Fact]
    public void A_ratio_has_its_interval_on_the_logarithm()
    {
        var ratio = Share.Ratio(30, 100, 60, 100);
        var half = 1.959963984540054 * Math.Sqrt((1.0 / 30) - .01 + (1.0 / 60) - .01);
        Assert.Equal(.5, ratio.Value, 12);
        Assert.Equal(.5 * Math.Exp(-half), ratio.Low, 9);
        Assert.Equal(.5 * Math.Exp(half), ratio.High, 9);
        Assert.True(double.IsFinite(Share.Ratio(0, 10, 0, 10).High));
    }

    [Fact]
    public void The_test_of_two_shares_is_the_pooled_z()
    {
        var z = (.8 - .6) / Math.Sqrt(104.0 / 150 * (46.0 / 150) * ((1.0 / 70) + (1.0 / 80)));
        Assert.Equal(2 * (1 - Normal.Below(z)), Share.Test(56, 70, 48, 80), 12);
        Assert.Equal(1, Share.Test(5, 5, 7, 7));
    }

    [Theory]
    [InlineData(.9)]
    [InlineData(.95)]
    [InlineData(.99)]
    public void The_exact_interval_covers_every_share_at_its_level(double level)
    {
        const int Count = 25;
        for (var truth = .02; truth < 1; truth += .07)
        {
            var covered = 0.0;
            for (var hits = 0; hits <= Count; hits++)
            {
                if (Share.Exact(hits, Count, level).Covers(truth)) covered += Probability(hits, Count, truth);
            }

            Assert.True(covered >= level - 1e-9, $"{truth}: {covered}");
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(95)]
    public void A_level_is_between_nought_and_one(double level) => Assert.Throws<ArgumentOutOfRangeException>(() => Share.Wilson(1, 2, level));

    private static double Probability(int hits, int count, double p) =>
        Math.Exp(Gamma.Log(count + 1) - Gamma.Log(hits + 1) - Gamma.Log(count - hits + 1)) * Math.Pow(p, hits) * Math.Pow(1 - p, count - hits);
}
