namespace Crowd.GrainRuntime;

/// <summary>
/// The call was not taken or not finished because the runtime is not running, is stopping, or lost the activation. Whether a call
/// that had begun took effect is unknown.
/// </summary>
public sealed class SiloUnavailableException : Exception
{
    public SiloUnavailableException()
        : this("The grain runtime is not running.")
    {
    }

    public SiloUnavailableException(string msg)
        : base(msg)
    {
    }

    public SiloUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>A named limit of the runtime is reached: the call was not taken and had no effect.</summary>
public sealed class LimitExceededException : Exception
{
    public LimitExceededException()
        : this("A limit is reached.")
    {
    }

    public LimitExceededException(string message)
        : base(message)
    {
    }

    public LimitExceededException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
