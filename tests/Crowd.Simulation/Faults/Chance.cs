namespace Crowd.Simulation;

/// <summary>What is made to go wrong.</summary>
internal enum Fault
{
    AppendFails,
    ReplyLost,
    Conflict,
    SnapshotFails,
    ReadFails,
    PaymentUnknownBefore,
    PaymentUnknownAfter,
    PaymentRefused,
    PaymentBroken,
    GrainDropped,
    Crash,
    ClockForward,
    ClockBack,
    RequestTwice,
    ReactorTwice,
    KeyTaken,
}

/// <summary>The one source of random choices of a run, and the count of the faults it chose.</summary>
internal sealed class Chance(int seed)
{
    private readonly int[] _faults = new int[Enum.GetValues<Fault>().Length];

    public Random Random { get; } = new(seed);

    public IReadOnlyList<int> Faults => _faults;

    /// <summary>True at the rate.</summary>
    public bool Of(double rate) => Random.NextDouble() < rate;

    /// <summary>Whether the fault happens now; counted if so.</summary>
    public bool Of(double rate, Fault fault)
    {
        if (!Of(rate))
            return false;
        _faults[(int)fault]++;
        return true;
    }

    /// <summary>Counts a fault that was made to happen.</summary>
    public void Count(Fault fault) => _faults[(int)fault]++;

    public T OneOf<T>(IReadOnlyList<T> items) => items[Random.Next(items.Count)];
}
