using Crowd.Consensus.Answers;

namespace Crowd.Consensus.Tests;

/// <summary>Answers drawn from workers of known accuracy, the same for the same seed.</summary>
internal sealed class MadeUpCrowd
{
    public MadeUpCrowd(int tasks, int perTask, double[] accuracies, int labels, int seed)
    {
        var random = new Random(seed);
        Truth = new int[tasks];
        Accuracies = accuracies;
        Labels = labels;
        var workers = Enumerable.Range(0, accuracies.Length).ToArray();
        for (var t = 0; t < tasks; t++)
        {
            Truth[t] = random.Next(labels);
            random.Shuffle(workers);
            foreach (var w in workers.AsSpan(0, perTask))
                Rows.Add((t, w, random.NextDouble() < accuracies[w] ? Truth[t] : (Truth[t] + 1 + random.Next(labels - 1)) % labels));
        }
    }

    public int[] Truth { get; }

    public double[] Accuracies { get; }

    public int Labels { get; }

    public List<(int Task, int Worker, int Label)> Rows { get; } = [];

    public CategoryAnswers Answers(int? workers = null) => From(Rows, Truth.Length, workers ?? Accuracies.Length, Labels);

    public double Accuracy(int[] labels) => labels.Where((label, t) => label == Truth[t]).Count() / (double)labels.Length;

    public static CategoryAnswers From(List<(int Task, int Worker, int Label)> rows, int tasks, int workers, int labels) =>
        CategoryAnswers.From(rows.ConvertAll(r => r.Task).ToArray(), rows.ConvertAll(r => r.Worker).ToArray(), rows.ConvertAll(r => r.Label).ToArray(), tasks, workers, labels);
}
