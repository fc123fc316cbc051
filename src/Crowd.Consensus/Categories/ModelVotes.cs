using Crowd.Consensus.Answers;

namespace Crowd.Consensus.Categories;

/// <summary>What a model said of a task.</summary>
/// <param name="Confidence">As the model states it, 0 to 1; need not be calibrated.</param>
public readonly record struct ModelPrediction(int Task, int Label, double Confidence);

/// <summary>
/// Lets a model take part as one more annotator. Its predictions are cut into bands of stated confidence with equally many in each, and each band answers as a
/// worker of its own with its own confusion matrix, so that what a stated confidence is worth is learnt from how people answer the same tasks.
/// </summary>
public static class ModelVotes
{
    /// <summary>The answers of people and model together; bands follow the workers, least sure first.</summary>
    /// <param name="bands">At least 1; each should hold some dozens of predictions.</param>
    public static CategoryAnswers Join(CategoryAnswers answers, ReadOnlySpan<ModelPrediction> predictions, int bands = 4)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bands, 1);
        var sorted = predictions.ToArray();
        Array.Sort(sorted, (a, b) => (a.Confidence, a.Task, a.Label).CompareTo((b.Confidence, b.Task, b.Label)));

        var tasks = new int[answers.Count + sorted.Length];
        var workers = new int[tasks.Length];
        var labels = new int[tasks.Length];
        for (var t = 0; t < answers.TaskCount; t++) tasks.AsSpan(answers.TaskStarts[t], answers.TaskStarts[t + 1] - answers.TaskStarts[t]).Fill(t);
        answers.Workers.CopyTo(workers);
        answers.Labels.CopyTo(labels);
        var band = 0;
        for (var i = 0; i < sorted.Length; i++)
        {
            // Equal confidences stay in one band.
            if (i > 0 && !sorted[i].Confidence.Equals(sorted[i - 1].Confidence)) band = (int)((long)i * bands / sorted.Length);
            tasks[answers.Count + i] = sorted[i].Task;
            workers[answers.Count + i] = answers.WorkerCount + band;
            labels[answers.Count + i] = sorted[i].Label;
        }

        return CategoryAnswers.From(tasks, workers, labels, answers.TaskCount, answers.WorkerCount + bands, answers.LabelCount);
    }
}
