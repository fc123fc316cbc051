using FsCheck;
using FsCheck.Fluent;

namespace Crowd.Domain.Tests.Moneys;

public class AllocateTests
{
    private static readonly Gen<(long Micros, long[] Weights)> Cases =
        Property.AnyLong.SelectMany(micros => Weights.Select(weights => (micros, weights)));

    private static Gen<long[]> Weights => Gen.Choose(1, 12)
        .SelectMany(count => Gen.Frequency(
            (6, Gen.Choose(0, 100).Select(n => (long)n)),
            (2, Gen.Constant(0L)),
            (2, Property.AnyLong.Select(n => n & long.MaxValue))).ArrayOf(count))
        .Where(weights => weights.Any(w => w > 0));

    [Theory]
    [InlineData(100, new long[] { 1, 1, 1 }, new long[] { 34, 33, 33 })]
    [InlineData(101, new long[] { 1, 1, 1 }, new long[] { 34, 34, 33 })]
    [InlineData(-100, new long[] { 1, 1, 1 }, new long[] { -34, -33, -33 })]
    [InlineData(10, new long[] { 0, 1, 0 }, new long[] { 0, 10, 0 })]
    [InlineData(1, new long[] { 1, 2 }, new long[] { 0, 1 })]
    [InlineData(1, new long[] { 2, 2 }, new long[] { 1, 0 })]
    [InlineData(7, new long[] { 50, 30, 20 }, new long[] { 4, 2, 1 })]
    [InlineData(0, new long[] { 3, 4 }, new long[] { 0, 0 })]
    [InlineData(long.MaxValue, new long[] { 1 }, new[] { long.MaxValue })]
    [InlineData(long.MinValue, new long[] { 1 }, new[] { long.MinValue })]
    [InlineData(long.MaxValue, new[] { long.MaxValue, long.MaxValue }, new[] { 4_611_686_018_427_387_904, 4_611_686_018_427_387_903 })]
    public void An_amount_is_split_like_this(long micros, long[] weights, long[] parts) =>
        Assert.Equal(parts, Some.Usd(micros).Allocate(weights).Select(p => p.Micros));

    [Fact]
    public void The_parts_add_up_to_the_amount() => Property.Holds(Cases, split =>
    {
        Int128 sum = 0;
        foreach (var part in Some.Usd(split.Micros).Allocate(split.Weights))
            sum += part.Micros;
        Assert.Equal((Int128)split.Micros, sum);
    });

    [Fact]
    public void No_part_is_a_micro_off_its_exact_share() => Property.Holds(Cases, split =>
    {
        Int128 total = 0;
        foreach (var weight in split.Weights)
            total += weight;
        var parts = Some.Usd(split.Micros).Allocate(split.Weights);
        for (var i = 0; i < parts.Length; i++)
            Assert.True(Int128.Abs(((Int128)parts[i].Micros * total) - ((Int128)split.Micros * split.Weights[i])) < total);
    });

    [Fact]
    public void A_weight_of_zero_gets_nothing_and_no_part_turns_its_sign() => Property.Holds(Cases, split =>
    {
        var parts = Some.Usd(split.Micros).Allocate(split.Weights);
        for (var i = 0; i < parts.Length; i++)
        {
            Assert.True(split.Weights[i] != 0 || parts[i].Micros == 0);
            Assert.True(Math.Sign(parts[i].Micros) * Math.Sign(split.Micros) >= 0);
        }
    });

    [Fact]
    public void A_negative_amount_splits_like_the_positive_one() => Property.Holds(Cases.Where(c => c.Micros != long.MinValue), split =>
        Assert.Equal(
            Some.Usd(split.Micros).Allocate(split.Weights).Select(p => -p.Micros),
            Some.Usd(-split.Micros).Allocate(split.Weights).Select(p => p.Micros)));

    [Fact]
    public void Equal_weights_differ_by_a_micro_at_most_and_the_first_get_it() => Property.Holds(
        Gen.Choose(0, 1_000_000).SelectMany(micros => Gen.Choose(1, 20).Select(count => (Micros: micros, Count: count))),
        split =>
        {
            var parts = Some.Usd(split.Micros).Allocate([.. Enumerable.Repeat(3L, split.Count)]).Select(p => p.Micros).ToArray();
            Assert.InRange(parts[0] - parts[^1], 0, 1);
            Assert.Equal(parts.OrderDescending(), parts);
        });

    [Fact]
    public void Weights_that_say_nothing_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Some.Usd(1).Allocate());
        Assert.Throws<ArgumentException>(() => Some.Usd(1).Allocate(0, 0));
        Assert.Throws<ArgumentException>(() => Some.Usd(1).Allocate(2, -1));
    }
}
