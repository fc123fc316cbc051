namespace Crowd.Domain.Tests.Ids;

public class IdSourceTests
{
    private readonly StoppedTime _time = new() { Now = Some.Now };

    [Fact]
    public void Ids_of_one_millisecond_ascend()
    {
        var source = new IdSource(_time, new Random(1));
        var ids = Enumerable.Range(0, 5_000).Select(_ => source.Next<TaskId>().Value).ToArray();
        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
        Assert.Equal(ids.Length, ids.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void A_later_id_is_above_an_earlier_one_of_any_source()
    {
        var early = new IdSource(_time, new Random(1)).Next<JobId>().Value;
        _time.Now += TimeSpan.FromMilliseconds(1);
        var late = new IdSource(_time, new Random(2)).Next<JobId>().Value;
        Assert.True(string.CompareOrdinal(early, late) < 0);
    }

    [Fact]
    public void Ids_ascend_when_the_clock_is_set_back()
    {
        var source = new IdSource(_time, new Random(1));
        var before = source.Next<JobId>().Value;
        _time.Now -= TimeSpan.FromHours(1);
        Assert.True(string.CompareOrdinal(before, source.Next<JobId>().Value) < 0);
    }

    [Fact]
    public void Ids_of_all_kinds_ascend_together()
    {
        var source = new IdSource(_time, new Random(1));
        var job = source.Next<JobId>();
        var task = source.Next<TaskId>();
        Assert.True(IdText.Read(job) < IdText.Read(task));
    }

    [Fact]
    public void An_id_begins_with_its_milliseconds()
    {
        var id = new IdSource(_time, new Random(1)).Next<JobId>();
        Assert.Equal((UInt128)(ulong)Some.Now.ToUnixTimeMilliseconds(), IdText.Read(id) >> 80);
    }

    [Fact]
    public void The_same_seed_gives_the_same_ids() =>
        Assert.Equal(new IdSource(_time, new Random(7)).Next<JobId>(), new IdSource(_time, new Random(7)).Next<JobId>());

    [Fact]
    public void Another_seed_gives_other_ids() =>
        Assert.NotEqual(new IdSource(_time, new Random(7)).Next<JobId>(), new IdSource(_time, new Random(8)).Next<JobId>());

    [Fact]
    public void Ids_made_at_once_by_many_threads_are_distinct()
    {
        var source = new IdSource(_time, new Random(1));
        var ids = new TaskId[4_000];
        Parallel.For(0, ids.Length, i => ids[i] = source.Next<TaskId>());
        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    private sealed class StoppedTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
