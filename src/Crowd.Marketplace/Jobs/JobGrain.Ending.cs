using Crowd.Domain;
using Crowd.Journal;
using Crowd.Marketplace.Consensus;
using Crowd.Marketplace.Ledger;
using Crowd.Marketplace.Tables;
using Crowd.Marketplace.Tasks;
using Microsoft.Extensions.Logging;

namespace Crowd.Marketplace.Jobs;

/// <content>The end of leases and review windows, and the end of the job.</content>
internal sealed partial class JobGrain
{
    /// <summary>Tasks that are asked at the same time.</summary>
    private const int Together = 64;

    /// <summary>
    /// How long an activation waits before it ends the job: calls that an activation before this one made have ended by then, so that no lease is
    /// given out on a job that has closed.
    /// </summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    /// <summary>When the job was read from the tables; 0 when it was made by this activation.</summary>
    private long _activatedAt;
    private bool _foundLate;
    private bool _finishing;
    private bool _ticking;

    public async Task<Outcome<Done>> CloseAsync(bool cancel, string actor)
    {
        var closing = await ChangeStateAsync(s => JobDecider.Close(s, cancel), actor);
        if (!closing.Accepted)
            return closing;
        try
        {
            await TryFinishAsync();
        }
        catch (Exception e) when (e is not InconsistentStateException)
        {
            LogTick(e, Stream);
        }

        return closing;
    }

    /// <summary>Once a second: ends what is due and goes on ending the job.</summary>
    private async Task TickAsync(CancellationToken cancellationToken)
    {
        if (_ticking)
            return;
        _ticking = true;
        try
        {
            await AskUnsureAsync();
            await FindLateLeasesAsync();
            await EndWhatIsDueAsync();
            LearnIfDue();
            await TryFinishAsync();
        }
        catch (Exception e) when (e is not InconsistentStateException)
        {
            LogTick(e, Stream);
        }
        finally
        {
            _ticking = false;
        }
    }

    /// <summary>Once: finds leases that were committed for an activation before this one after this one had read the tables.</summary>
    private async Task FindLateLeasesAsync()
    {
        if (_activatedAt == 0 || _foundLate || !_loaded || time.GetElapsedTime(_activatedAt) < Grace)
            return;
        for (var leases = 1; leases <= Spec.Policies.Redundancy.MaxAnswers; leases++)
        {
            var rows = await Log.Journal.ReadRowsAsync(new(TasksTable.Table) { Where = [("job_id", Stream), ("stage", "open"), ("leases", leases)], Limit = Page }, CancellationToken.None);
            foreach (var id in rows.Select(r => TaskId.From(r.Key[0].Text)).Where(id => _queue.Find(id) is >= 0 and var slot && _queue[slot].Leases != leases))
            {
                _queue[_queue.Find(id)].Begun = true;
                _due.Enqueue(id, Log.Now);
            }
        }

        foreach (var gold in _goldList)
            _due.Enqueue(gold.Id, Log.Now);
        _foundLate = true;
    }

    private async Task EndWhatIsDueAsync()
    {
        while (_due.TryPeek(out _, out var first) && first <= Log.Now)
        {
            var now = Log.Now;
            var tasks = new HashSet<TaskId>();
            while (tasks.Count < Together && _due.TryPeek(out var task, out var due) && due <= now)
            {
                _due.Dequeue();
                if (IsUnderWay(task))
                    tasks.Add(task);
            }

            await Task.WhenAll(tasks.Select(AskAsync));
        }
    }

    /// <summary>Has the task end what is due and hears where it stands; asks again in a second if it cannot say.</summary>
    private async Task AskAsync(TaskId task)
    {
        try
        {
            var progress = await GrainFactory.GetGrain<ITaskGrain>(task.Value).ExpireAsync(Spec, AskedAbout(task));
            Note(progress);

            // The clock may have been set back, or the task's be behind: a lease that has not ended must be asked about again.
            if (progress.Assignments?.Where(a => a.Status == AssignmentStatus.Leased).Select(a => (DateTimeOffset?)a.LeaseUntil).Min() is { } until)
                _due.Enqueue(task, until > Log.Now + TickInterval ? until : Log.Now + TickInterval);
        }
        catch (Exception e)
        {
            LogNotAsked(e, Stream, task.Value);
            _due.Enqueue(task, Log.Now + TickInterval);
        }
    }

    /// <summary>What the job believes of a gold task, which does not list all its assignments.</summary>
    private List<AssignmentId> AskedAbout(TaskId task) => !_gold.ContainsKey(task)
        ? []
        : [.. _workers.Values.SelectMany(w => w.Leases).Select(l => l.Assignment).Concat(_appeals.Keys).Where(a => a.Task == task)];

