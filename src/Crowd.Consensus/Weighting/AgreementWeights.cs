using Crowd.Consensus.Answers;

namespace Crowd.Consensus.Weighting;

/// <summary>
/// Weights of workers for answers that no finite set of labels holds (texts, boxes, spans, orders): a worker weighs by how much his answers agree
/// with the others' on the same tasks, weighted in turn (the reliability estimate of Li 2019's RASA, with the agreement of the kind in place of an embedding).
/// </summary>
public static class AgreementWeights
{
    private const int MostRounds = 20;
    private const double Enough = 1e-4;

    /// <summary>Answers' worth of belief that a worker is like the crowd.</summary>
    private const double PriorAnswers = 3;

    /// <summary>For each worker a weight, positive, with a mean of one over the answers.</summary>
    /// <param name="tasks">The task of each answer.</param>
    /// <param name="workers">The worker of each answer.</param>
    /// <param name="similarity">The agreement, 0 to 1, of the answers at two positions.</param>
    /// <param name="sharpness">Weights are (1 / (1 − agreement)) to this power: 0 makes all equal, 1 is usual.</param>
    public static WorkerAgreement[] Of(
        ReadOnlySpan<int> tasks, ReadOnlySpan<int> workers, int workerCount, Func<int, int, double> similarity, double sharpness = 1)
    {
        var pairs = Pairs(tasks, workers, similarity);
        var counts = new int[workerCount];
        foreach (var worker in workers) counts[worker]++;

        var weights = new double[workerCount];
        Array.Fill(weights, 1);
        var means = new double[workerCount];
        for (var round = 0; round < MostRounds; round++)
        {
            var change = Step(pairs, workers, counts, weights, means, sharpness);
            if (change < Enough) break;
        }

        var result = new WorkerAgreement[workerCount];
        for (var w = 0; w < workerCount; w++) result[w] = new WorkerAgreement(weights[w], means[w], counts[w]);
        return result;
    }

    private static List<(int Left, int Right, double Similarity)> Pairs(
        ReadOnlySpan<int> tasks, ReadOnlySpan<int> workers, Func<int, int, double> similarity)
    {
        var pairs = new List<(int Left, int Right, double Similarity)>();
        var units = Agreement.Units.Of(tasks);
        for (var t = 0; t < units.Count; t++)
        {
            var members = units.Of(t);
            for (var a = 0; a < members.Length; a++)
            {
                for (var b = a + 1; b < members.Length; b++)
                {
                    if (workers[members[a]] != workers[members[b]]) pairs.Add((members[a], members[b], similarity(members[a], members[b])));
                }
            }
        }

        return pairs;
    }

    private static double Step(
        List<(int Left, int Right, double Similarity)> pairs, ReadOnlySpan<int> workers, int[] counts, double[] weights, double[] means, double sharpness)
    {
        var answers = workers.Length;
        var sums = new double[answers];
        var totals = new double[answers];
        foreach (var (left, right, similar) in pairs)
        {
            sums[left] += weights[workers[right]] * similar;
            totals[left] += weights[workers[right]];
            sums[right] += weights[workers[left]] * similar;
            totals[right] += weights[workers[left]];
        }

        double all = 0, judged = 0;
        for (var i = 0; i < answers; i++)
        {
            if (totals[i] <= 0) continue;

            all += sums[i] / totals[i];
            judged++;
        }

        var crowd = judged > 0 ? all / judged : 0.5;
        var worker = new double[weights.Length];
        var number = new double[weights.Length];
        for (var i = 0; i < answers; i++)
        {
            if (totals[i] <= 0) continue;

            worker[workers[i]] += sums[i] / totals[i];
            number[workers[i]]++;
        }

        return Reweigh(crowd, worker, number, counts, weights, means, sharpness);
    }

    private static double Reweigh(
        double crowd, double[] sums, double[] numbers, int[] counts, double[] weights, double[] means, double sharpness)
    {
        double total = 0, answers = 0;
        var next = new double[weights.Length];
        for (var w = 0; w < weights.Length; w++)
        {
            means[w] = (sums[w] + (PriorAnswers * crowd)) / (numbers[w] + PriorAnswers);
            next[w] = Math.Pow(1 / Math.Max(0.02, 1 - means[w]), sharpness);
            total += counts[w] * next[w];
            answers += counts[w];
        }

        var change = 0.0;
        for (var w = 0; w < weights.Length; w++)
        {
            next[w] *= total > 0 ? answers / total : 1;
            change = Math.Max(change, Math.Abs(next[w] - weights[w]));
            weights[w] = next[w];
        }

        return change;
    }
}

/// <summary>How much a worker's answers agree with the others'.</summary>
/// <param name="Weight">What an answer counts; 1 is the mean over the answers.</param>
/// <param name="Agreement">The mean agreement with others, 0 to 1, drawn towards the crowd's for workers with few answers.</param>
/// <param name="Answers">How many answers the worker gave.</param>
public readonly record struct WorkerAgreement(double Weight, double Agreement, int Answers);
