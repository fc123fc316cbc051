namespace Crowd.Marketplace.Jobs;

/// <summary>A job's queue of open tasks by itself, for measuring it.</summary>
public sealed class QueueProbe
{
    private readonly TaskQueue _queue = new() { MinAnswers = 3 };

    /// <summary>A queue with so many fresh tasks.</summary>
    public static QueueProbe Fill(int tasks)
    {
        var probe = new QueueProbe();
        for (var i = 0; i < tasks; i++)
            probe._queue.Add(new() { Id = (UInt128)(uint)i });
        return probe;
    }

    /// <summary>Has each worker take tasks, in turn; says how many were taken.</summary>
    public int TakeAll(int workers, int most)
    {
        var taken = 0;
        for (var round = 0; round < most; round++)
        {
            for (var worker = 0; worker < workers; worker++)
            {
                var slot = _queue.Take(worker);
                if (slot < 0)
                    continue;
                _queue.Mark(slot, worker);
                _queue[slot].Leases++;
                _queue.Release(slot);
                taken++;
            }
        }

        return taken;
    }
}
