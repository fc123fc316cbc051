using Crowd.Domain;

namespace Crowd.Marketplace.Jobs;

/// <summary>A worker as the job keeps them in memory.</summary>
internal sealed class JobWorker(int number)
{
    /// <summary>The last tasks that were answered and never shown again, in the order of the answers.</summary>
    private readonly List<TaskId> _answered = [];

    /// <summary>The worker's number in the job's queue.</summary>
    public int Number => number;

    /// <summary>Whether the answers so far were read.</summary>
    public bool Loaded { get; set; }

    /// <summary>Answers given.</summary>
    public int Answers { get; set; }

    /// <summary>Leases being given out at this moment.</summary>
    public int Reserved { get; set; }

    /// <summary>Live leases in the order in which their tasks were taken from the queue.</summary>
    public List<Lease> Leases { get; } = [];

    /// <summary>The last gold answers, true for right ones.</summary>
    public Queue<bool> Gold { get; } = new();

    /// <summary>Gold tasks the worker has seen.</summary>
    public HashSet<TaskId> GoldSeen { get; } = [];

    /// <summary>Notes that the task was answered, so that it may be shown again.</summary>
    public void Remember(TaskId task, RepeatPolicy policy)
    {
        if (policy.Share <= 0 || _answered.Contains(task))
            return;
        _answered.Add(task);
        if (_answered.Count > policy.Distance + RepeatPolicy.Pool)
            _answered.RemoveAt(0);
    }

    /// <summary>Takes one of the tasks that were answered long enough ago; null when there is none.</summary>
    public TaskId? TakeRepeat(RepeatPolicy policy, Random random)
    {
        var old = _answered.Count - policy.Distance;
        if (old <= 0)
            return null;
        var at = random.Next(old);
        var task = _answered[at];
        _answered.RemoveAt(at);
        return task;
    }

    /// <summary>
    /// Puts the leases on the tasks behind the others, in this order. Tasks that were taken together answer in whatever order they come to it; the worker
    /// gets them as the queue had them.
    /// </summary>
    public void Order(IEnumerable<TaskId> taken)
    {
        foreach (var task in taken)
        {
            if (Leases.FindIndex(l => l.Assignment.Task == task) is >= 0 and var place)
            {
                var lease = Leases[place];
                Leases.RemoveAt(place);
                Leases.Add(lease);
            }
        }
    }

    /// <summary>Counts a gold answer.</summary>
    public void CountGold(bool right, GoldPolicy policy)
    {
        Gold.Enqueue(right);
        while (Gold.Count > policy.Window)
            Gold.Dequeue();
    }

    /// <summary>Whether the worker fails by the policy now.</summary>
    public bool FailsGold(GoldPolicy policy) => Gold.Count >= policy.MinAnswers && Gold.Count(r => r) < policy.MinAccuracy * Gold.Count;
}

/// <summary>A gold task as the job keeps it in memory.</summary>
internal sealed class GoldTask(TaskId id)
{
    public TaskId Id => id;

    public required Answer Known { get; set; }

    public long CommittedMicros { get; set; }

    public long Version { get; set; }

    public int Unsettled { get; set; }

    /// <summary>Whether it was ever given out.</summary>
    public bool Offered { get; set; }

    /// <summary>Whether it is given out no more.</summary>
    public bool Retired { get; set; }
}
