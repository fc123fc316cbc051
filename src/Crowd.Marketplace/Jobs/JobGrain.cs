using System.Text.Json.Serialization.Metadata;
using Crowd.Domain;
using Crowd.Journal;
using Crowd.Marketplace.Log;
using Crowd.Marketplace.Tables;
using Crowd.Marketplace.Tasks;
using Microsoft.Extensions.Logging;

namespace Crowd.Marketplace.Jobs;

/// <inheritdoc cref="IJobGrain"/>
/// <remarks>
/// Reentrant: while one call waits for a commit, others go on. Whatever is counted (slots, money, leases) is therefore reserved in memory
/// before the first await, and the job's own events are committed one call at a time.
/// </remarks>
[Reentrant]
internal sealed partial class JobGrain(EventLog log, Random random, ILogger<JobGrain> logger) : EventSourcedGrain<JobState, JobEvent>(log), IJobGrain, IDisposable
{
    private const string System = "system";

    private static readonly TimeSpan TickInterval = TimeSpan.FromSeconds(1);

    /// <summary>How long money that was announced is waited for; a hold that is refused is never announced again.</summary>
    private static readonly TimeSpan FundsPatience = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _committing = new(1, 1);
    private readonly TaskQueue _queue = new();
    private readonly Dictionary<WorkerId, JobWorker> _workers = [];
    private readonly Dictionary<TaskId, GoldTask> _gold = [];
    private readonly List<GoldTask> _goldList = [];
    private readonly PriorityQueue<TaskId, DateTimeOffset> _due = new();
    private readonly Dictionary<HoldId, DateTimeOffset> _expectedFunds = [];

    /// <summary>Paid from the escrow or reserved in it, in micros.</summary>
    private long _committedMicros;

    protected override JobState Initial => new();

    protected override JsonTypeInfo<JobState> StateJson => DomainJson.Default.JobState;

    private JobId Id => JobId.From(Stream);

    private JobSpec Spec => State.Spec ?? throw new InvalidOperationException($"{Stream} has no specification.");

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);
        if (State.Status is JobStatus.None or JobStatus.Closed or JobStatus.Cancelled)
        {
            _loaded = true;
            return;
        }

        await LoadQueueAsync(cancellationToken);
        this.RegisterGrainTimer(TickAsync, new() { DueTime = TickInterval, Period = TickInterval, Interleave = true, KeepAlive = true });
    }

    public void Dispose() => _committing.Dispose();

    public async Task<Outcome<JobId>> CreateAsync(RequesterId requester, JobSpec spec, string contentHash, string actor)
    {
        var isNew = State.Status == JobStatus.None;
        var created = await ChangeStateAsync(s => JobDecider.Create(s, Id, requester, spec, contentHash), actor);
        if (!created.Accepted)
            return created.Rejection;
        if (isNew)
        {
            _queue.MinAnswers = spec.Policies.Redundancy.MinAnswers;
            this.RegisterGrainTimer(TickAsync, new() { DueTime = TickInterval, Period = TickInterval, Interleave = true, KeepAlive = true });
        }

        return Id;
    }

    public async Task<Outcome<Done>> ChangeAsync(JobSpec spec, string actor)
    {
        var changed = await ChangeStateAsync(s => JobDecider.Change(s, spec), actor);
        if (changed.Accepted)
        {
            _queue.MinAnswers = Spec.Policies.Redundancy.MinAnswers;
            foreach (var slot in _queue.Slots.ToArray())
                _queue.Requeue(slot);
        }

        return changed;
    }

    public Task<JobSpec> GetSpecAsync() => Task.FromResult(Spec);

    public Task<Outcome<Done>> ExpectFundsAsync(HoldId hold, RequesterId requester, Currency currency)
    {
        if (State.Status == JobStatus.None || State.Requester != requester)
            return Task.FromResult<Outcome<Done>>(Reject.NotFound("such job of the organisation"));
        if (State.Holds.Contains(hold))
            return Task.FromResult<Outcome<Done>>(default(Done));
        if (State.Status is JobStatus.Closing or JobStatus.Closed or JobStatus.Cancelled)
            return Task.FromResult<Outcome<Done>>(Reject.With(RejectionCode.JobStatus, $"The job is {State.Status.ToString().ToLowerInvariant()}; it takes no more funds."));
        if (Spec.Currency != currency)
            return Task.FromResult<Outcome<Done>>(Reject.Invalid([new("currency", "job", $"the job's amounts are in {Spec.Currency}.")]));
        _expectedFunds[hold] = Log.Now + FundsPatience;
        return Task.FromResult<Outcome<Done>>(default(Done));
    }

    public Task<Outcome<Done>> ReceiveFundsAsync(HoldId hold, long amountMicros, string actor)
    {
        _expectedFunds.Remove(hold);
        return ChangeStateAsync(s => JobDecider.Fund(s, hold, amountMicros), actor);
    }

    public Task<Outcome<Done>> OpenAsync(string actor) => ChangeStateAsync(JobDecider.Open, actor);

    public Task<Outcome<Done>> PauseAsync(string? reason, string actor) => ChangeStateAsync(s => JobDecider.Pause(s, reason), actor);

    public Task<Outcome<Done>> ExcludeAsync(WorkerId worker, string reason, string actor) => ChangeStateAsync(s => JobDecider.Exclude(s, worker, reason), actor);

    public Task<Outcome<Done>> ReadmitAsync(WorkerId worker, string reason, string actor) => ChangeStateAsync(s => JobDecider.Readmit(s, worker, reason), actor);

    public Task WakeAsync() => Task.CompletedTask;

    public Task<bool> ReserveAsync(long micros)
    {
        if (State.Status is JobStatus.Closed or JobStatus.Cancelled || State.HeldMicros - _committedMicros < micros)
            return Task.FromResult(false);
        _committedMicros += micros;
        return Task.FromResult(true);
    }

    protected override JobState Apply(JobState state, JobEvent e, DateTimeOffset at) => state.Apply(e);

    /// <summary>Decides on the state and commits, one call at a time.</summary>
    private async Task<Outcome<Done>> ChangeStateAsync(Func<JobState, Outcome<JobEvent[]>> decide, string actor)
    {
        await _committing.WaitAsync();
        try
        {
            return await DecideAsync(decide(State), actor, Log.Now);
        }
        finally
        {
            _committing.Release();
        }
    }

    private JobWorker WorkerOf(WorkerId id)
    {
        if (!_workers.TryGetValue(id, out var worker))
            _workers[id] = worker = new(_workers.Count);
        return worker;
    }
}
