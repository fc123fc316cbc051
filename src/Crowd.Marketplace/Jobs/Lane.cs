namespace Crowd.Marketplace.Jobs;

/// <summary>
/// Tasks of one priority in the order in which they are given out. Places only grow; each worker walks along with a cursor of its own and
/// passes each place once. A place that no longer holds a task is passed over, runs of such places by one jump.
/// </summary>
internal sealed class Lane
{
    private const int Least = 16;

    private int[] _slots = new int[Least];
    private int _start;
    private long _first;
    private int _count;

    /// <summary>The first place that may hold a task.</summary>
    public long First => _first;

    /// <summary>The place behind the last.</summary>
    public long End => _first + _count;

    /// <summary>Adds a task at the end and gives its place.</summary>
    public long Add(int task)
    {
        if (_count == _slots.Length)
            Grow();
        _slots[(_start + _count) & (_slots.Length - 1)] = task;
        return _first + _count++;
    }

    /// <summary>Takes the task at the place out.</summary>
    public void Remove(long place)
    {
        this[place] = -1;
        while (_count > 0 && _slots[_start] < 0)
        {
            // A jump may stand here; whatever it is, it holds no task.
            _start = (_start + 1) & (_slots.Length - 1);
            _first++;
            _count--;
        }
    }

    /// <summary>The first place from the given one on that holds a task, or <see cref="End"/>; and the task.</summary>
    public long Next(long from, out int task)
    {
        var place = Math.Max(from, _first);
        var begun = place;
        while (place < End)
        {
            var slot = this[place];
            if (slot >= 0)
            {
                Shorten(begun, place);
                task = slot;
                return place;
            }

            place -= slot; // -1 is one step, -n a jump
        }

        Shorten(begun, Math.Min(place, End));
        task = -1;
        return End;
    }

    private int this[long place]
    {
        get => _slots[(_start + (int)(place - _first)) & (_slots.Length - 1)];
        set => _slots[(_start + (int)(place - _first)) & (_slots.Length - 1)] = value;
    }

    private void Shorten(long from, long to)
    {
        if (to - from > 1 && this[from] < 0)
            this[from] = -(int)Math.Min(to - from, int.MaxValue);
    }

    private void Grow()
    {
        var larger = new int[_slots.Length * 2];
        for (var i = 0; i < _count; i++)
            larger[i] = _slots[(_start + i) & (_slots.Length - 1)];
        _slots = larger;
        _start = 0;
    }
}
