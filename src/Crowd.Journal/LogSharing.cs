namespace Crowd.Journal;

/// <summary>
/// How a process writes a log beside others (PostgreSQL only). Commits follow one another by a lock, a stream's version lets one of two writers through, and
/// observers are told of everybody's commits.
/// </summary>
public sealed class LogSharing
{
    /// <summary>
    /// An SQL condition that every commit of this process is made under, in its transaction and after the lock; null while there is none. It is where a process that
    /// the others take for dead is kept from writing.
    /// </summary>
    public Func<string?> Fence { get; init; } = static () => null;
}
