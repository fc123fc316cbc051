using Crowd.Domain;
using Crowd.Marketplace.Tasks;

namespace Crowd.Marketplace.Jobs;

/// <content>Taking in what tasks say of themselves.</content>
internal sealed partial class JobGrain
{
    /// <summary>Tasks that said something before the queue held them: they are asked when it does.</summary>
    private readonly HashSet<TaskId> _heardEarly = [];

    private void Note(TaskProgress progress)
    {
        var gold = _gold.GetValueOrDefault(progress.Task);
        var slot = gold is null ? _queue.Find(progress.Task) : -1;
        var known = gold?.Version ?? (slot >= 0 ? _queue[slot].Version : long.MaxValue);
        if (slot < 0 && gold is null && !_loaded)
            _heardEarly.Add(progress.Task);

        EndAppeals(progress, counted: gold is not null || slot >= 0);
        foreach (var repeat in progress.Repeats ?? [])
            HearOfRepeat(repeat, counted: slot >= 0, isNew: slot < 0 || progress.Version >= known);
        if (progress.ReviewDue is { } due)
            _due.Enqueue(progress.Task, due);
        if (progress is { Assignment: { } assignment, Worker: { } worker, Status: { } status })
            HearOf(new(assignment, worker, status, progress.LeaseUntil ?? default, progress.PayMicros) { IsRepeat = progress.IsRepeat }, slot, isNew: progress.Version >= known);
        foreach (var one in progress.Assignments ?? [])
            HearOf(one, slot, isNew: progress.Version >= known);
        if (progress.Version <= known)
            return;
        if (gold is not null)
            HearOfGold(gold, progress);
        else
            HearOfTask(slot, progress);
    }

    private void HearOfGold(GoldTask gold, TaskProgress progress)
    {
        _committedMicros += progress.CommittedMicros - gold.CommittedMicros;
        gold.CommittedMicros = progress.CommittedMicros;
        gold.Version = progress.Version;
        gold.Unsettled = progress.Unsettled;
    }

    private void HearOfTask(int slot, TaskProgress progress)
    {
        ref var task = ref _queue[slot];
        _committedMicros += progress.CommittedMicros - task.CommittedMicros;
        task.CommittedMicros = progress.CommittedMicros;
        task.Version = (int)progress.Version;
        task.Answers = (ushort)progress.Answers;
        task.Leases = (ushort)progress.Leases;
        task.Unsettled = (ushort)progress.Unsettled;
        if (progress.Stage == TaskStage.Decided && task.Wanted != TaskQueue.NoMore)
            _newLabels++;
        task.Wanted = progress.Stage == TaskStage.Open ? (ushort)progress.Wanted : TaskQueue.NoMore;
        task.Escalated = progress.Stage == TaskStage.Escalated;
        task.Begun = true;
        if (progress.Routing is { } routing)
            _queue.Restrict(slot, NumberOf(routing));
        _queue.Settle(slot);
    }

    /// <summary>Takes in how an assignment stands. A lease is taken from what is new only; that one has ended is always true.</summary>
    private void HearOf(AssignmentProgress one, int slot, bool isNew)
    {
        var worker = WorkerOf(one.Worker);
        if (one is { Status: AssignmentStatus.Leased, IsRepeat: true })
            return; // it was taken in with all repeats of the task

        if (one.Status == AssignmentStatus.Leased)
        {
            if (!isNew)
            {
                _due.Enqueue(one.Id.Task, Log.Now); // the task said something newer first, which did not name this lease: it is asked for all
                return;
            }

            AddLease(worker, new(one.Id, one.LeaseUntil, one.PayMicros));
            if (slot >= 0)
                _queue.Mark(slot, worker.Number);
            return;
        }

        if (worker.Leases.RemoveAll(l => l.Assignment == one.Id) == 0)
            return;
        if (--_leased[one.Id.Task] == 0)
            _leased.Remove(one.Id.Task);
        if (one.Status is AssignmentStatus.Submitted or AssignmentStatus.Accepted or AssignmentStatus.Rejected)
        {
            worker.Answers++;
            if (!one.IsRepeat && !_gold.ContainsKey(one.Id.Task))
                worker.Remember(one.Id.Task, Spec.Policies.Repeats);
        }
        else if (one is { Status: AssignmentStatus.Expired, IsRepeat: false } && slot >= 0)
            _queue.Unmark(slot, worker.Number);
    }

    /// <summary>Lets go of what was reserved for appeals that are through.</summary>
    /// <param name="progress">What the task says.</param>
    /// <param name="counted">Whether what the task says of its money is counted; else it is counted here.</param>
    private void EndAppeals(TaskProgress progress, bool counted)
    {
        if (_appeals.Count == 0)
            return;
        foreach (var appeal in _appeals.Keys.Where(a => a.Task == progress.Task).ToArray())
        {
            var status = appeal == progress.Assignment ? progress.Status : progress.Assignments?.FirstOrDefault(a => a.Id == appeal)?.Status;
            var isThrough = status == AssignmentStatus.Accepted || (status is not null && progress.Assignments is not null);
            if (isThrough && _appeals.Remove(appeal, out var micros) && (counted || status != AssignmentStatus.Accepted))
                _committedMicros -= micros;
        }
    }
}
