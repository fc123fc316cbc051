namespace Crowd.Consensus.Numbers;

/// <summary>The truths, biases and deviations of the number model between rounds.</summary>
internal sealed class ModelState
{
    private readonly NumberAnswers _answers;
    private readonly double[] _biases;
    private readonly double[] _variances;
    private readonly double[] _robust;
    private readonly int[] _counts;
    private readonly double _scale;

    public ModelState(NumberAnswers answers)
    {
        _answers = answers;
        Values = new double[answers.TaskCount];
        _biases = new double[answers.WorkerCount];
        _variances = new double[answers.WorkerCount];
        _robust = new double[answers.Count];
        _counts = new int[answers.WorkerCount];
        foreach (var worker in answers.Workers) _counts[worker]++;

        var spread = 0.0;
        for (var t = 0; t < Values.Length; t++)
        {
            var given = answers.ValuesOf(t);
            Values[t] = given.IsEmpty ? double.NaN : WeightedMedian.Of(given);
            foreach (var value in given) spread += (value - Values[t]) * (value - Values[t]);
        }

        _scale = Math.Max(1e-12, spread / Math.Max(1, answers.Count));
        Array.Fill(_variances, _scale);
    }

    public double[] Values { get; }

    /// <summary>One round; returns the largest move of a truth in units of the answers' deviation.</summary>
    public double Round(double freedom, double priorAnswers)
    {
        Soften(freedom);
        MoveWorkers(priorAnswers);
        return MoveTruths();
    }

    public double[] Weights()
    {
        var weights = new double[_answers.Count];
        for (var i = 0; i < weights.Length; i++) weights[i] = _robust[i] * _scale / _variances[_answers.Workers[i]];
        return weights;
    }

    public double[] Errors()
    {
        var errors = new double[Values.Length];
        for (var t = 0; t < errors.Length; t++)
        {
            var precision = 0.0;
            for (var i = _answers.TaskStarts[t]; i < _answers.TaskStarts[t + 1]; i++) precision += 1 / _variances[_answers.Workers[i]];
            errors[t] = precision > 0 ? 1 / Math.Sqrt(precision) : double.NaN;
        }

        return errors;
    }

    public NumberWorker[] Workers()
    {
        var workers = new NumberWorker[_biases.Length];
        var mean = 0.0;
        for (var w = 0; w < workers.Length; w++) mean += _counts[w] / _variances[w] / Math.Max(1, _answers.Count);
        for (var w = 0; w < workers.Length; w++)
        {
            var deviation = _counts[w] == 0 ? double.NaN : Math.Sqrt(_variances[w]);
            workers[w] = new NumberWorker(_biases[w], deviation, 1 / _variances[w] / mean, _counts[w]);
        }

        return workers;
    }

    /// <summary>The expected precision of each answer under Student's distribution: (ν + 1) / (ν + r² / σ²).</summary>
    private void Soften(double freedom)
    {
        for (var t = 0; t < Values.Length; t++)
        {
            for (var i = _answers.TaskStarts[t]; i < _answers.TaskStarts[t + 1]; i++)
            {
                var worker = _answers.Workers[i];
                var residual = _answers.Values[i] - Values[t] - _biases[worker];
                _robust[i] = (freedom + 1) / (freedom + (residual * residual / _variances[worker]));
            }
        }
    }

    private void MoveWorkers(double priorAnswers)
    {
        var sums = new double[_biases.Length];
        var weights = new double[_biases.Length];
        ForEachResidual((i, worker, residual) =>
        {
            sums[worker] += _robust[i] * residual;
            weights[worker] += _robust[i];
        });
        for (var w = 0; w < _biases.Length; w++) _biases[w] = sums[w] / (weights[w] + priorAnswers);

        Array.Clear(sums);
        ForEachResidual((i, worker, residual) => sums[worker] += _robust[i] * (residual - _biases[worker]) * (residual - _biases[worker]));
        for (var w = 0; w < _biases.Length; w++)
            _variances[w] = Math.Max(_scale * 1e-4, (sums[w] + (priorAnswers * _scale)) / (_counts[w] + priorAnswers));
    }

    private void ForEachResidual(Action<int, int, double> action)
    {
        for (var t = 0; t < Values.Length; t++)
        {
            for (var i = _answers.TaskStarts[t]; i < _answers.TaskStarts[t + 1]; i++)
                action(i, _answers.Workers[i], _answers.Values[i] - Values[t]);
        }
    }

    private double MoveTruths()
    {
        var change = 0.0;
        for (var t = 0; t < Values.Length; t++)
        {
            double sum = 0, total = 0;
            for (var i = _answers.TaskStarts[t]; i < _answers.TaskStarts[t + 1]; i++)
            {
                var worker = _answers.Workers[i];
                var weight = _robust[i] / _variances[worker];
                sum += weight * (_answers.Values[i] - _biases[worker]);
                total += weight;
            }

            if (total <= 0) continue;

            var value = sum / total;
            change = Math.Max(change, Math.Abs(value - Values[t]) / Math.Sqrt(_scale));
            Values[t] = value;
        }

        return change;
    }
}
