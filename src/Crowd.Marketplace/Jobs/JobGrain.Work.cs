using Crowd.Domain;
using Crowd.Marketplace.Tasks;
using Crowd.Marketplace.Workers;
using Microsoft.Extensions.Logging;

namespace Crowd.Marketplace.Jobs;

internal sealed partial class JobGrain
{
    /// <summary>Offers of which it is not known whether they were committed. What was reserved for them stays reserved until the task has said.</summary>
    private readonly List<(WorkerId Worker, Reservation Offer)> _unsure = [];

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
            var offers = Reserve(me, count, BitsOf(standing.Qualifications));
            if (offers.Count > 0)
            {
                var given = new Task[offers.Count];
                for (var i = 0; i < given.Length; i++)
                    given[i] = GiveAsync(worker, me, offers[i], actor);
                await Task.WhenAll(given);
                me.Order(offers.Select(o => o.Task));
            }
        }

        var live = me.Leases.Where(l => l.Until > Log.Now).Take(count).ToArray();
        if (live.Length > 0)
            return live;
        return refused ?? Reject.With(RejectionCode.NoWork, State.HeldMicros - _committedMicros < Spec.CostOfAnswerMicros
            ? "The job's funds do not cover another answer; its requester has to add some."
            : "There is no task for you on this job now.");
    }

    /// <summary>Takes as many tasks for the worker as count, caps and money allow; gold ones and hidden repeats at the policy's shares.</summary>
    private List<Reservation> Reserve(JobWorker me, int count, ulong has)
    {
        var offers = new List<Reservation>();
        var caps = Spec.Policies.Caps;
        var cost = Spec.CostOfAnswerMicros;
        var answerCap = caps.AnswerCap(State.Tasks);
        while (me.Leases.Count + me.Reserved < Math.Min(count, caps.LeasesPerWorker)
            && me.Answers + me.Leases.Count + me.Reserved < answerCap
            && State.HeldMicros - _committedMicros >= cost)
        {
            // Gold comes only beside work that is wanted: a worker whom nothing is left for is not paid to be measured.
            var gold = Spec.Policies.Gold.Share > 0 && random.NextDouble() < Spec.Policies.Gold.Share && _queue.HasFor(me.Number, has) ? TakeGold(me) : null;
            var again = gold is null ? TakeRepeat(me, has) : null;
            var slot = gold is null && again is null ? _queue.Take(me.Number, has) : -1;
            if (gold is null && again is null && slot < 0)
                break;
            var fresh = gold is { Offered: false } || (slot >= 0 && !_queue[slot].Begun);
            if (slot >= 0)
            {
                _queue.Mark(slot, me.Number);
                _queue[slot].Begun = true;
            }

            if (gold is not null)
                gold.Offered = true;

            me.Reserved++;
            _committedMicros += cost;
            offers.Add(new(gold, slot, gold?.Id ?? again ?? TaskId.From(IdText.Write(TaskId.Prefix, _queue[slot].Id)), cost, fresh, again is not null));
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
            if (!gold.Retired && me.GoldSeen.Add(gold.Id))
                return gold;
        }

        return null;
    }

    /// <summary>Has the task give the lease; whatever comes of it, what was reserved is counted once.</summary>
    private async Task GiveAsync(WorkerId worker, JobWorker me, Reservation offer, string actor)
    {
        try
        {
            var task = GrainFactory.GetGrain<ITaskGrain>(offer.Task.Value);
            var outcome = await task.OfferAsync(new(Id, Spec, offer.Gold?.Known, worker, offer.Fresh, actor, offer.Again));
            EndReservation(worker, me, offer, outcome.Accepted ? outcome.Value : await task.ExpireAsync(Spec, AskedAbout(offer.Task)));
        }
        catch (Exception e)
        {
            LogNotGiven(e, Stream, offer.Task.Value);
            _unsure.Add((worker, offer));
        }
    }

    /// <summary>Asks the tasks of which it is not known whether they gave a lease.</summary>
    private async Task AskUnsureAsync()
    {
        var unsure = _unsure.ToArray();
        _unsure.Clear();
        foreach (var chunk in unsure.Chunk(Together))
            await Task.WhenAll(chunk.Select(u => AskUnsureAsync(u.Worker, u.Offer)));
    }

    private async Task AskUnsureAsync(WorkerId worker, Reservation offer)
    {
        try
        {
            var progress = await GrainFactory.GetGrain<ITaskGrain>(offer.Task.Value).ExpireAsync(Spec, AskedAbout(offer.Task));
            EndReservation(worker, WorkerOf(worker), offer, progress);
        }
        catch (Exception e)
        {
            LogNotGiven(e, Stream, offer.Task.Value);
            _unsure.Add((worker, offer));
        }
    }

    /// <summary>What was reserved for an offer gives way to what the task says.</summary>
    private void EndReservation(WorkerId worker, JobWorker me, Reservation offer, TaskProgress progress)
    {
        me.Reserved--;
        _committedMicros -= offer.CostMicros;
        Note(progress);
        if (offer.Slot < 0)
            return;
        if (progress.Assignments is { } all && !all.Any(a => a.Worker == worker && a.Status != AssignmentStatus.Expired))
            _queue.Unmark(offer.Slot, me.Number);
        _queue.Release(offer.Slot);
    }

    public async Task ObserveAsync(TaskProgress progress)
    {
        Note(progress);
        if (progress is not { GoldRight: { } right, Worker: { } worker })
            return;
        var me = WorkerOf(worker);
        if (me.Loaded)
            me.CountGold(right, Spec.Policies.Gold);
        else
            await LoadWorkerAsync(worker); // this answer is in the tables already
        if (me.FailsGold(Spec.Policies.Gold) && Spec.Policies.Gold.OnFailure == OnGoldFailure.Exclude)
            await ExcludeAsync(worker, $"Fewer than {Spec.Policies.Gold.MinAccuracy:P0} of the last answers that could be checked were right.", System);
    }

    [LoggerMessage(1002, LogLevel.Warning, "{Job}: whether a lease on {Task} was given is not known; the task is asked again.")]
    private partial void LogNotGiven(Exception exception, string job, string task);

    /// <summary>A task taken for a worker: a gold one, the one in the slot of the queue, or one that the worker had.</summary>
    private readonly record struct Reservation(GoldTask? Gold, int Slot, TaskId Task, long CostMicros, bool Fresh, bool Again);
}
