namespace Crowd.Simulation.Histories;

/// <summary>A process that dies at a step: before it has its effect, or after it and before anybody hears. From then on nothing it asks for is done.</summary>
/// <param name="at">The number of the step, from 0.</param>
/// <param name="after">Whether the step still has its effect.</param>
internal sealed class Mortal(int at, bool after)
{
    private const int MostSteps = 300;

    private int _steps;

    /// <summary>Steps count once this is set.</summary>
    public bool Armed { get; set; }

    /// <summary>Whether it has come to the step.</summary>
    public bool Died { get; private set; }

    private bool Dead { get; set; }

    /// <summary>Lives the same life again and again, killed at one step after the other; each has to end as the life without a death does.</summary>
    /// <param name="after">Whether the step of the death still has its effect.</param>
    /// <param name="live">Lives it and says how it ended.</param>
    /// <returns>How it ends, and how many steps it has.</returns>
    public static (string End, int Steps) KillAtEachStep(bool after, Func<Mortal, string> live)
    {
        var expected = live(new(int.MaxValue, after));
        for (var step = 0; step < MostSteps; step++)
        {
            var mortal = new Mortal(step, after);
            var end = live(mortal);
            Assert.True(expected == end, $"Killed at step {step}, {(after ? "after" : "before")} its effect:\n{end}\nwithout:\n{expected}");
            if (!mortal.Died)
                return (expected, step);
        }

        throw new InvalidOperationException($"After {MostSteps} steps it is not at its end.");
    }

    /// <summary>Another process takes its place.</summary>
    public void Revive() => Dead = false;

    public async Task<T> StepAsync<T>(Func<Task<T>> step)
    {
        if (Dead)
            throw new JournalUnavailableException("The process is dead.");
        if (!Armed || Died || _steps++ != at)
            return await step();
        (Died, Dead) = (true, true);
        if (after)
            await step();
        throw new JournalUnavailableException("The process died.");
    }
}

/// <summary>The network of a mortal process: each request is a step.</summary>
internal sealed class MortalHandler(HttpMessageHandler inner, Mortal mortal) : DelegatingHandler(inner)
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        mortal.StepAsync(() => base.SendAsync(request, cancellationToken));
}

/// <summary>The journal of a mortal process: each append and each checkpoint is a step.</summary>
internal sealed class MortalJournal(IJournal inner, Mortal mortal) : IJournal
{
    public Task InitialiseAsync(IReadOnlyList<Table> tables, CancellationToken cancellationToken) => inner.InitialiseAsync(tables, cancellationToken);

    public Task<AppendResult> AppendAsync(Append append, CancellationToken cancellationToken) => mortal.StepAsync(() => inner.AppendAsync(append, cancellationToken));

    public IAsyncEnumerable<StoredEvent> ReadStreamAsync(string stream, long afterVersion, CancellationToken cancellationToken) => inner.ReadStreamAsync(stream, afterVersion, cancellationToken);

    public Task<IReadOnlyList<StoredEvent>> ReadLogAsync(long afterPosition, int limit, CancellationToken cancellationToken) => inner.ReadLogAsync(afterPosition, limit, cancellationToken);

    public Task<long> LastPositionAsync(CancellationToken cancellationToken) => inner.LastPositionAsync(cancellationToken);

    public Task<Snapshot?> ReadSnapshotAsync(string stream, CancellationToken cancellationToken) => inner.ReadSnapshotAsync(stream, cancellationToken);

    public Task WriteSnapshotAsync(Snapshot snapshot, CancellationToken cancellationToken) => inner.WriteSnapshotAsync(snapshot, cancellationToken);

    public Task<long> ReadCheckpointAsync(string follower, CancellationToken cancellationToken) => inner.ReadCheckpointAsync(follower, cancellationToken);

    public Task WriteCheckpointAsync(string follower, long position, CancellationToken cancellationToken) => inner.WriteCheckpointAsync(follower, position, cancellationToken);

    public Task<Row?> ReadRowAsync(Table table, IReadOnlyList<Value> key, CancellationToken cancellationToken) => inner.ReadRowAsync(table, key, cancellationToken);

    public Task<IReadOnlyList<Row>> ReadRowsAsync(TableQuery query, CancellationToken cancellationToken) => inner.ReadRowsAsync(query, cancellationToken);

    public IDisposable Subscribe(Action<IReadOnlyList<StoredEvent>> observer) => inner.Subscribe(observer);

    public Task RebuildAsync(Func<StoredEvent, IReadOnlyList<RowChange>> project, CancellationToken cancellationToken) => inner.RebuildAsync(project, cancellationToken);
}
