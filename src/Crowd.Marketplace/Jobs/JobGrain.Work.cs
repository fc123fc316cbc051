using Crowd.Domain;
using Crowd.Marketplace.Tasks;
using Crowd.Marketplace.Workers;
using Microsoft.Extensions.Logging;

namespace Crowd.Marketplace.Jobs;

internal sealed partial class JobGrain
{
    public async Task<Outcome<IReadOnlyList<Lease>>> RequestWorkAsync(WorkerId worker, int count, string actor)
    {
        if (count is < 1 or > WorkerCaps.LeaseLimit)
            return Reject.Invalid([new("count", "range", $"give 1 to {WorkerCaps.LeaseLimit}.")]);
        if (State.Status == JobStatus.None)
            return Reject.NotFound("such job");
        var standing = await GrainFactory.GetGrain<IWorkerGrain>(worker.Value).GetStandingAsync();
        var me = await LoadWorkerAsync(worker);
        var now = Log.Now;
        var refused = JobDecider.MayWork(State, worker, standing, me.Answers + me.Leases.Count + me.Reserved, now);
        if (refused is null)
        {
            // From here to the first await nothing else runs: what is taken is reserved before anybody else can look.
            var offers = Reserve(me, count);
            if (offers.Count > 0)
            {
                var given = new Task[offers.Count];
                for (var i = 0; i < given.Length; i++)
                    given[i] = GiveAsync(worker, me, offers[i], actor);
                await Task.WhenAll(given);
            }
        }

        var live = me.Leases.Where(l => l.Until > Log.Now).Take(count).ToArray();
        if (live.Length > 0)
            return live;
        return refused ?? Reject.With(RejectionCode.NoWork, State.HeldMicros - _committedMicros < Spec.CostOfAnswerMicros
            ? "The job's funds do not cover another answer; its requester has to add some."
            : "There is no task for you on this job now.");
    }

    /// <summary>Takes as many tasks for the worker as count, caps and money allow; gold ones at the policy's share.</summary>
    private List<Reservation> Reserve(JobWorker me, int count)
    {
        var offers = new List<Reservation>();
        var caps = Spec.Policies.Caps;
        var cost = Spec.CostOfAnswerMicros;
        var answerCap = caps.AnswerCap(State.Tasks);
        while (me.Leases.Count + me.Reserved < Math.Min(count, caps.LeasesPerWorker)
            && me.Answers + me.Leases.Count + me.Reserved < answerCap
            && State.HeldMicros - _committedMicros >= cost)
        {
            var gold = Spec.Policies.Gold.Share > 0 && random.NextDouble() < Spec.Policies.Gold.Share ? TakeGold(me) : null;
            var slot = gold is null ? _queue.Take(me.Number) : -1;
            if (gold is null && slot < 0)
                break;
            var fresh = gold is { Offered: false } || (gold is null && !_queue[slot].Begun);
            if (slot >= 0)
            {
                _queue.Mark(slot, me.Number);
                _queue[slot].Begun = true;
            }

            me.Reserved++;
            _committedMicros += cost;
            offers.Add(new(gold, slot, gold?.Id ?? TaskId.From(IdText.Write(TaskId.Prefix, _queue[slot].Id)), cost, fresh));
        }

        return offers;
    }

    /// <summary>A gold task the worker has not seen, from a random place on, so that no two workers see them in the same order.</summary>
    private GoldTask? TakeGold(JobWorker me)
    {
        if (_goldList.Count == 0 || me.GoldSeen.Count >= _goldList.Count)
            return null;
        var start = random.Next(_goldList.Count);
        for (var i = 0; i < _goldList.Count; i++)
        {
            var gold = _goldList[(start + i) % _goldList.Count];
            if (me.GoldSeen.Add(gold.Id))
                return gold;
        }

        return null;
    }

