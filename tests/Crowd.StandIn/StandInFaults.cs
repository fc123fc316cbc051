namespace Crowd.StandIn;

/// <summary>Schedules of faults by a seed: the same seed and the same requests give the same faults.</summary>
public static class StandInFaults
{
    private static readonly StandInFault[] All = Enum.GetValues<StandInFault>().Where(f => f != StandInFault.None).ToArray();

    /// <summary>Every request fails with the probability, in a way that is drawn evenly.</summary>
    /// <param name="random">Used by the schedule alone.</param>
    /// <param name="probability">From 0 to 1.</param>
    /// <param name="count">Called for every fault that is injected, for the tests' figures.</param>
    public static Func<StandInRequest, StandInFault> Seeded(Random random, double probability, Action<StandInFault>? count = null) => _ =>
    {
        if (random.NextDouble() >= probability)
            return StandInFault.None;
        var fault = All[random.Next(All.Length)];
        count?.Invoke(fault);
        return fault;
    };

    /// <summary>The faults in the order given, then none.</summary>
    public static Func<StandInRequest, StandInFault> Then(params StandInFault[] faults)
    {
        var left = new Queue<StandInFault>(faults);
        return _ => left.TryDequeue(out var next) ? next : StandInFault.None;
    }
}
