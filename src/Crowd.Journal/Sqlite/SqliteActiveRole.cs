namespace Crowd.Journal.Sqlite;

/// <summary>The active role as a lock on a file beside the database, which the operating system releases when the process ends.</summary>
internal sealed class SqliteActiveRole(string databaseFile, TimeProvider timeProvider) : IActiveRole
{
    /// <summary>The locked file. It stays when the lock is given up: deleting it could take it away under another process.</summary>
    public string LockFile { get; } = databaseFile + ".lock";

    public async Task<ActiveLease> AcquireAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(LockFile)!);
        while (true)
        {
            try
            {
                return new Lease(new FileStream(LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException)
            {
                await Task.Delay(IActiveRole.RetryInterval, timeProvider, cancellationToken);
            }
        }
    }

    /// <summary>A file lock is lost only with the process.</summary>
    private sealed class Lease(FileStream file) : ActiveLease
    {
        public override CancellationToken Lost => CancellationToken.None;

        public override ValueTask DisposeAsync() => file.DisposeAsync();
    }
}
