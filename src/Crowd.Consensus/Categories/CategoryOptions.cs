namespace Crowd.Consensus.Categories;

/// <summary>What every category method may be told. A method ignores what does not concern it.</summary>
public sealed record CategoryOptions
{
    /// <summary>The known label of each task, −1 where it is not known; length <c>TaskCount</c>. Known tasks keep their label with certainty and teach the workers' models.</summary>
    public int[]? Gold { get; init; }

    /// <summary>The most rounds of an iterative method. Default 200.</summary>
    public int MaxRounds { get; init; } = 200;

    /// <summary>A method stops when its posteriors move by no more than this in a round, on average over the tasks (total variation). Default 1e-5.</summary>
    public double Tolerance { get; init; } = 1e-5;

    /// <summary>Start of every random choice. Default 0.</summary>
    public int Seed { get; init; }

    /// <summary>Threads to use; the result is the same for any number. Default: those of the machine.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Told the share of the work that is done, 0 to 1, from time to time.</summary>
    public IProgress<double>? Progress { get; init; }
}
