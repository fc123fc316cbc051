namespace Crowd.Journal.Tests;

/// <summary>A folder of the test's own, deleted at its end.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("crowd-journal-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
