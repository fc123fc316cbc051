using Crowd.Domain;
using Crowd.Marketplace.Tasks;

namespace Crowd.Marketplace.Jobs;

/// <summary>
/// The open tasks of a job in memory, and who gets which next: higher priority first, then tasks that were begun before those that were not, then
/// those that are preferred, then in the order in which they were added; never a task that the worker had before. Finding the next task takes the same time whether a
/// thousand are open or a million. Not safe for concurrent use: the job's turns take care of that.
/// </summary>
internal sealed class TaskQueue
{
    private readonly Dictionary<UInt128, int> _byId = [];
    private readonly SortedList<(int Priority, byte Wants), Lanes> _lanes = new(Comparer<(int Priority, byte Wants)>.Create(static (a, b) => b.CompareTo(a)));
    private readonly Dictionary<(int Worker, int Priority, byte Wants), (long Again, long Preferred, long Fresh)> _cursors = [];
    private readonly Stack<int> _free = [];
    private readonly List<int> _preferred = [];
    private OpenTask[] _tasks = new OpenTask[16];
    private int _used;

    /// <summary>Open and escalated tasks, and decided ones with unsettled answers.</summary>
    public int Count => _byId.Count;

    /// <summary>Answers a task wants at least, by the job's policy.</summary>
    public int MinAnswers { get; set; } = 1;

    /// <summary>The task's slot, or -1.</summary>
    public int Find(TaskId task) => _byId.TryGetValue(IdText.Read(task), out var slot) ? slot : -1;

    /// <summary>The task in the slot.</summary>
    public ref OpenTask this[int slot] => ref _tasks[slot];

    /// <summary>The slots in use.</summary>
    public IEnumerable<int> Slots
    {
        get
        {
            for (var slot = 0; slot < _used; slot++)
            {
                if (_tasks[slot].Used)
                    yield return slot;
            }
        }
    }

    /// <summary>Adds a task and queues it if it wants answers.</summary>
    public int Add(OpenTask task)
    {
        var slot = _free.TryPop(out var reused) ? reused : _used++;
        if (slot == _tasks.Length)
            Array.Resize(ref _tasks, _tasks.Length * 2);
        task.Used = true;
        task.Place = -1;
        _tasks[slot] = task;
        _byId.Add(task.Id, slot);
        Requeue(slot);
        return slot;
    }

    /// <summary>Forgets a task that wants nothing any more.</summary>
    public void Remove(int slot)
    {
        Unqueue(slot);
        _byId.Remove(_tasks[slot].Id);
        _tasks[slot] = default;
        _free.Push(slot);
    }

    /// <summary>Whether there is a task for the worker.</summary>
    /// <param name="worker">The worker's number.</param>
    /// <param name="has">Bits of the qualifications, by their numbers, that the worker has.</param>
    public bool HasFor(int worker, ulong has = 0)
    {
        foreach (var (lane, lanes) in _lanes)
        {
            if (lane.Wants > 0 && (has >> lane.Wants & 1) == 0)
                continue;
            var cursor = _cursors.GetValueOrDefault((worker, lane.Priority, lane.Wants));
            var found = FindIn(lanes.Again, ref cursor.Again, worker) >= 0
                || FindIn(lanes.Preferred, ref cursor.Preferred, worker) >= 0
                || FindIn(lanes.Fresh, ref cursor.Fresh, worker) >= 0;
            _cursors[(worker, lane.Priority, lane.Wants)] = cursor;
            if (found)
                return true;
        }

        return false;
    }

    /// <summary>Takes the next task for the worker: one slot of it is reserved. -1 when there is none. Tasks for the qualified come first.</summary>
    /// <inheritdoc cref="HasFor"/>
    public int Take(int worker, ulong has = 0)
    {
        foreach (var (lane, lanes) in _lanes)
        {
            if (lane.Wants > 0 && (has >> lane.Wants & 1) == 0)
                continue;
            var cursor = _cursors.GetValueOrDefault((worker, lane.Priority, lane.Wants));
            var taken = TakeFrom(lanes.Again, ref cursor.Again, worker);
            if (taken < 0)
                taken = TakeFrom(lanes.Preferred, ref cursor.Preferred, worker);
            if (taken < 0)
                taken = TakeFrom(lanes.Fresh, ref cursor.Fresh, worker);
            _cursors[(worker, lane.Priority, lane.Wants)] = cursor;
            if (taken >= 0)
                return taken;
        }

        return -1;
    }

    /// <summary>Gives back the slot that <see cref="Take"/> reserved: the lease stands now, or could not be given.</summary>
    public void Release(int slot)
    {
        _tasks[slot].Reserved--;
        Settle(slot);
    }

