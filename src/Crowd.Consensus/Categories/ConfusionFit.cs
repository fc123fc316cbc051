using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Crowd.Consensus.Answers;

namespace Crowd.Consensus.Categories;

/// <summary>
/// One expectation-maximisation state of workers with confusion matrices. A round is one pass over the answers: the posterior of a task is the
/// product of a row for each answer, and is added at once to the counts for the next matrices. Tables are laid out by worker, answered label and
/// then true label, padded to whole vectors, so that both halves of the pass are vector operations on one row.
/// </summary>
/// <remarks>The tasks are cut into a number of parts that depends on the data alone; sums go over the parts in order. Threads change nothing.</remarks>
internal sealed class ConfusionFit
{
    /// <summary>Keeps a label possible that a worker was never seen to give.</summary>
    private const double Floor = 1e-10;

    private const int Width = 4;
    private const int MostParts = 8;
    private const int AnswersPerPart = 20_000;

    /// <summary>Products smaller than this are scaled up before they can vanish.</summary>
    private const double Small = 1e-150;

    private readonly CategoryAnswers _answers;
    private readonly ConfusionPrior _prior;
    private readonly int[]? _gold;
    private readonly int _threads;
    private readonly int _labelCount;
    private readonly int _stride;
    private readonly int[] _partStarts;
    private readonly Part[] _parts;
    private readonly double[] _table;
    private readonly double[] _shares;
    private readonly double[] _posteriors;

    public ConfusionFit(CategoryAnswers answers, CategoryOptions options, ConfusionPrior prior)
    {
        _answers = answers;
        _prior = prior;
        _gold = options.Gold;
        _threads = Math.Max(1, options.Threads);
        _labelCount = answers.LabelCount;
        _stride = (_labelCount + Width - 1) / Width * Width;
        _table = new double[answers.WorkerCount * _labelCount * _stride];
        _shares = new double[_stride];
        _posteriors = new double[answers.TaskCount * _stride];
        _partStarts = Cut(answers, _table.Length);
        _parts = new Part[_partStarts.Length - 1];
        for (var p = 0; p < _parts.Length; p++) _parts[p] = new Part(_table.Length, _stride);
    }

    /// <summary>The log likelihood, plus the log prior density up to a constant, of the parameters the last round began with.</summary>
    public double Objective { get; private set; }

    /// <summary>Takes posteriors (row by task, one column a label) as given and estimates the parameters from them.</summary>
    public void Start(double[] posteriors)
    {
        for (var t = 0; t < _answers.TaskCount; t++)
            posteriors.AsSpan(t * _labelCount, _labelCount).CopyTo(_posteriors.AsSpan(t * _stride));

        ForEachPart(p =>
        {
            var part = _parts[p];
            part.Clear();
            for (var t = _partStarts[p]; t < _partStarts[p + 1]; t++) Count(part, t);
        });
        Estimate();
    }

    /// <summary>One round; returns the largest change of a posterior probability.</summary>
    public double Round()
    {
        ForEachPart(p =>
        {
            var part = _parts[p];
            part.Clear();
            for (var t = _partStarts[p]; t < _partStarts[p + 1]; t++)
            {
                Infer(part, t);
                Count(part, t);
            }

            part.Finish();
        });

        var change = 0.0;
        Objective = LogPrior();
        foreach (var part in _parts)
        {
            change = Math.Max(change, part.Change);
            Objective += part.LogLikelihood;
        }

        Estimate();
        return change;
    }

    /// <summary>Row by task, one column a label.</summary>
    public double[] Posteriors()
    {
        if (_stride == _labelCount) return _posteriors;

        var rows = new double[_answers.TaskCount * _labelCount];
        for (var t = 0; t < _answers.TaskCount; t++)
            _posteriors.AsSpan(t * _stride, _labelCount).CopyTo(rows.AsSpan(t * _labelCount));
        return rows;
    }

    public double[] Shares() => _shares[.._labelCount];

    /// <summary>By worker, true label, answered label.</summary>
    public double[] Confusions()
    {
        var matrices = new double[_answers.WorkerCount * _labelCount * _labelCount];
        for (var w = 0; w < _answers.WorkerCount; w++)
        {
            for (var l = 0; l < _labelCount; l++)
            {
                for (var k = 0; k < _labelCount; k++)
                    matrices[(((w * _labelCount) + k) * _labelCount) + l] = _table[(((w * _labelCount) + l) * _stride) + k];
            }
        }

        return matrices;
    }

