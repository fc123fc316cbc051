using Crowd.Consensus.Answers;
using Crowd.Consensus.Categories;

namespace Crowd.Consensus.Stopping;

/// <summary>What a stopping rule would have done with the answers of a finished job.</summary>
/// <param name="Labels">The label of each task at its decision; −1 without answers.</param>
/// <param name="Answers">How many answers each task used.</param>
public sealed record ReplayedStopping(int[] Labels, int[] Answers)
{
    /// <summary>All answers used.</summary>
    public long Total => Answers.Sum(a => (long)a);
}

/// <summary>Whose answer a task gets next.</summary>
public enum AskingOrder
{
    /// <summary>Whoever comes.</summary>
    AsTheyCome,

    /// <summary>Of those who answered the task, the one whose answer tells most of its label, by what is known of him at the time.</summary>
    MostInformative,
}

/// <summary>
/// Plays a finished job again, answer by answer, and stops each task by a rule. Tasks take turns, one answer each, and after each turn the model of the workers is
/// fitted anew to what has come in, so that no decision rests on an answer that the rule did not ask for.
/// </summary>
public static class StoppingReplay
{
    /// <summary>Replays one rule.</summary>
    /// <param name="method">The model of the workers; by default the independent Bayesian combination, or one accuracy a worker where workers have too few answers for matrices.</param>
    /// <param name="seed">The order in which each task's answers come in.</param>
    /// <param name="asking">Whose answer a task gets after its first <see cref="StoppingRule.MinAnswers"/>, which come as they come.</param>
    /// <param name="closing">What gives the labels when all tasks have stopped; by default the model of the workers.</param>
    /// <param name="learning">The share of the tasks, dealt by the seed, that get all their answers, so that the workers are known when the other tasks stop.</param>
    public static ReplayedStopping Run(
        CategoryAnswers answers, StoppingRule rule, int seed = 0, CategoryMethod? method = null, AskingOrder asking = AskingOrder.AsTheyCome, CategoryMethod? closing = null,
        double learning = 0)
    {
        method ??= Suited(answers);
        var order = Shuffle(answers, seed);
        var learns = Learning(answers.TaskCount, learning, seed);
        var used = new int[answers.TaskCount];
        for (var t = 0; t < used.Length; t++)
        {
            var all = answers.TaskStarts[t + 1] - answers.TaskStarts[t];
            used[t] = learns[t] ? all : Math.Min(rule.MinAnswers, all);
        }

        CategoryResult result;
        CategoryAnswers given;
        while (true)
        {
            given = Prefix(answers, order, used);
            result = method(given, new CategoryOptions { MaxRounds = 50, Tolerance = 1e-3, Threads = 1 });
            var confusions = asking == AskingOrder.MostInformative ? HeldOut.Confusions(given, result.Posteriors) : null;
            if (!Step(answers, rule, result, confusions, order, used)) break;
        }

        return new ReplayedStopping(closing is null ? result.Labels : closing(given, new CategoryOptions { Threads = 1 }).Labels, used);
    }

    /// <summary>The same number of answers for every task, in the same order, for comparison.</summary>
    public static ReplayedStopping Fixed(CategoryAnswers answers, int redundancy, int seed = 0, CategoryMethod? method = null, CategoryMethod? closing = null) =>
        Run(answers, new StoppingRule(redundancy, redundancy, 1), seed, method, closing: closing);

    /// <summary>
    /// A matrix of labels squared wants as many answers a worker. The matrices are averaged over and not estimated: a rule that stops by confidence must not take
    /// a worker of three right answers for one who is never wrong.
    /// </summary>
    private static CategoryMethod Suited(CategoryAnswers answers) =>
        answers.Count < (long)answers.WorkerCount * answers.LabelCount * answers.LabelCount
            ? OneCoin.Run
            : ClassifierCombination.RunIndependent;

    /// <summary>Every task is judged by what is known now: one that was sure under an earlier model may need an answer after all.</summary>
    private static bool Step(CategoryAnswers answers, StoppingRule rule, CategoryResult result, double[]? confusions, int[] order, int[] used)
    {
        var asked = false;
        for (var t = 0; t < used.Length; t++)
        {
            var left = answers.TaskStarts[t + 1] - answers.TaskStarts[t] - used[t];
            if (left == 0 || rule.After(used[t], result.Posterior(t)) != NextStep.AskOneMore) continue;

            if (confusions is not null) BringForward(answers, result.Posterior(t), confusions, order.AsSpan(answers.TaskStarts[t] + used[t], left));
            used[t]++;
            asked = true;
        }

        return asked;
    }

    /// <summary>Puts the answer first whose worker tells most; of equals the one that would have come first.</summary>
    private static void BringForward(CategoryAnswers answers, ReadOnlySpan<double> posterior, double[] confusions, Span<int> waiting)
    {
        var square = posterior.Length * posterior.Length;
        var best = 0;
        var most = double.NegativeInfinity;
        for (var i = 0; i < waiting.Length; i++)
        {
            var information = AnswerValue.Information(posterior, confusions.AsSpan(answers.Workers[waiting[i]] * square, square));
            if (information > most + 1e-12) (best, most) = (i, information);
        }

        (waiting[0], waiting[best]) = (waiting[best], waiting[0]);
    }

    private static bool[] Learning(int tasks, double share, int seed)
    {
        var learns = new bool[tasks];
        Array.Fill(learns, true, 0, (int)Math.Round(share * tasks));
        new Random(seed).Shuffle(learns);
        return learns;
    }

    private static int[] Shuffle(CategoryAnswers answers, int seed)
    {
        var random = new Random(seed);
        var order = new int[answers.Count];
        for (var i = 0; i < order.Length; i++) order[i] = i;
        for (var t = 0; t < answers.TaskCount; t++)
            random.Shuffle(order.AsSpan(answers.TaskStarts[t], answers.TaskStarts[t + 1] - answers.TaskStarts[t]));
        return order;
    }

    private static CategoryAnswers Prefix(CategoryAnswers answers, int[] order, int[] used)
    {
        var total = used.Sum();
        var (tasks, workers, labels) = (new int[total], new int[total], new int[total]);
        var at = 0;
        for (var t = 0; t < used.Length; t++)
        {
            for (var i = 0; i < used[t]; i++)
            {
                var from = order[answers.TaskStarts[t] + i];
                (tasks[at], workers[at], labels[at]) = (t, answers.Workers[from], answers.Labels[from]);
                at++;
            }
        }

        return CategoryAnswers.From(tasks, workers, labels, answers.TaskCount, answers.WorkerCount, answers.LabelCount);
    }
}
