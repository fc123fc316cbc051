namespace Crowd.Consensus.Reliability;

/// <summary>What may be wrong with a worker.</summary>
public enum SuspicionKind
{
    /// <summary>Answers as if without looking: they say next to nothing of the truth.</summary>
    RandomClicking,

    /// <summary>Gives one label far more often than the tasks call for.</summary>
    ClassBias,

    /// <summary>Answers faster than the work can be done.</summary>
    TooFast,

    /// <summary>Errs more than chance would have it on gold.</summary>
    FailsGold,

    /// <summary>Agrees with another worker, above all in error, beyond what their skills explain.</summary>
    Collusion,
}

/// <summary>One suspicion with what speaks for it.</summary>
/// <param name="Worker">The worker it concerns.</param>
/// <param name="Score">0 to 1: how strong the evidence is; one minus a probability by chance, or a share, as the kind says.</param>
/// <param name="Evidence">A sentence with the numbers, for a quality manager.</param>
/// <param name="Other">The other worker of a pair; −1 otherwise.</param>
public sealed record Suspicion(SuspicionKind Kind, int Worker, double Score, string Evidence, int Other = -1);
