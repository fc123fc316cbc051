using System.Text.Json.Serialization.Metadata;
using Crowd.Domain;
using Crowd.Journal;
using Crowd.Marketplace.Ledger;
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
internal sealed partial class JobGrain(EventLog log, TimeProvider time, Random random, ILogger<JobGrain> logger)
    : EventSourcedGrain<JobState, JobEvent>(log), IJobGrain, IDisposable
{
    private const string System = "system";

    private static readonly TimeSpan TickInterval = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _committing = new(1, 1);
    private readonly TaskQueue _queue = new();
    private readonly Dictionary<WorkerId, JobWorker> _workers = [];
    private readonly Dictionary<TaskId, GoldTask> _gold = [];
    private readonly List<GoldTask> _goldList = [];
    private readonly PriorityQueue<TaskId, DateTimeOffset> _due = new();

    /// <summary>Leases believed to live, by task: the queue may have let a task go before the job was told how the last of them ended.</summary>
    private readonly Dictionary<TaskId, int> _leased = [];

    /// <summary>Money reserved for appeals that are being upheld.</summary>
    private readonly Dictionary<AssignmentId, long> _appeals = [];

    private IGrainTimer? _timer;

    /// <summary>Paid from the escrow or reserved in it, in micros.</summary>
    private long _committedMicros;

    /// <summary>True while the escrow is being given back, and afterwards.</summary>
    private bool _ending;

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

        _activatedAt = time.GetTimestamp();
        await LoadQueueAsync(cancellationToken);
        StartTimer();
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
            StartTimer();
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
            {
                _queue.Requeue(slot);
                if (_queue[slot].Begun) // it may have all the answers it now wants
                    _due.Enqueue(TaskId.From(IdText.Write(TaskId.Prefix, _queue[slot].Id)), Log.Now);
            }
        }

        return changed;
    }

    public Task<JobSpec> GetSpecAsync() => Task.FromResult(Spec);

    public Task<JobSight> GetSightAsync() => Task.FromResult(new JobSight(State.Status, State.Requester, State.Spec));

    public Task<Outcome<Done>> ChangeLoopAsync(LoopPolicy loop, string actor) => ChangeStateAsync(s => JobDecider.ChangeLoop(s, loop), actor);

    public Task<Outcome<Done>> MayFundAsync(RequesterId requester, Currency currency) =>
        Task.FromResult<Outcome<Done>>(JobDecider.MayFund(State, requester, currency) is { } refused ? refused : default(Done));

    public async Task<Outcome<Done>> ReceiveFundsAsync(HoldId hold, long amountMicros, string actor)
    {
        await _committing.WaitAsync();
        try
        {
            if (State.Status is not (JobStatus.Closed or JobStatus.Cancelled))
                return await DecideAsync(JobDecider.Fund(State, hold, amountMicros), actor, Log.Now);
            var left = await Log.Journal.BalanceAsync(Account.Escrow(Id), Spec.Currency, CancellationToken.None);
            return await DecideAsync(JobDecider.FundAfterEnd(State, hold, amountMicros, left.Micros), actor, Log.Now);
        }
        finally
        {
            _committing.Release();
        }
    }

    public async Task<Outcome<Done>> OpenAsync(string actor)
    {
        if (State.Status != JobStatus.None)
        {
            var debt = await Log.Journal.BalanceAsync(Account.Owed(State.Requester), Spec.Currency, CancellationToken.None);
            if (debt.Micros < 0)
                return Reject.With(RejectionCode.InsufficientFunds, $"{new Money(-debt.Micros, debt.Currency)} is owed after a dispute: top up first.");
            await CountImportsAsync(actor);
        }

        return await ChangeStateAsync(JobDecider.Open, actor);
    }

    public Task<Outcome<Done>> PauseAsync(string? reason, string actor) => ChangeStateAsync(s => JobDecider.Pause(s, reason), actor);

    public Task<Outcome<Done>> ExcludeAsync(WorkerId worker, string reason, string actor) => ChangeStateAsync(s => JobDecider.Exclude(s, worker, reason), actor);

    public Task<Outcome<Done>> ReadmitAsync(WorkerId worker, string reason, string actor) => ChangeStateAsync(s => JobDecider.Readmit(s, worker, reason), actor);

    public Task WakeAsync() => Task.CompletedTask;

    public Task<bool> ReserveAsync(AssignmentId appeal, long micros)
    {
        if (_appeals.ContainsKey(appeal))
            return Task.FromResult(true);
        if (_ending || State.Status is JobStatus.Closed or JobStatus.Cancelled || State.HeldMicros - _committedMicros < micros)
            return Task.FromResult(false);
        _appeals.Add(appeal, micros);
        _committedMicros += micros;
        _due.Enqueue(appeal.Task, Log.Now + TickInterval); // should the task not say what came of it, it is asked
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

    private void StartTimer() => _timer = this.RegisterGrainTimer(TickAsync, new() { DueTime = TickInterval, Period = TickInterval, Interleave = true, KeepAlive = true });

    private JobWorker WorkerOf(WorkerId id)
    {
        if (!_workers.TryGetValue(id, out var worker))
            _workers[id] = worker = new(_workers.Count);
        return worker;
    }
}
