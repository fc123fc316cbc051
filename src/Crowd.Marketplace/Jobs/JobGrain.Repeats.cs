using Crowd.Domain;
using Crowd.Journal;
using Crowd.Marketplace.Tables;
using Crowd.Marketplace.Tasks;

namespace Crowd.Marketplace.Jobs;

/// <content>
/// Tasks shown again to who answered them. The queue may have let such a task go, so the job itself keeps count of the money for repeats under way.
/// </content>
internal sealed partial class JobGrain
{
    /// <summary>What is reserved for repeats under way, by their assignment, in micros.</summary>
    private readonly Dictionary<AssignmentId, long> _repeats = [];

    /// <summary>A task that the worker answered long enough ago, by the policy's share, while there is other work for them.</summary>
    private TaskId? TakeRepeat(JobWorker me, ulong has)
    {
        var policy = Spec.Policies.Repeats;
        return _loaded && policy.Share > 0 && random.NextDouble() < policy.Share && _queue.HasFor(me.Number, has) ? me.TakeRepeat(policy, random) : null;
    }

    /// <summary>
    /// Takes in how a repeat stands. When it is through, what was reserved for it is let go; what was paid is counted with its task, or stays counted here if the job does not
    /// keep the task.
    /// </summary>
    /// <param name="one">The repeat.</param>
    /// <param name="counted">Whether what the task says of its money is counted.</param>
    /// <param name="isNew">Whether nothing newer was heard of the task.</param>
    private void HearOfRepeat(AssignmentProgress one, bool counted, bool isNew)
    {
        if (one.Status is AssignmentStatus.Leased or AssignmentStatus.Submitted)
        {
            if (!isNew)
                return;
            var cost = one.PayMicros + one.FeeMicros;
            if (_repeats.TryAdd(one.Id, cost))
            {
                _committedMicros += cost;
                _due.Enqueue(one.Id.Task, Log.Now + TickInterval);
            }

            if (one.Status == AssignmentStatus.Leased)
                AddLease(WorkerOf(one.Worker), new(one.Id, one.LeaseUntil, one.PayMicros));
        }
        else if (_repeats.Remove(one.Id, out var micros) && (counted || one.Status != AssignmentStatus.Accepted))
        {
            _committedMicros -= micros;
        }
    }

    /// <summary>Takes in a repeat under way as the tables have it: its money is counted among all that is reserved, and its lease takes no place of the task's.</summary>
    private void LoadRepeat(Row row, TaskId task)
    {
        var status = row.Columns[AssignmentsTable.Status].Text;
        if (status is not ("leased" or "submitted"))
            return;
        var id = AssignmentId.Of(task, (int)row.Key[2].Integer);
        if (!_repeats.TryAdd(id, row.Columns[AssignmentsTable.Pay].Integer + row.Columns[AssignmentsTable.Fee].Integer))
            return;
        if (status == "submitted")
        {
            if (!row.Columns[AssignmentsTable.ReviewDue].IsNull)
                _due.Enqueue(task, Instants.FromMicroseconds(row.Columns[AssignmentsTable.ReviewDue].Integer));
            return;
        }

        AddLease(
            WorkerOf(WorkerId.From(row.Columns[AssignmentsTable.WorkerId].Text)),
            new(id, Instants.FromMicroseconds(row.Columns[AssignmentsTable.LeaseUntil].Integer), row.Columns[AssignmentsTable.Pay].Integer));
        var slot = _queue.Find(task);
        if (slot < 0 || _queue[slot].Leases == 0)
            return;
        _queue[slot].Leases--;
        _queue.Requeue(slot);
    }
}