    /// <summary>Notes that the worker has or had the task.</summary>
    public void Mark(int slot, int worker)
    {
        ref var task = ref _tasks[slot];
        if (task.WasWith(worker))
            return;
        var workers = task.Workers ?? [];
        Array.Resize(ref workers, workers.Length + 1);
        workers[^1] = worker;
        task.Workers = workers;
    }

    /// <summary>Notes that the worker may have the task again, as after a lease that ended.</summary>
    public void Unmark(int slot, int worker)
    {
        ref var task = ref _tasks[slot];
        if (!task.WasWith(worker))
            return;
        task.Workers = Array.FindAll(task.Workers!, w => w != worker);

        // The worker's cursor has passed the task: it is queued anew, behind the cursors of all.
        Unqueue(slot);
        Requeue(slot);
    }

    /// <summary>Has the task wait for workers with the qualification.</summary>
    public void Restrict(int slot, byte wants)
    {
        if (_tasks[slot].Wants == wants)
            return;
        Unqueue(slot);
        _tasks[slot].Wants = wants;
        Requeue(slot);
    }

    /// <summary>
    /// Puts the task where it belongs after it changed: in a lane when it wants answers, at the end of the lane of begun ones when it was in none;
    /// in no lane when all its answers are there or under way.
    /// </summary>
    public void Requeue(int slot)
    {
        ref var task = ref _tasks[slot];
        if (OpenSlots(ref task) == 0)
        {
            Unqueue(slot);
            return;
        }

        if (task.Place >= 0)
            return;
        Put(slot, task.Begun ? LaneKind.Again : LaneKind.Fresh);
    }

    /// <summary>
    /// Has the tasks come before others of their priority that were not begun, in this order; those that were preferred until now go back behind the others.
    /// Takes time by the number of these tasks, not of all. Tasks that are begun or wait in no lane are passed over.
    /// </summary>
    public void Prefer(IEnumerable<int> slots)
    {
        foreach (var slot in _preferred.Where(s => _tasks[s] is { Used: true, In: LaneKind.Preferred, Place: >= 0 }))
        {
            Unqueue(slot);
            Requeue(slot);
        }

        _preferred.Clear();
        foreach (var slot in slots.Where(s => _tasks[s] is { Used: true, Begun: false, In: LaneKind.Fresh, Place: >= 0 }))
        {
            Unqueue(slot);
            Put(slot, LaneKind.Preferred);
            _preferred.Add(slot);
        }
    }

    /// <summary>Forgets the task if nothing is under way on it and it wants nothing, else puts it where it belongs.</summary>
    public void Settle(int slot)
    {
        ref var task = ref _tasks[slot];
        if (task is { Wanted: NoMore, Escalated: false, Unsettled: 0, Leases: 0, Reserved: 0 })
            Remove(slot);
        else
            Requeue(slot);
    }

    private int OpenSlots(ref OpenTask task) => task.Escalated || task.Wanted == NoMore ? 0 : Math.Max(0, Math.Max(task.Wanted, (ushort)MinAnswers) - task.Answers - task.Leases - task.Reserved);

    /// <summary>What <see cref="OpenTask.Wanted"/> is for a task that is decided or closed.</summary>
    public const ushort NoMore = ushort.MaxValue;

    private int TakeFrom(Lane lane, ref long cursor, int worker)
    {
        var slot = FindIn(lane, ref cursor, worker);
        if (slot < 0)
            return -1;
        cursor++;
        ref var task = ref _tasks[slot];
        task.Reserved++;
        if (OpenSlots(ref task) == 0)
            Unqueue(slot);
        return slot;
    }

    /// <summary>Moves the cursor to the next task that the worker never had, and gives its slot; -1 at the end.</summary>
    private int FindIn(Lane lane, ref long cursor, int worker)
    {
        while (true)
        {
            cursor = lane.Next(cursor, out var slot);
            if (slot < 0 || !_tasks[slot].WasWith(worker))
                return slot;
            cursor++;
        }
    }

    private void Unqueue(int slot)
    {
        ref var task = ref _tasks[slot];
        if (task.Place < 0)
            return;
        LanesOf(task.Priority, task.Wants)[task.In].Remove(task.Place);
        task.Place = -1;
    }

    private void Put(int slot, LaneKind kind)
    {
        ref var task = ref _tasks[slot];
        task.In = kind;
        task.Place = LanesOf(task.Priority, task.Wants)[kind].Add(slot);
    }

    private Lanes LanesOf(int priority, byte wants)
    {
        if (!_lanes.TryGetValue((priority, wants), out var lanes))
            _lanes.Add((priority, wants), lanes = new());
        return lanes;
    }

    private sealed class Lanes
    {
        public Lane Again { get; } = new();

        public Lane Preferred { get; } = new();

        public Lane Fresh { get; } = new();

        public Lane this[LaneKind kind] => kind switch { LaneKind.Again => Again, LaneKind.Preferred => Preferred, _ => Fresh };
    }
}
