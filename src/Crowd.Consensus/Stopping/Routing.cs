namespace Crowd.Consensus.Stopping;

/// <summary>A question that could be put: a task to a worker.</summary>
/// <param name="Information">What the answer would tell, in nats.</param>
/// <param name="Cost">What it costs.</param>
public readonly record struct Question(int Task, int Worker, double Information, double Cost);

/// <summary>Whom to ask what next, for most information under a budget.</summary>
public static class Routing
{
    /// <summary>
    /// Takes the questions with most information for their cost while the budget lasts; after each the task's own further questions are worth less, as its
    /// uncertainty is likely to have fallen. Greedy choice is within 1 − 1/e of the best for such falling returns (Nemhauser, Wolsey and Fisher 1978).
    /// </summary>
    /// <param name="posteriors">Row by task, one column a label.</param>
    /// <param name="skills">The probability of a right answer of each worker.</param>
    /// <param name="costs">What an answer of each worker costs; positive.</param>
    /// <param name="asked">Whether a worker has had a task already, by task and worker.</param>
    /// <param name="budget">What may be spent.</param>
    public static List<Question> Plan(double[][] posteriors, double[] skills, double[] costs, Func<int, int, bool> asked, double budget)
    {
        var queue = new PriorityQueue<(Question Question, int Round), (double, int, int)>();
        var rounds = new int[posteriors.Length];
        for (var t = 0; t < posteriors.Length; t++)
        {
            for (var w = 0; w < skills.Length; w++)
            {
                if (!asked(t, w)) Enqueue(queue, new Question(t, w, AnswerValue.Information(posteriors[t], skills[w]), costs[w]), 0);
            }
        }

        var plan = new List<Question>();
        while (queue.TryDequeue(out var next, out _))
        {
            var (question, round) = next;
            if (question.Cost > budget + 1e-12) continue;

            if (round < rounds[question.Task])
            {
                // The task was asked about since: what is left to learn is smaller by what those answers are expected to tell.
                var spent = plan.Where(q => q.Task == question.Task).Sum(q => q.Information);
                var left = Math.Max(0, 1 - (spent / Math.Max(1e-12, Entropy(posteriors[question.Task]))));
                var information = AnswerValue.Information(posteriors[question.Task], skills[question.Worker]) * left;
                Enqueue(queue, question with { Information = information }, rounds[question.Task]);
                continue;
            }

            if (question.Information <= 1e-12) break;

            plan.Add(question);
            rounds[question.Task]++;
            budget -= question.Cost;
        }

        return plan;
    }

    private static void Enqueue(PriorityQueue<(Question Question, int Round), (double, int, int)> queue, Question question, int round) =>
        queue.Enqueue((question, round), (-question.Information / question.Cost, question.Task, question.Worker));

    private static double Entropy(double[] posterior)
    {
        var entropy = 0.0;
        foreach (var p in posterior) entropy -= p > 0 ? p * Math.Log(p) : 0;
        return entropy;
    }
}
