namespace Crowd.GrainRuntime;

/// <summary>
/// What the grain holds in memory is not what the store holds. A grain whose call ends with this exception, or one derived from it,
/// is deactivated afterwards, so that the next call starts from what is stored.
/// </summary>
public class InconsistentStateException : Exception
{
    public InconsistentStateException()
        : this("The state in memory is not the stored one.")
    {
    }

    public InconsistentStateException(string message)
        : base(message)
    {
    }

    public InconsistentStateException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag)
        : this(errorMsg, storedEtag, currentEtag, null)
    {
    }

    public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag, Exception? storageException)
        : base(errorMsg, storageException)
    {
        StoredEtag = storedEtag;
        CurrentEtag = currentEtag;
    }

    /// <summary>The tag that the store has, if known.</summary>
    public string? StoredEtag { get; }

    /// <summary>The tag that the grain expected, if known.</summary>
    public string? CurrentEtag { get; }

    /// <summary>True until the grain whose state it is about has seen it: callers that it passes through keep theirs.</summary>
    internal bool IsSourceActivation { get; set; } = true;
}
