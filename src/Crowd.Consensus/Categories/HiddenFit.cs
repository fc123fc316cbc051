using System.Runtime.Intrinsics;
using Crowd.Consensus.Answers;
using Crowd.Consensus.Categories.Rules;

namespace Crowd.Consensus.Categories;

/// <summary>
/// One state of expectation-maximisation, or of its variational form, for workers with tables of how they answer in each hidden state. A round is one
/// pass over the answers: the posterior of a task is the product of a row for each answer, and is added at once to the counts for the next
/// tables, so that both halves of the pass are vector operations on one row. The <see cref="ITableRule"/> turns counts into tables.
/// </summary>
/// <remarks>The tasks are cut into a number of parts that depends on the data alone; sums go over the parts in order. Threads change nothing.</remarks>
internal sealed partial class HiddenFit
{
    private const int Width = HiddenShape.Width;
    private const int MostParts = 8;
    private const int AnswersPerPart = 20_000;

    /// <summary>Products smaller than this are scaled up before they can vanish.</summary>
    private const double Small = 1e-150;

    private readonly CategoryAnswers _answers;
    private readonly ITableRule _rule;
    private readonly HiddenShape _shape;
    private readonly int[]? _gold;
    private readonly int[]? _hardTotals;
    private readonly int _threads;
    private readonly int _labelCount;
    private readonly int _stride;
    private readonly int[] _rows;
    private readonly int[] _partStarts;
    private readonly Part[] _parts;
    private readonly double[] _table;
    private readonly double[] _shares;
    private readonly double[] _posteriors;
    private double _ruleObjective;

    /// <summary>Nothing is estimated yet: call <see cref="Start"/>.</summary>
    /// <param name="subtypes">Hidden states for each label.</param>
    /// <param name="hard">Whether each round gives every task its best label for certain.</param>
    public HiddenFit(CategoryAnswers answers, CategoryOptions options, ITableRule rule, int subtypes = 1, bool hard = false)
    {
        _answers = answers;
        _rule = rule;
        _shape = new HiddenShape(answers.WorkerCount, answers.LabelCount, subtypes);
        _gold = options.Gold;
        _hardTotals = hard ? answers.LabelTotals() : null;
        _threads = Math.Max(1, options.Threads);
        _labelCount = answers.LabelCount;
        _stride = _shape.Stride;
        _table = new double[_shape.TableLength];
        _shares = new double[_stride];
        _posteriors = new double[checked(answers.TaskCount * _stride)];
        _rows = Rows(answers, _stride);
        _partStarts = Cut(answers, _table.Length);
        _parts = new Part[_partStarts.Length - 1];
        for (var p = 0; p < _parts.Length; p++) _parts[p] = new Part(_table.Length, _stride);
    }

    /// <summary>The objective that the method climbs, at the parameters with which the last round began.</summary>
    public double Objective { get; private set; }

    /// <summary>Takes posteriors over the states (row by task) as given and estimates the parameters from them.</summary>
    public void Start(ReadOnlySpan<double> posteriors)
    {
        var states = _shape.States;
        for (var t = 0; t < _answers.TaskCount; t++)
            posteriors.Slice(t * states, states).CopyTo(_posteriors.AsSpan(t * _stride));

        ForEachPart(p =>
        {
            var part = _parts[p];
            part.Clear();
            for (var t = _partStarts[p]; t < _partStarts[p + 1]; t++)
            {
                if (IsSeen(t)) Count(part, t);
            }
        });
        Estimate();
    }

    /// <summary>Rounds until the posteriors move by no more than the tolerance on average, or the most rounds are done.</summary>
    public Fit Run(CategoryOptions options, string note = "")
    {
        var trace = new List<double>();
        var converged = false;
        while (!converged && trace.Count < options.MaxRounds)
        {
            converged = Round() <= options.Tolerance;
            trace.Add(Objective);
            options.Progress?.Report((double)trace.Count / options.MaxRounds);
        }

        return new Fit(trace.Count, trace.Count == 0 ? double.NaN : trace[^1], converged, [.. trace], note);
    }

    /// <summary>One round; returns the mean over the tasks of how far their posteriors moved (half the sum of absolute changes).</summary>
    public double Round()
    {
        ForEachPart(p =>
        {
            var part = _parts[p];
            part.Clear();
            part.Take(_stride == Width && _gold is null && _hardTotals is null
                ? PassOfFour(part, _partStarts[p], _partStarts[p + 1])
                : Pass(part, _partStarts[p], _partStarts[p + 1]));
        });

        var change = 0.0;
        Objective = _ruleObjective;
        foreach (var part in _parts)
        {
            change += part.Change;
            Objective += part.LogLikelihood;
        }

        Estimate();
        return change / 2 / Math.Max(1, _answers.TaskCount);
    }

    /// <summary>Row by task, one column a label, subtypes added up.</summary>
    public double[] Posteriors()
    {
        if (_stride == _labelCount) return _posteriors;

        var rows = new double[_answers.TaskCount * _labelCount];
        for (var t = 0; t < _answers.TaskCount; t++)
        {
            for (var s = 0; s < _shape.States; s++) rows[(t * _labelCount) + _shape.LabelOf(s)] += _posteriors[(t * _stride) + s];
        }

        return rows;
    }

    /// <summary>The share of each label; adds up to one.</summary>
    public double[] Shares()
    {
        var shares = new double[_labelCount];
        for (var s = 0; s < _shape.States; s++) shares[_shape.LabelOf(s)] += _shares[s];

        var total = shares.Sum();
        for (var k = 0; k < shares.Length; k++) shares[k] /= total;
        return shares;
    }

    /// <summary>By worker, true label, answered label; subtypes are averaged by their shares, and rows add up to one.</summary>
    public double[] Confusions()
    {
        var matrices = new double[_answers.WorkerCount * _labelCount * _labelCount];
        for (var w = 0; w < _answers.WorkerCount; w++)
        {
            for (var l = 0; l < _labelCount; l++)
            {
                for (var s = 0; s < _shape.States; s++)
                    matrices[(((w * _labelCount) + _shape.LabelOf(s)) * _labelCount) + l] += _shares[s] * _table[_shape.At(w, l, s)];
            }
        }

        for (var row = 0; row < _answers.WorkerCount * _labelCount; row++)
        {
            var entries = matrices.AsSpan(row * _labelCount, _labelCount);
            var sum = 0.0;
            foreach (var entry in entries) sum += entry;
            foreach (ref var entry in entries) entry = sum > 0 ? entry / sum : 1.0 / _labelCount;
        }

        return matrices;
    }

    /// <summary>Where the row of each answer begins in the tables.</summary>
    private static int[] Rows(CategoryAnswers answers, int stride)
    {
        var rows = new int[answers.Count];
        for (var i = 0; i < rows.Length; i++) rows[i] = ((answers.WorkerArray[i] * answers.LabelCount) + answers.LabelArray[i]) * stride;
        return rows;
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

    private void Estimate()
    {
        Array.Clear(_table);
        Array.Clear(_shares);
        foreach (var part in _parts)
        {
            for (var i = 0; i < _table.Length; i++) _table[i] += part.Counts[i];
            for (var k = 0; k < _stride; k++) _shares[k] += part.ShareCounts[k];
        }

        _ruleObjective = _rule.Estimate(_shape, _table, _shares);
    }
}
