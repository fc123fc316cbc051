using Crowd.Consensus.Answers;

namespace Crowd.Api.Statistics;

/// <summary>Answers of a crowd that is only assumed, for forecasts before there is any answer. The same for the same arguments.</summary>
internal static class AssumedCrowd
{
    private const int Tasks = 300;
    private const int Workers = 30;
    private const int AnswersPerTask = 5;

    /// <summary>How far workers lie from the mean.</summary>
    private const double Spread = 0.05;

    /// <summary>With more labels than these, wrong answers hardly ever agree any more and a forecast does not change.</summary>
    private const int MostLabels = 20;

    /// <summary>Answers to a few hundred tasks.</summary>
    /// <param name="skill">Mean share of right answers; wrong ones are spread evenly.</param>
    /// <param name="labels">How many labels there are.</param>
    public static CategoryAnswers Answers(double skill, int labels)
    {
        labels = Math.Clamp(labels, 2, MostLabels);
        var random = new Random(labels);
        var (tasks, workers, answers) = (new List<int>(), new List<int>(), new List<int>());
        for (var task = 0; task < Tasks; task++)
        {
            var truth = random.Next(labels);
            var first = random.Next(Workers);
            for (var i = 0; i < AnswersPerTask; i++)
            {
                var worker = (first + i) % Workers;
                var right = random.NextDouble() < skill + (worker % 2 == 0 ? Spread : -Spread);
                tasks.Add(task);
                workers.Add(worker);
                answers.Add(right ? truth : (truth + 1 + random.Next(labels - 1)) % labels);
            }
        }

        return CategoryAnswers.From([.. tasks], [.. workers], [.. answers], Tasks, Workers, labels);
    }
}
