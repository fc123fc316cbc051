using Crowd.Domain;
using Crowd.Marketplace.Consensus;
using Crowd.Marketplace.Ledger;
using Crowd.Marketplace.Tasks;
using Microsoft.Extensions.Logging;

namespace Crowd.Marketplace.Jobs;

/// <content>The end of leases and review windows, and the end of the job.</content>
internal sealed partial class JobGrain
{
    /// <summary>Tasks that are asked at the same time.</summary>
    private const int Together = 64;

    private bool _finishing;
    private bool _ticking;

    public async Task<Outcome<Done>> CloseAsync(bool cancel, string actor)
    {
        var closing = await ChangeStateAsync(s => JobDecider.Close(s, cancel), actor);
        if (closing.Accepted)
            await TryFinishAsync();
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
            await EndWhatIsDueAsync();
            await TryFinishAsync();
        }
        catch (Exception e)
        {
            LogTick(e, Stream);
        }
        finally
        {
            _ticking = false;
        }
    }

    private async Task EndWhatIsDueAsync()
    {
        var now = Log.Now;
        while (_due.TryPeek(out _, out var first) && first <= now)
        {
            var tasks = new HashSet<TaskId>();
            while (tasks.Count < Together && _due.TryPeek(out var task, out var due) && due <= now)
            {
                _due.Dequeue();
                if (IsUnderWay(task))
                    tasks.Add(task);
            }

            try
            {
                await ForEachAsync(tasks, task => task.ExpireAsync());
            }
            catch
            {
                foreach (var task in tasks)
                    _due.Enqueue(task, now + TickInterval);
                throw;
            }
        }
    }

    /// <summary>Whether a lease or an unsettled answer of the task may have come to its end.</summary>
    private bool IsUnderWay(TaskId task) =>
        _gold.ContainsKey(task) || (_queue.Find(task) is >= 0 and var slot && (_queue[slot].Leases > 0 || _queue[slot].Unsettled > 0 || _queue[slot].Begun));

    /// <summary>Ends the job if nothing is under way any more; otherwise it is tried again when something ends.</summary>
    private async Task TryFinishAsync()
    {
        if (State.Status != JobStatus.Closing || _finishing || !_loaded || _workers.Values.Any(w => w.Leases.Count + w.Reserved > 0)
            || _expectedFunds.Values.Any(until => until > Log.Now))
            return;
        _finishing = true;
        try
        {
            var reviewed = Spec.Policies.PayFor == PayFor.Reviewed;
            var open = _queue.Slots.Where(s => _queue[s].Answers > 0 && (_queue[s].Wanted != TaskQueue.NoMore || _queue[s].Escalated || !reviewed))
                .Select(s => TaskId.From(IdText.Write(TaskId.Prefix, _queue[s].Id)))
                .Concat(_goldList.Where(g => g.Unsettled > 0 && !reviewed).Select(g => g.Id)).ToList();
            foreach (var chunk in open.Chunk(Together))
                await ForEachAsync(chunk, task => task.CloseAsync(State.GivenUp));
            if (_queue.Slots.Any(s => _queue[s].Unsettled > 0) || _goldList.Any(g => g.Unsettled > 0))
                return;
            if (!State.GivenUp && !await ReviseAsync())
                return;
            var left = await Log.Journal.BalanceAsync(Account.Escrow(Id), Spec.Currency, CancellationToken.None);
            await ChangeStateAsync(s => JobDecider.Finish(s, left.Micros), System);
        }
        finally
        {
            _finishing = false;
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

    private async Task ForEachAsync(IReadOnlyCollection<TaskId> tasks, Func<ITaskGrain, Task<TaskProgress>> ask)
    {
        var progress = await Task.WhenAll(tasks.Select(t => ask(GrainFactory.GetGrain<ITaskGrain>(t.Value))));
        foreach (var one in progress)
            Note(one);
    }

    [LoggerMessage(1003, LogLevel.Error, "{Job}: leases or its end could not be seen to; tried again in a second.")]
    private partial void LogTick(Exception exception, string job);
}
