using System.Runtime.InteropServices;

namespace Crowd.Consensus.Categories;

/// <summary>
/// Dawid and Skene's model kept up to date answer by answer (incremental expectation-maximisation, Neal and Hinton 1998): expected counts are held, and a new
/// answer works out the task's new posterior and puts it in the place of the old one, touching only the workers of that task.
/// <see cref="Sweep"/> goes over all tasks from the state that is there. Not safe for use by several threads at once.
/// </summary>
public sealed class IncrementalEstimator
{
    private readonly int _labels;
    private readonly ConfusionPrior _prior;
    private readonly List<List<(int Worker, int Label)>> _tasks = [];
    private readonly List<double[]> _posteriors = [];
    private readonly List<double[]> _counts = [];
    private readonly List<double[]> _totals = [];
    private readonly double[] _shares;
    private readonly double[] _scratch;

    /// <summary>Without answers yet.</summary>
    /// <param name="labelCount">Labels are 0 to <paramref name="labelCount"/> − 1.</param>
    /// <param name="prior">By default <see cref="DawidSkene.WeakPrior"/>; every pseudo-count must be positive.</param>
    public IncrementalEstimator(int labelCount, ConfusionPrior? prior = null)
    {
        _labels = labelCount;
        _prior = prior ?? DawidSkene.WeakPrior;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Math.Min(_prior.Diagonal, Math.Min(_prior.OffDiagonal, _prior.Share)), nameof(prior));
        _shares = new double[labelCount];
        _scratch = new double[labelCount];
    }

    /// <summary>The posterior of a task; empty for one never answered.</summary>
    public ReadOnlySpan<double> Posterior(int task) => task < _posteriors.Count && _tasks[task].Count > 0 ? _posteriors[task] : [];

    /// <summary>The expected accuracy of a worker, by his confusion matrix and the label shares.</summary>
    public double Accuracy(int worker)
    {
        double right = 0, total = 0;
        for (var k = 0; k < _labels; k++)
        {
            right += Count(worker, k, k);
            for (var l = 0; l < _labels; l++) total += Count(worker, k, l);
        }

        return right / total;
    }

    /// <summary>Takes an answer in and returns the task's new posterior, valid until the next call. Tasks and workers may be new.</summary>
    public ReadOnlySpan<double> Add(int task, int worker, int label)
    {
        while (_tasks.Count <= task)
        {
            _tasks.Add([]);
            _posteriors.Add(new double[_labels]);
        }

        while (_counts.Count <= worker)
        {
            _counts.Add(new double[_labels * _labels]);
            _totals.Add(new double[_labels]);
        }

        _tasks[task].Add((worker, label));
        Infer(task, known: _tasks[task].Count - 1);
        return _posteriors[task];
    }

    /// <summary>Works every task out again; returns the largest change of a posterior. Repeated, it ends where <see cref="DawidSkene.RunWithPrior"/> does.</summary>
    public double Sweep()
    {
        var change = 0.0;
        var before = new double[_labels];
        for (var t = 0; t < _tasks.Count; t++)
        {
            if (_tasks[t].Count == 0) continue;

            _posteriors[t].CopyTo(before, 0);
            Infer(t, known: _tasks[t].Count);
            for (var k = 0; k < _labels; k++) change = Math.Max(change, Math.Abs(before[k] - _posteriors[t][k]));
        }

        return change;
    }

    private double Count(int worker, int truth, int label) =>
        (worker < _counts.Count ? _counts[worker][(truth * _labels) + label] : 0) + (truth == label ? _prior.Diagonal : _prior.OffDiagonal);

    /// <summary>Adds the task's posterior to the counts of its first <paramref name="answers"/> answers, or takes it away.</summary>
    private void Put(int task, int answers, double sign)
    {
        if (answers == 0) return;

        var posterior = _posteriors[task];
        for (var k = 0; k < _labels; k++) _shares[k] = Math.Max(0, _shares[k] + (sign * posterior[k]));
        foreach (var (worker, label) in CollectionsMarshal.AsSpan(_tasks[task])[..answers])
        {
            var counts = _counts[worker];
            var totals = _totals[worker];
            for (var k = 0; k < _labels; k++)
            {
                ref var count = ref counts[(k * _labels) + label];
                count = Math.Max(0, count + (sign * posterior[k]));
                totals[k] = Math.Max(0, totals[k] + (sign * posterior[k]));
            }
        }
    }

    /// <summary>Works out a task's posterior and puts it in the place of the old one.</summary>
    /// <param name="known">How many of the answers are in the counts already.</param>
    private void Infer(int task, int known)
    {
        for (var k = 0; k < _labels; k++) _scratch[k] = Math.Log(_shares[k] + _prior.Share);
        foreach (var (worker, label) in _tasks[task])
        {
            for (var k = 0; k < _labels; k++)
            {
                var total = _totals[worker][k] + _prior.Diagonal + ((_labels - 1) * _prior.OffDiagonal);
                _scratch[k] += Math.Log(Count(worker, k, label) / total);
            }
        }

        Put(task, known, -1);
        OnlineBayes.Normalise(_scratch, _posteriors[task]);
        Put(task, _tasks[task].Count, 1);
    }
}
