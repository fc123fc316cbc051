using System.Diagnostics;

namespace Crowd.Api.Bench;

/// <summary>How long things took, in ticks of <see cref="Stopwatch"/>.</summary>
internal sealed class Latencies
{
    private readonly List<long> _ticks = new(1 << 16);

    public void Add(long ticks) => _ticks.Add(ticks);

    public static Latencies Merge(IEnumerable<Latencies> all)
    {
        var merged = new Latencies();
        foreach (var one in all)
            merged._ticks.AddRange(one._ticks);
        merged._ticks.Sort();
        return merged;
    }

    public int Count => _ticks.Count;

    /// <summary>The quantile in milliseconds; the list is sorted.</summary>
    public double Milliseconds(double quantile) => _ticks.Count == 0 ? double.NaN : _ticks[(int)Math.Min(_ticks.Count - 1, quantile * _ticks.Count)] * 1000.0 / Stopwatch.Frequency;
}
