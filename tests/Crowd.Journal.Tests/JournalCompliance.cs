using System.Text;

namespace Crowd.Journal.Tests;

/// <summary>What every journal does. The parts are in the folders of what they are about.</summary>
public abstract partial class JournalCompliance : IAsyncLifetime
{
    protected static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, 123, 456, TimeSpan.Zero);

    private GroupCommitJournal? _journal;

    protected GroupCommitJournal Journal => _journal!;

    protected static CancellationToken None => CancellationToken.None;

    public async Task InitializeAsync()
    {
        _journal = await OpenAsync();
        await _journal.InitialiseAsync(TestTables.All, None);
    }

    public async Task DisposeAsync()
    {
        if (_journal is not null)
            await _journal.DisposeAsync();
        await CleanUpAsync();
    }

    /// <summary>Opens the journal over this test's store; again after it was disposed.</summary>
    protected abstract Task<GroupCommitJournal> OpenAsync();

    protected virtual Task CleanUpAsync() => Task.CompletedTask;

    protected static Append NewAppend(string stream, long expectedVersion, int events = 1, params RowChange[] changes) => new()
    {
        Stream = stream,
        ExpectedVersion = expectedVersion,
        At = Now,
        Actor = "tester",
        Events = [.. Enumerable.Range(1, events).Select(i => new NewEvent("happened", Encoding.UTF8.GetBytes($$"""{"n":{{expectedVersion + i}}}""")))],
        Changes = changes,
    };

    protected static Append Rows(params RowChange[] changes) => NewAppend("", 0, events: 0, changes);

    protected Task<AppendResult> AppendAsync(string stream, long expectedVersion, int events = 1, params RowChange[] changes) =>
        Journal.AppendAsync(NewAppend(stream, expectedVersion, events, changes), None);

    protected Task<AppendResult> WriteAsync(params RowChange[] changes) => Journal.AppendAsync(Rows(changes), None);

    protected async Task<List<StoredEvent>> ReadStreamAsync(string stream, long after = 0)
    {
        var events = new List<StoredEvent>();
        await foreach (var stored in Journal.ReadStreamAsync(stream, after, None))
            events.Add(stored);
        return events;
    }

    protected async Task<List<Row>> ScanAsync(Table table)
    {
        var rows = new List<Row>();
        await foreach (var row in Journal.ScanAsync(table, None))
            rows.Add(row);
        return rows;
    }

    protected async Task ReopenAsync(IReadOnlyList<Table>? tables = null)
    {
        await Journal.DisposeAsync();
        _journal = await OpenAsync();
        await _journal.InitialiseAsync(tables ?? TestTables.All, None);
    }
}