    private static int[] Cut(CategoryAnswers answers, int tableLength)
    {
        var byAnswers = Math.Min(answers.Count / AnswersPerPart, answers.Count / Math.Max(1, tableLength / Width));
        var count = Math.Clamp(byAnswers, 1, MostParts);
        var starts = new int[count + 1];
        for (var p = 1; p < count; p++)
        {
            var at = answers.TaskStarts.BinarySearch((int)((long)answers.Count * p / count));
            starts[p] = Math.Clamp(at < 0 ? ~at : at, starts[p - 1], answers.TaskCount);
        }

        starts[count] = answers.TaskCount;
        return starts;
    }

    private void ForEachPart(Action<int> action)
    {
        if (_threads == 1 || _parts.Length == 1)
        {
            for (var p = 0; p < _parts.Length; p++) action(p);
            return;
        }

        Parallel.For(0, _parts.Length, new ParallelOptions { MaxDegreeOfParallelism = _threads }, action);
    }

    /// <summary>Eq. 2.5: the posterior of one task is its shares times the row of each answer.</summary>
    private void Infer(Part part, int task)
    {
        if (_gold is not null && _gold[task] >= 0)
        {
            InferKnown(part, task);
            return;
        }

        var starts = _answers.TaskStartArray;
        var workers = _answers.WorkerArray;
        var labels = _answers.LabelArray;
        ref var table = ref MemoryMarshal.GetArrayDataReference(_table);
        ref var posterior = ref _posteriors[task * _stride];
        if (starts[task] == starts[task + 1]) return;

        if (_stride == Width)
        {
            var product = Vector256.LoadUnsafe(ref _shares[0]);
            for (var i = starts[task]; i < starts[task + 1]; i++)
            {
                product *= Vector256.LoadUnsafe(ref table, (nuint)(((workers[i] * _labelCount) + labels[i]) * Width));
                if (((i - starts[task]) & 7) == 7) product = part.Rescale(product);
            }

            var sum = Vector256.Sum(product);
            var next = product / sum;
            part.Difference = Vector256.Max(part.Difference, Vector256.Abs(next - Vector256.LoadUnsafe(ref posterior)));
            next.StoreUnsafe(ref posterior);
            part.Multiply(sum);
            return;
        }

        InferWide(part, task);
    }

    private void InferWide(Part part, int task)
    {
        var row = part.Row.AsSpan();
        _shares.CopyTo(row);
        var workers = _answers.WorkerArray;
        var labels = _answers.LabelArray;
        var first = _answers.TaskStartArray[task];
        for (var i = first; i < _answers.TaskStartArray[task + 1]; i++)
        {
            var factor = _table.AsSpan(((workers[i] * _labelCount) + labels[i]) * _stride, _stride);
            for (var k = 0; k < row.Length; k += Width) (Vector256.Create(row[k..]) * Vector256.Create(factor[k..])).CopyTo(row[k..]);
            if (((i - first) & 7) == 7) part.Rescale(row);
        }

        var sum = 0.0;
        foreach (var value in row) sum += value;

        var posterior = _posteriors.AsSpan(task * _stride, _stride);
        for (var k = 0; k < row.Length; k += Width)
        {
            var next = Vector256.Create(row[k..]) / sum;
            part.Difference = Vector256.Max(part.Difference, Vector256.Abs(next - Vector256.Create(posterior[k..])));
            next.CopyTo(posterior[k..]);
        }

        part.Multiply(sum);
    }

    /// <summary>A known task keeps its label; its answers and label count towards the likelihood.</summary>
    private void InferKnown(Part part, int task)
    {
        var label = _gold![task];
        part.Multiply(_shares[label]);
        for (var i = _answers.TaskStartArray[task]; i < _answers.TaskStartArray[task + 1]; i++)
            part.Multiply(_table[(((_answers.WorkerArray[i] * _labelCount) + _answers.LabelArray[i]) * _stride) + label]);
    }

