using System.Text;

namespace Crowd.Marketplace.Tests;

public sealed class SnapshotTests : IDisposable
{
    private const int MoreThanAnInterval = 520;

    private readonly Market _market = new();

    public void Dispose() => _market.Dispose();

    [Fact]
    public void A_build_reads_its_own_snapshot() => Assert.False(IsKnownAfter(own => Altered(own, mark: own[..Mark(own)])));

    [Fact]
    public void A_snapshot_of_another_build_is_passed_over_and_the_stream_replayed() => Assert.True(IsKnownAfter(own => Altered(own, mark: Encoding.ASCII.GetBytes(new string('0', 32) + "\n"))));

    [Fact]
    public void A_snapshot_without_a_build_is_passed_over() => Assert.True(IsKnownAfter(own => Altered(own, mark: [])));

    /// <summary>Alters the snapshot of a requester, drops everything in memory, and says whether the requester is still known.</summary>
    private bool IsKnownAfter(Func<byte[], byte[]> alter)
    {
        var requester = _market.AddRequester();
        var member = _market.Ids.Next<PersonId>();
        Snapshot? kept = null;
        for (var i = 0; kept is null; i++)
        {
            Assert.True(i < MoreThanAnInterval, "No snapshot was kept.");
            _market.Must(() => _market.Requester(requester).SetMemberAsync(member, i % 2 == 0 ? MemberRole.Editor : MemberRole.Viewer, Cast.Actor));
            kept = _market.Do(() => _market.Journal.ReadSnapshotAsync(requester.Value, CancellationToken.None));
        }

        _market.Do(() => _market.Journal.WriteSnapshotAsync(kept with { Data = alter(kept.Data.ToArray()) }, CancellationToken.None));
        _market.Crash();
        return _market.Call(() => _market.Requester(requester).SetMemberAsync(member, MemberRole.Owner, Cast.Actor)).Accepted;
    }

    private static int Mark(byte[] snapshot) => Array.IndexOf(snapshot, (byte)'\n') + 1;

    /// <summary>The same mark or another before a state that knows nothing.</summary>
    private static byte[] Altered(byte[] own, byte[] mark)
    {
        Assert.True(Mark(own) > 1);
        return [.. mark, .. "{}"u8];
    }
}
