using System.Diagnostics;
using Crowd.Consensus.Answers;
using Crowd.Consensus.Categories;

namespace Crowd.Api.CommandLine.Consensus.Benchmark;

/// <summary>Time and memory on made-up data of a given size.</summary>
internal static class SpeedTrials
{
    private const int Workers = 1000;
    private const int Labels = 4;
    private const int FixedRounds = 90;

    public static string Run(bool large, Action<string> told)
    {
        var table = new MarkdownTable("what", "tasks", "answers", "threads", "rounds", "seconds", "ms a round", "memory at most, MB");
        DawidSkeneTrial(table, 100_000, 500_000, 1, toEnd: true, told);
        DawidSkeneTrial(table, 100_000, 500_000, Environment.ProcessorCount, toEnd: true, told);
        DawidSkeneTrial(table, 100_000, 500_000, Environment.ProcessorCount, toEnd: false, told);
        if (large) DawidSkeneTrial(table, 2_000_000, 10_000_000, Environment.ProcessorCount, toEnd: false, told);

        told("online");
        var microseconds = Online();
        var incremental = Incremental();
        return $"""
            ## Speed

            Made-up answers: {Workers} workers who are right between 55 and 95 times in a hundred, {Labels} labels. Dawid-Skene by maximum likelihood, until the
            posteriors move by no more than 1e-5 on average or for a number of rounds; reading and sorting the answers is not counted.

            {table}
            An online update (one vote into the log evidence, and the posterior) takes {microseconds:F3} µs; an incremental update (the task's posterior and the counts of its
            workers) {incremental:F2} µs.
            """;
    }

    /// <summary>Answers drawn from workers with confusion matrices.</summary>
    public static CategoryAnswers Make(int tasks, int answers, int seed)
    {
        var random = new Random(seed);
        var truth = new int[tasks];
        foreach (ref var label in truth.AsSpan()) label = random.Next(Labels);
        var accuracies = new double[Workers];
        foreach (ref var accuracy in accuracies.AsSpan()) accuracy = 0.55 + (0.4 * random.NextDouble());

        var (taskOf, workerOf, labelOf) = (new int[answers], new int[answers], new int[answers]);
        for (var i = 0; i < answers; i++)
        {
            taskOf[i] = i % tasks;
            workerOf[i] = random.Next(Workers);
            labelOf[i] = random.NextDouble() < accuracies[workerOf[i]] ? truth[taskOf[i]] : (truth[taskOf[i]] + 1 + random.Next(Labels - 1)) % Labels;
        }

        return CategoryAnswers.From(taskOf, workerOf, labelOf, tasks, Workers, Labels);
    }

    private static void DawidSkeneTrial(MarkdownTable table, int tasks, int answers, int threads, bool toEnd, Action<string> told)
    {
        told($"dawid-skene {answers}");
        var made = Make(tasks, answers, seed: 1);
        var options = toEnd
            ? new CategoryOptions { Threads = threads, MaxRounds = 1000 }
            : new CategoryOptions { Threads = threads, MaxRounds = FixedRounds, Tolerance = 0 };
        DawidSkene.Run(made, options with { MaxRounds = 3 });
        var clock = Stopwatch.StartNew();
        var result = DawidSkene.Run(made, options);
        var seconds = clock.Elapsed.TotalSeconds;
        table.Add(
            toEnd ? "dawid-skene to 1e-5" : $"dawid-skene, {FixedRounds} rounds", $"{tasks}", $"{answers}", $"{threads}", $"{result.Fit.Rounds}", $"{seconds:F3}", $"{1000 * seconds / result.Fit.Rounds:F2}",
            $"{Process.GetCurrentProcess().PeakWorkingSet64 >> 20}");
    }

    private static double Online()
    {
        const int Updates = 2_000_000;
        Span<double> evidence = stackalloc double[Labels];
        Span<double> posterior = stackalloc double[Labels];
        var sum = 0.0;
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < Updates; i++)
        {
            if (i % 5 == 0) evidence.Clear();
            OnlineBayes.Add(evidence, new OnlineVote(i & 3, i % 17, 20));
            OnlineBayes.Normalise(evidence, posterior);
            sum += posterior[0];
        }

        GC.KeepAlive(sum);
        return clock.Elapsed.TotalMicroseconds / Updates;
    }

    private static double Incremental()
    {
        const int Tasks = 40_000;
        var answers = Make(Tasks, Tasks * 5, seed: 2);
        var estimator = new IncrementalEstimator(Labels);
        var clock = Stopwatch.StartNew();
        for (var t = 0; t < Tasks; t++)
        {
            for (var i = answers.TaskStarts[t]; i < answers.TaskStarts[t + 1]; i++) estimator.Add(t, answers.Workers[i], answers.Labels[i]);
        }

        return clock.Elapsed.TotalMicroseconds / answers.Count;
    }
}
