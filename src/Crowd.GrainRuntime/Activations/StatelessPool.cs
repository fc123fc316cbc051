namespace Crowd.GrainRuntime;

/// <summary>The activations of one key of a stateless worker: a call goes to the one with the least to do, or to a new one.</summary>
internal sealed class StatelessPool(GrainHost host, GrainClass grainClass, string key) : CallTarget
{
    private readonly Lock _gate = new();
    private readonly List<Activation> _workers = [];
    private bool _ended;

    public string Key { get; } = key;

    public Activation[] Workers
    {
        get
        {
            lock (_gate) return [.. _workers];
        }
    }

    public override bool TryAccept(Call call)
    {
        while (true)
        {
            Activation worker;
            lock (_gate)
            {
                if (_ended) return false;
                worker = Choose();
            }

            if (worker.TryAccept(call)) return true;
            Remove(worker);
        }
    }

    public override bool TryRunInline(Call call)
    {
        Activation worker;
        lock (_gate)
        {
            if (_ended) return false;
            worker = Choose();
        }

        return worker.TryRunInline(call);
    }

    /// <summary>A worker has ended. The pool ends with its last one.</summary>
    public void Remove(Activation worker)
    {
        lock (_gate)
        {
            _workers.Remove(worker);
            if (_workers.Count > 0) return;
            _ended = true;
        }

        grainClass.Remove(this);
    }

    private Activation Choose()
    {
        var least = _workers.MinBy(static worker => worker.Load);
        if (least is not null && (least.Load == 0 || _workers.Count >= grainClass.MaxWorkers)) return least;
        var added = new Activation(host, grainClass, Key);
        _workers.Add(added);
        return added;
    }
}
