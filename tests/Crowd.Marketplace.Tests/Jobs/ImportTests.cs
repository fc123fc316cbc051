using Crowd.Marketplace.Jobs;

namespace Crowd.Marketplace.Tests;

/// <summary>Adding many tasks at once: one commit, several events, each task counted once.</summary>
public sealed class ImportTests : IDisposable
{
    private const int Many = TasksAdded.MaxTasks + 5;

    private readonly Market _market = new();
    private readonly TaskDraft[] _drafts = [.. Enumerable.Range(0, Many).Select(i => Cast.Draft($"t{i}"))];

    public void Dispose() => _market.Dispose();

    [Fact]
    public void Tasks_beyond_the_limit_of_an_event_are_added_as_several_events_and_counted_once()
    {
        var job = _market.AddDraft(_market.AddRequester());

        Assert.Equal(Many, _market.Import(job, _drafts).Added);
        Assert.Equal((0, Many), (_market.Import(job, _drafts).Added, _market.Import(job, _drafts).Known));

        Assert.Equal([TasksAdded.MaxTasks, 5], PartsOf(job));
        Assert.Equal(Many, CountOf(job));
    }

    [Fact]
    public void A_job_that_is_dropped_after_its_import_knows_every_task()
    {
        var job = _market.AddDraft(_market.AddRequester());
        _market.Import(job, _drafts);
        _market.Crash();

        Assert.Equal((1, Many), (_market.Import(job, [.. _drafts, Cast.Draft("new")]).Added, _market.Import(job, _drafts).Known));
        Assert.Equal(Many + 1, CountOf(job));
    }

    [Fact]
    public void More_tasks_than_are_added_at_once_are_refused()
    {
        var job = _market.AddDraft(_market.AddRequester());
        var tooMany = Enumerable.Range(0, IJobGrain.MostDrafts + 1).Select(i => Cast.Draft($"t{i}")).ToArray();

        Assert.Equal(RejectionCode.LimitExceeded, _market.Refused(() => _market.Job(job).AddTasksAsync("import", tooMany, Cast.Actor)));
        Assert.Equal(0, CountOf(job));
    }

    private int[] PartsOf(JobId job) => _market.Do(async () =>
    {
        var parts = new List<int>();
        await foreach (var e in _market.Journal.ReadStreamAsync(TasksAdded.StreamOf(job), 0, CancellationToken.None))
            parts.Add(((TasksAdded)EventTypes.Read(e.Type, e.Data.Span)).Tasks.Count);
        return parts.ToArray();
    });

    private long CountOf(JobId job) => _market.Do(async () =>
        (await _market.Journal.ReadRowAsync(Tables.JobsTable.Table, [job.Value], CancellationToken.None))!.Columns[Tables.JobsTable.Tasks].Integer);
}