    /// <summary>Whether a lease, an unsettled answer or an appeal of the task may have come to its end.</summary>
    private bool IsUnderWay(TaskId task) =>
        _gold.ContainsKey(task)
        || (_queue.Find(task) is >= 0 and var slot && (_queue[slot].Leases > 0 || _queue[slot].Unsettled > 0 || _queue[slot].Begun))
        || _leased.ContainsKey(task)
        || _repeats.Keys.Any(a => a.Task == task)
        || _appeals.Keys.Any(a => a.Task == task);

    /// <summary>Ends the job if nothing is under way any more; otherwise it is tried again with the next tick.</summary>
    private async Task TryFinishAsync()
    {
        if (State.Status != JobStatus.Closing || _finishing || !_loaded || _workers.Values.Any(w => w.Leases.Count + w.Reserved > 0)
            || (_activatedAt != 0 && time.GetElapsedTime(_activatedAt) < Grace))
        {
            return;
        }

        _finishing = true;
        try
        {
            var reviewed = Spec.Policies.PayFor == PayFor.Reviewed;
            var open = _queue.Slots.Where(s => _queue[s].Answers + _queue[s].Unsettled > 0 && (_queue[s].Wanted != TaskQueue.NoMore || _queue[s].Escalated || !reviewed))
                .Select(s => TaskId.From(IdText.Write(TaskId.Prefix, _queue[s].Id)))
                .Concat(_goldList.Where(g => g.Unsettled > 0 && !reviewed).Select(g => g.Id)).ToList();
            foreach (var chunk in open.Chunk(Together))
                await Task.WhenAll(chunk.Select(CloseTaskAsync));
            if (_queue.Slots.Any(s => _queue[s].Unsettled > 0) || _goldList.Any(g => g.Unsettled > 0) || _repeats.Count > 0)
                return;
            if (!State.GivenUp && !await ReviseAsync())
                return;
            if (await IsOverAsync())
                await GiveBackAsync();
        }
        finally
        {
            _finishing = false;
        }

        async Task CloseTaskAsync(TaskId task) => Note(await GrainFactory.GetGrain<ITaskGrain>(task.Value).CloseAsync(State.GivenUp));
    }

    /// <summary>Whether nothing can take money from the escrow any more, by the tables and not only by what is in memory.</summary>
    private async Task<bool> IsOverAsync()
    {
        // An appeal may be on its way to being upheld with money that an earlier activation reserved: its task answers when it is through.
        var appeals = await Log.Journal.ReadRowsAsync(new(AppealsTable.Table) { Where = [("status", "open"), ("job_id", Stream)], Limit = Page }, CancellationToken.None);
        foreach (var chunk in appeals.Select(r => TaskId.From(r.Key[1].Text)).Distinct().Chunk(Together))
            await Task.WhenAll(chunk.Select(AskAsync));
        if (_appeals.Count > 0)
            return false;
        var job = await Log.Journal.ReadRowAsync(JobsTable.Table, [Stream], CancellationToken.None);
        if (job?.Columns[JobsTable.Reserved].Integer is 0)
            return true;

        // A lease or an answer is under way that this activation never heard of: it starts again from the tables.
        LogReservedUnknown(Stream);
        DeactivateOnIdle();
        return false;
    }

    private async Task GiveBackAsync()
    {
        if (_appeals.Count > 0)
            return;
        _ending = true; // from here on the platform pays for appeals
        try
        {
            var left = await Log.Journal.BalanceAsync(Account.Escrow(Id), Spec.Currency, CancellationToken.None);
            await ChangeStateAsync(s => JobDecider.Finish(s, left.Micros), System);
            _timer?.Dispose();
        }
        finally
        {
            _ending = State.Status != JobStatus.Closing;
        }
    }

    /// <summary>Has all labels estimated together and keeps those that differ. False while the estimation runs.</summary>
    private async Task<bool> ReviseAsync()
    {
        if (await GrainFactory.GetGrain<IConsensusGrain>(Stream).ReestimateAsync() is not { } found)
            return false;
        foreach (var chunk in found.Revisions.Chunk(Together))
            await Task.WhenAll(chunk.Select(r => GrainFactory.GetGrain<ITaskGrain>(r.Task.Value).ReviseAsync(r.Label, r.Confidence, found.Method)));
        return true;
    }

    [LoggerMessage(1003, LogLevel.Error, "{Job}: leases or its end could not be seen to; tried again in a second.")]
    private partial void LogTick(Exception exception, string job);

    [LoggerMessage(1004, LogLevel.Warning, "{Job}: {Task} could not say where it stands; asked again in a second.")]
    private partial void LogNotAsked(Exception exception, string job, string task);

    [LoggerMessage(1005, LogLevel.Warning, "{Job}: money is reserved for answers that it does not know of; it reads its tables again.")]
    private partial void LogReservedUnknown(string job);
}
