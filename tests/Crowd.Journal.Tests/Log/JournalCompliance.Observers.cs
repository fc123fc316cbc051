namespace Crowd.Journal.Tests;

public abstract partial class JournalCompliance
{
    [SkippableFact]
    public async Task Observers_hear_every_batch_in_order_before_the_append_completes()
    {
        var heard = new List<StoredEvent>();
        using (Journal.Subscribe(batch =>
        {
            lock (heard)
                heard.AddRange(batch);
        }))
        {
            await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(async () =>
            {
                var result = Assert.IsType<AppendResult.Committed>(await AppendAsync($"s{i}", 0, 2));
                lock (heard)
                    Assert.Contains(heard, e => e.Position == result.LastPosition);
            })));
        }

        await AppendAsync("unheard", 0);
        Assert.Equal(Enumerable.Range(1, 400).Select(i => (long)i), heard.Select(e => e.Position));
        var log = await Journal.ReadLogAsync(0, 400, None);
        Assert.Equal(log.Select(e => (e.Stream, e.Version, e.At)), heard.Select(e => (e.Stream, e.Version, e.At)));
    }

    [SkippableFact]
    public async Task An_observer_that_throws_does_not_disturb_the_others()
    {
        var heard = 0;
        using var bad = Journal.Subscribe(_ => throw new InvalidOperationException("No."));
        using var good = Journal.Subscribe(batch => heard += batch.Count);
        Assert.IsType<AppendResult.Committed>(await AppendAsync("a", 0, 2));
        Assert.Equal(2, heard);
    }

    [SkippableFact]
    public async Task What_an_observer_appends_is_heard_after_what_it_heard()
    {
        var heard = new List<long>();
        Task<AppendResult>? second = null;
        using var first = Journal.Subscribe(batch => second ??= AppendAsync("b", 0));
        using var last = Journal.Subscribe(batch =>
        {
            lock (heard)
                heard.AddRange(batch.Select(e => e.Position));
        });
        await AppendAsync("a", 0);
        Assert.Equal(new AppendResult.Committed(2, 1), await second!);
        Assert.Equal([1L, 2], heard);
    }
}