    private void Count(Part part, int task)
    {
        var starts = _answers.TaskStartArray;
        var workers = _answers.WorkerArray;
        var labels = _answers.LabelArray;
        if (starts[task] == starts[task + 1] && (_gold is null || _gold[task] < 0)) return;

        ref var counts = ref MemoryMarshal.GetArrayDataReference(part.Counts);
        ref var posterior = ref _posteriors[task * _stride];
        for (nuint k = 0; k < (nuint)_stride; k += Width)
        {
            var row = Vector256.LoadUnsafe(ref posterior, k);
            (Vector256.LoadUnsafe(ref part.ShareCounts[0], k) + row).StoreUnsafe(ref part.ShareCounts[0], k);
            for (var i = starts[task]; i < starts[task + 1]; i++)
            {
                var at = (nuint)(((workers[i] * _labelCount) + labels[i]) * _stride) + k;
                (Vector256.LoadUnsafe(ref counts, at) + row).StoreUnsafe(ref counts, at);
            }
        }
    }

    /// <summary>Eq. 2.3 and 2.4, with the prior's pseudo-counts.</summary>
    private void Estimate()
    {
        Array.Clear(_table);
        Array.Clear(_shares);
        foreach (var part in _parts)
        {
            for (var i = 0; i < _table.Length; i++) _table[i] += part.Counts[i];
            for (var k = 0; k < _stride; k++) _shares[k] += part.ShareCounts[k];
        }

        var total = 0.0;
        for (var k = 0; k < _labelCount; k++)
        {
            _shares[k] = Math.Max(_shares[k] + _prior.Share, Floor);
            total += _shares[k];
        }

        for (var k = 0; k < _labelCount; k++) _shares[k] /= total;
        for (var w = 0; w < _answers.WorkerCount; w++)
        {
            for (var k = 0; k < _labelCount; k++) Divide(_table.AsSpan(w * _labelCount * _stride, _labelCount * _stride), k);
        }
    }

    private void Divide(Span<double> matrix, int truth)
    {
        var sum = 0.0;
        for (var l = 0; l < _labelCount; l++)
        {
            ref var entry = ref matrix[(l * _stride) + truth];
            entry = Math.Max(entry + (l == truth ? _prior.Diagonal : _prior.OffDiagonal), Floor);
            sum += entry;
        }

        for (var l = 0; l < _labelCount; l++) matrix[(l * _stride) + truth] /= sum;
    }

    private double LogPrior()
    {
        if (_prior == default) return 0;

        var sum = 0.0;
        for (var k = 0; k < _labelCount; k++) sum += _prior.Share * Math.Log(_shares[k]);
        for (var row = 0; row < _answers.WorkerCount * _labelCount; row++)
        {
            var l = row % _labelCount;
            for (var k = 0; k < _labelCount; k++)
                sum += (l == k ? _prior.Diagonal : _prior.OffDiagonal) * Math.Log(_table[(row * _stride) + k]);
        }

        return sum;
    }

    /// <summary>What one part of the tasks adds up.</summary>
    private sealed class Part(int tableLength, int stride)
    {
        private double _product = 1;

        public double[] Counts { get; } = new double[tableLength];

        public double[] ShareCounts { get; } = new double[stride];

        public double[] Row { get; } = new double[stride];

        public double LogLikelihood { get; private set; }

        public double Change { get; private set; }

        public Vector256<double> Difference { get; set; }

        public void Clear()
        {
            Array.Clear(Counts);
            Array.Clear(ShareCounts);
            LogLikelihood = 0;
            Difference = Vector256<double>.Zero;
            _product = 1;
        }

        public void Finish()
        {
            LogLikelihood += Math.Log(_product);
            _product = 1;
            for (var k = 0; k < Width; k++) Change = k == 0 ? Difference[0] : Math.Max(Change, Difference[k]);
        }

        /// <summary>Takes a factor into the likelihood; logarithms are taken of products, not of each factor.</summary>
        public void Multiply(double factor)
        {
            _product *= factor;
            if (_product is > Small and < 1 / Small) return;

            LogLikelihood += Math.Log(_product);
            _product = 1;
        }

        public Vector256<double> Rescale(Vector256<double> product)
        {
            var sum = Vector256.Sum(product);
            Multiply(sum);
            return product / sum;
        }

        public void Rescale(Span<double> row)
        {
            var sum = 0.0;
            foreach (var value in row) sum += value;
            Multiply(sum);
            foreach (ref var value in row) value /= sum;
        }
    }
}
