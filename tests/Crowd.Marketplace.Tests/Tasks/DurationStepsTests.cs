using Crowd.Marketplace.Tasks;

namespace Crowd.Marketplace.Tests.Tasks;

public class DurationStepsTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(2, 4)]
    [InlineData(1_000, 39)]
    [InlineData(long.MaxValue, 252)]
    public void A_time_belongs_to_one_step(long milliseconds, int step) => Assert.Equal(step, DurationSteps.Of(milliseconds));

    [Fact]
    public void A_time_lies_within_the_bounds_of_its_step()
    {
        for (var time = 1L; time < 10_000_000; time += 1 + (time / 7))
        {
            var step = DurationSteps.Of(time);
            Assert.InRange(time, DurationSteps.From(step) - 1e-6, DurationSteps.From(step + 1) + 1e-6);
        }
    }

    [Fact]
    public void A_median_of_steps_is_off_by_less_than_a_tenth()
    {
        var random = new Random(5);
        var times = Enumerable.Range(0, 10_001).Select(_ => (long)Math.Exp(8 + random.NextDouble() + random.NextDouble())).Order().ToArray();
        var counts = times.GroupBy(DurationSteps.Of).Select(g => (g.Key, (long)g.Count())).ToArray();
        Assert.InRange(DurationSteps.Quantile(counts, 0.5)!.Value, times[5_000] * 0.9, times[5_000] * 1.1);
        Assert.InRange(DurationSteps.Quantile(counts, 0.9)!.Value, times[9_000] * 0.9, times[9_000] * 1.1);
        Assert.Null(DurationSteps.Quantile([], 0.5));
    }
}
