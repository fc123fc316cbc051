using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace Crowd.Domain.Tests;

/// <summary>Properties over generated cases; the seed is fixed, so that a run is like the next.</summary>
internal static class Property
{
    private const ulong Seed = 20_261_123;

    private const int Runs = 300;

    private static readonly Config Repeatable = Config.QuickThrowOnFailure
        .WithMaxTest(Runs)
        .WithQuietOnSuccess(true)
        .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(Seed), FSharpOption<int>.None)));

    /// <summary>The check passes on every case; a failure names the case.</summary>
    public static void Holds<T>(Gen<T> cases, Action<T> check) => Check.One(Repeatable, Prop.ForAll(cases.ToArbitrary(), check));

    /// <summary>The check passes on every list of steps; a failure names a short list.</summary>
    public static void HoldsForSteps<T>(Gen<T> step, int most, Action<List<T>> check)
    {
        var steps = Gen.Choose(1, most).SelectMany(count => step.ListOf(count)).Select(found => found.ToList());
        Check.One(Repeatable.WithMaxTest(Runs / 3), Prop.ForAll(Arb.From(steps, Shorter), check));
    }

    /// <summary>Any 64 bits, the extremes more often.</summary>
    public static Gen<long> AnyLong { get; } = Gen.Frequency(
        (8, Gen.Two(Gen.Choose(int.MinValue, int.MaxValue)).Select(two => ((long)two.Item1 << 32) | (uint)two.Item2)),
        (4, Gen.Choose(-1_000, 1_000).Select(n => (long)n)),
        (1, Gen.Elements(0L, 1, -1, long.MaxValue, long.MinValue)));

    private static IEnumerable<List<T>> Shorter<T>(List<T> steps)
    {
        for (var size = steps.Count / 2; size > 0; size /= 2)
        {
            for (var from = 0; from + size <= steps.Count; from += size)
                yield return [.. steps.Take(from), .. steps.Skip(from + size)];
        }
    }
}
