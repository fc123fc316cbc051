using Crowd.Consensus.Answers;
using Crowd.Consensus.Categories;

namespace Crowd.Consensus.Oversight;

/// <summary>
/// How sure labels are that people settled on, seen from the end. When a task was decided, little was known of its workers yet, and they were taken for newcomers;
/// all answers together say how skilled they are. One accuracy a worker (<see cref="OneCoin"/>), as in the rule that decided.
/// </summary>
public static class SettledLabels
{
    /// <summary>Tasks with two answers or more below which workers cannot be told from newcomers.</summary>
    public const int LeastTasks = 20;

    /// <summary>How sure each settled label is, and how sure that is. Null when there are too few tasks to learn from.</summary>
    /// <param name="answers">All answers.</param>
    /// <param name="settled">The settled label of each task, −1 for none.</param>
    /// <param name="known">The label of each task where it is known rather than voted, else −1.</param>
    public static SettledConfidences? Of(CategoryAnswers answers, int[] settled, int[] known)
    {
        var shared = 0;
        for (var t = 0; t < answers.TaskCount; t++) shared += answers.TaskStarts[t + 1] - answers.TaskStarts[t] > 1 ? 1 : 0;
        if (shared < LeastTasks) return null;

        var fit = OneCoin.Run(answers, new CategoryOptions { Gold = known });
        var confidences = new double[settled.Length];
        var wrong = 1;
        for (var t = 0; t < settled.Length; t++)
        {
            var given = answers.Labels[answers.TaskStarts[t]..answers.TaskStarts[t + 1]];
            confidences[t] = settled[t] < 0 || given.IsEmpty ? double.NaN : fit.Posterior(t)[settled[t]];
            wrong += settled[t] < 0 ? 0 : given.Length - given.Count(settled[t]);
        }

        // How often people are wrong is known from as many answers as were wrong, and mostly it takes two of them to make a wrong label.
        return new SettledConfidences(confidences, 2 / Math.Sqrt(wrong));
    }
}

/// <summary>How sure settled labels are.</summary>
/// <param name="Probabilities">Of each label; NaN for tasks without answers.</param>
/// <param name="RelativeError">Standard error of the number of wrong labels that these make expect, as a part of it.</param>
public sealed record SettledConfidences(double[] Probabilities, double RelativeError);