    /// <summary>Has the task give the lease; whatever comes of it, what was reserved is counted once.</summary>
    private async Task GiveAsync(WorkerId worker, JobWorker me, Reservation offer, string actor)
    {
        TaskProgress? progress = null;
        try
        {
            var task = GrainFactory.GetGrain<ITaskGrain>(offer.Task.Value);
            var outcome = await task.OfferAsync(new(Id, Spec, offer.Gold?.Known, worker, offer.Fresh, actor));
            progress = outcome.Accepted ? outcome.Value : await task.ExpireAsync();
        }
        catch (Exception e)
        {
            // Whether the lease stands is not known; if it does, the task says so when it is asked again.
            LogNotGiven(e, Stream, offer.Task.Value);
        }
        finally
        {
            me.Reserved--;
            _committedMicros -= offer.CostMicros;
        }

        if (progress is not null)
            Note(progress);
        else
            _due.Enqueue(offer.Task, Log.Now);
        if (offer.Slot >= 0)
            _queue.Release(offer.Slot);
    }

    public Task ObserveAsync(TaskProgress progress)
    {
        Note(progress);
        if (progress is { GoldRight: { } right, Worker: { } worker } && WorkerOf(worker).FailsGold(right, Spec.Policies.Gold) && Spec.Policies.Gold.OnFailure == OnGoldFailure.Exclude)
            return ExcludeAsync(worker, $"Fewer than {Spec.Policies.Gold.MinAccuracy:P0} of the last answers that could be checked were right.", System);
        return State.Status == JobStatus.Closing ? TryFinishAsync() : Task.CompletedTask;
    }

    private void Note(TaskProgress progress)
    {
        if (_gold.TryGetValue(progress.Task, out var gold))
        {
            gold.Offered = true;
            if (progress.Version > gold.Version)
            {
                _committedMicros += progress.CommittedMicros - gold.CommittedMicros;
                gold.CommittedMicros = progress.CommittedMicros;
                gold.Version = progress.Version;
                gold.Unsettled = progress.Unsettled;
            }
        }
        else if (_queue.Find(progress.Task) is >= 0 and var slot && progress.Version > _queue[slot].Version)
        {
            ObserveTask(slot, progress);
        }

        if (progress.ReviewDue is { } due)
            _due.Enqueue(progress.Task, due);
        if (progress is { Assignment: { } assignment, Worker: { } worker })
            ObserveAssignment(assignment, WorkerOf(worker), progress);
        foreach (var (ended, owner) in progress.Expired)
        {
            WorkerOf(owner).Leases.RemoveAll(l => l.Assignment == ended);
            if (_queue.Find(progress.Task) is >= 0 and var open)
                _queue.Unmark(open, WorkerOf(owner).Number);
        }
    }

    private void ObserveTask(int slot, TaskProgress progress)
    {
        ref var task = ref _queue[slot];
        _committedMicros += progress.CommittedMicros - task.CommittedMicros;
        task.CommittedMicros = progress.CommittedMicros;
        task.Version = (int)progress.Version;
        task.Answers = (ushort)progress.Answers;
        task.Leases = (ushort)progress.Leases;
        task.Unsettled = (ushort)progress.Unsettled;
        task.Wanted = progress.Stage == TaskStage.Open ? (ushort)progress.Wanted : TaskQueue.NoMore;
        task.Escalated = progress.Stage == TaskStage.Escalated;
        task.Begun = true;
        _queue.Settle(slot);
    }

    private void ObserveAssignment(AssignmentId id, JobWorker worker, TaskProgress progress)
    {
        if (progress.Status == AssignmentStatus.Leased)
        {
            AddLease(worker, new(id, progress.LeaseUntil!.Value, progress.PayMicros));
            return;
        }

        var removed = worker.Leases.RemoveAll(l => l.Assignment == id) > 0;
        if (removed && progress.Status is AssignmentStatus.Submitted or AssignmentStatus.Accepted or AssignmentStatus.Rejected)
            worker.Answers++;
    }

    [LoggerMessage(1002, LogLevel.Warning, "{Job}: whether a lease on {Task} was given is not known; the task is asked again.")]
    private partial void LogNotGiven(Exception exception, string job, string task);

    /// <summary>A task taken for a worker: a gold one, or the one in the slot of the queue.</summary>
    private readonly record struct Reservation(GoldTask? Gold, int Slot, TaskId Task, long CostMicros, bool Fresh);
}
