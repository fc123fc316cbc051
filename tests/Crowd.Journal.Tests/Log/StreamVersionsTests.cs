namespace Crowd.Journal.Tests;

public sealed class StreamVersionsTests
{
    [Fact]
    public void The_streams_used_last_are_known_and_the_memory_is_bounded()
    {
        var versions = new StreamVersions(100);
        for (var i = 0; i < 10_000; i++)
        {
            versions.Set($"s{i}", i);
            Assert.True(versions.Count <= 100);
            for (var j = Math.Max(0, i - 49); j <= i; j++)
                Assert.True(versions.TryGet($"s{j}", out var version) && version == j);
        }

        Assert.False(versions.TryGet("s0", out _));
        versions.Clear();
        Assert.False(versions.TryGet("s9999", out _));
    }

    [Fact]
    public void The_newest_version_counts()
    {
        var versions = new StreamVersions(4);
        versions.Set("a", 1);
        versions.Set("b", 1);
        versions.Set("c", 1);
        versions.Set("a", 2);
        Assert.True(versions.TryGet("a", out var version));
        Assert.Equal(2, version);
    }
}
