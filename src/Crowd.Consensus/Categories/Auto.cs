using Crowd.Consensus.Answers;

namespace Crowd.Consensus.Categories;

/// <summary>
/// Chooses by what the data can bear. Four methods with different ideas of why people err are fitted, and their posteriors are averaged: votes weighted by
/// agreement, workers with confusion matrices, tasks of different ease, and confusion that belongs to worker and task both. Most of the weight is
/// shared equally, since the average of different errors is hard to beat; the rest goes by how well each foresees answers put aside.
/// </summary>
public static class Auto
{
    public const string Name = "auto";

    /// <summary>The share of the weight that goes by foresight.</summary>
    private const double StackedShare = 0.3;

    private const int HeldOutRounds = 2;

    /// <summary>A fit that only has to foresee need not run to the end.</summary>
    private const int HeldOutMaxRounds = 25;

    /// <summary>Answers times labels squared above which the models of single tasks are left out, for time.</summary>
    private const long MostTaskModelWork = 30_000_000;

    /// <summary>Workers times labels squared above which no worker has a matrix.</summary>
    private const long MostMatrixEntries = 50_000_000;

    /// <summary>Answers above which nothing is put aside, for time and memory.</summary>
    private const int MostHeldOutAnswers = 2_000_000;

    /// <summary>The result's <see cref="Fit.Note"/> says which methods took part, how much each counted, and why.</summary>
    public static CategoryResult Run(CategoryAnswers answers, CategoryOptions? options = null)
    {
        options ??= new CategoryOptions();
        var paired = 0;
        for (var t = 0; t < answers.TaskCount; t++) paired += answers.TaskStarts[t + 1] - answers.TaskStarts[t] > 1 ? 1 : 0;
        if (paired == 0 || answers.LabelCount == 1)
        {
            var alone = paired == 0 ? "no task has two answers, so that nothing can be learnt of the workers" : "there is one label";
            var majority = MajorityVote.Run(answers, options);
            return majority with { Method = Name, Fit = majority.Fit with { Note = $"majority: {alone}." } };
        }

        if ((long)answers.WorkerCount * answers.LabelCount * answers.LabelCount > MostMatrixEntries)
        {
            var online = OnlineBayes.Run(answers, options);
            return online with { Method = Name, Fit = online.Fit with { Note = "online-bayes: too many labels and workers for a matrix of each worker." } };
        }

        var members = Members(answers);
        var methods = members.ConvertAll(name => CategoryMethods.All[name]);
        var predictions = answers.Count <= MostHeldOutAnswers ? HeldOut.Predict(answers, options with { Progress = null, MaxRounds = Math.Min(options.MaxRounds, HeldOutMaxRounds) }, methods, HeldOutRounds) : [];
        var stacked = predictions.Length > 0 && predictions[0].Length > 0 ? HeldOut.Stack(predictions) : null;
        var weights = new double[members.Count];
        for (var m = 0; m < weights.Length; m++)
            weights[m] = ((1 - StackedShare) / weights.Length) + (StackedShare * (stacked?[m] ?? (1.0 / weights.Length)));

        var posteriors = new double[answers.TaskCount * answers.LabelCount];
        var rounds = 0;
        var converged = true;
        for (var m = 0; m < weights.Length; m++)
        {
            options.Progress?.Report((m + 1.0) / (weights.Length + 1));
            var result = methods[m](answers, options with { Progress = null });
            rounds += result.Fit.Rounds;
            converged &= result.Fit.Converged;
            for (var i = 0; i < posteriors.Length; i++) posteriors[i] += weights[m] * result.Posteriors[i];
        }

        var fit = new Fit(rounds, double.NaN, converged, [], Explain(answers, members, weights, predictions));
        return CategoryOutcome.From(Name, answers, options, posteriors, fit, confusions: HeldOut.Confusions(answers, posteriors));
    }

    private static List<string> Members(CategoryAnswers answers)
    {
        List<string> members = [Wawa.Name, ClassifierCombination.IndependentName];
        var work = (long)answers.Count * answers.LabelCount * answers.LabelCount;
        if (work <= MostTaskModelWork) members.AddRange([Glad.Name, MinimaxEntropy.Name]);
        return members;
    }

    private static string Explain(CategoryAnswers answers, List<string> members, double[] weights, double[][] predictions)
    {
        var workers = 0;
        foreach (var total in AnswersByWorker(answers)) workers += total > 0 ? 1 : 0;

        var parts = new List<string>();
        for (var m = 0; m < weights.Length; m++)
        {
            var foresight = predictions.Length == 0 || predictions[m].Length == 0
                ? ""
                : $" (log loss {-predictions[m].Average(Math.Log):F3})";
            parts.Add($"{members[m]} {weights[m]:F2}{foresight}");
        }

        var left = members.Count == 2 ? " Models of single tasks were left out: too many answers for them." : "";
        return $"Mean of {string.Join(", ", parts)}; log loss is of answers put aside. {answers.LabelCount} labels, "
            + $"{(double)answers.Count / answers.TaskCount:F1} answers a task, {(double)answers.Count / Math.Max(1, workers):F1} answers a worker.{left}";
    }

    private static int[] AnswersByWorker(CategoryAnswers answers)
    {
        var totals = new int[answers.WorkerCount];
        foreach (var worker in answers.Workers) totals[worker]++;
        return totals;
    }
}
