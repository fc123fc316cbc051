using Crowd.Consensus.Answers;
using Crowd.Consensus.Categories;

namespace Crowd.Consensus.Tests.Categories;

/// <summary>Crowds on which a method may go astray: the answer must be whole, and <c>auto</c> near the best of the plain methods.</summary>
public class HardCrowdTests
{
    private static readonly (string Name, MadeUpCrowd Crowd)[] Crowds =
    [
        ("two answers a worker", Sparse(tasks: 300, perTask: 3, perWorker: 2, labels: 3, accuracy: .75)),
        ("thirty labels", new MadeUpCrowd(200, 4, [.8, .75, .7, .7, .65, .65, .6, .6], 30, seed: 2)),
        ("ninety-seven of a hundred alike", Skewed(tasks: 600, rare: .03)),
        ("one answer a task", new MadeUpCrowd(120, 1, [.8, .7, .6, .9], 3, seed: 4)),
        ("one worker", new MadeUpCrowd(80, 1, [.8], 3, seed: 5)),
        ("spammers in the majority", Spammed(tasks: 300)),
        ("two workers", new MadeUpCrowd(100, 2, [.9, .6], 2, seed: 7)),
        ("more workers than answers", Sparse(tasks: 40, perTask: 2, perWorker: 1, labels: 4, accuracy: .8)),
    ];

    public static TheoryData<string, string> Each
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var (name, _) in Crowds)
            {
                foreach (var method in CategoryMethods.All.Keys.Order(StringComparer.Ordinal)) data.Add(name, method);
            }

            return data;
        }
    }

    /// <summary>Which of two workers is right where they differ, nobody can tell.</summary>
    public static TheoryData<string> Names => new(Crowds.Select(c => c.Name).Where(name => name != "two workers"));

    [Theory]
    [MemberData(nameof(Each))]
    public void Every_method_gives_whole_results(string crowd, string method)
    {
        var answers = Find(crowd).Answers();
        var result = CategoryMethods.All[method](answers, new CategoryOptions());
        for (var t = 0; t < answers.TaskCount; t++)
        {
            Assert.InRange(result.Labels[t], 0, answers.LabelCount - 1);
            Assert.Equal(1, result.Posterior(t).ToArray().Sum(), 6);
            Assert.All(result.Posterior(t).ToArray(), p => Assert.InRange(p, 0, 1 + 1e-9));
        }

        Assert.All(result.Workers.Where(w => w.Answers > 0), w => Assert.InRange(w.Accuracy, 0, 1 + 1e-9));
        Assert.Equal(1, result.LabelShares.Sum(), 6);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Auto_is_never_far_below_the_best_of_the_plain_methods(string crowd)
    {
        var made = Find(crowd);
        var auto = Auto.Run(made.Answers());
        var best = new[] { MajorityVote.Name, Wawa.Name, OneCoin.Name, DawidSkene.PriorName }
            .Max(name => made.Accuracy(CategoryMethods.All[name](made.Answers(), null).Labels));
        var accuracy = made.Accuracy(auto.Labels);
        Assert.True(accuracy >= best - .03, $"{accuracy} against {best}: {auto.Fit.Note}");
    }

    private static MadeUpCrowd Find(string name) => Crowds.First(c => c.Name == name).Crowd;

    private static MadeUpCrowd Sparse(int tasks, int perTask, int perWorker, int labels, double accuracy)
    {
        var crowd = new MadeUpCrowd(tasks, 0, [.. Enumerable.Repeat(accuracy, tasks * perTask / perWorker)], labels, seed: 1);
        var random = new Random(3);
        for (var i = 0; i < tasks * perTask; i++)
        {
            var (task, worker) = (i / perTask, i % crowd.Accuracies.Length);
            crowd.Rows.Add((task, worker, random.NextDouble() < accuracy ? crowd.Truth[task] : (crowd.Truth[task] + 1 + random.Next(labels - 1)) % labels));
        }

        return crowd;
    }

    private static MadeUpCrowd Skewed(int tasks, double rare)
    {
        double[] accuracies = [.95, .95, .9, .9, .9, .85, .85, .85];
        var crowd = new MadeUpCrowd(tasks, 0, accuracies, 2, seed: 6);
        var random = new Random(8);
        for (var t = 0; t < tasks; t++)
        {
            crowd.Truth[t] = random.NextDouble() < rare ? 1 : 0;
            for (var i = 0; i < 4; i++)
            {
                var worker = (t + (2 * i)) % accuracies.Length;
                crowd.Rows.Add((t, worker, random.NextDouble() < accuracies[worker] ? crowd.Truth[t] : 1 - crowd.Truth[t]));
            }
        }

        return crowd;
    }

    /// <summary>Four workers know; eight click at random or always the same.</summary>
    private static MadeUpCrowd Spammed(int tasks)
    {
        var crowd = new MadeUpCrowd(tasks, 9, [.9, .9, .85, .85, .5, .5, .5, .5, .5, .5, .5, .5], 2, seed: 9);
        for (var i = 0; i < crowd.Rows.Count; i++)
        {
            if (crowd.Rows[i].Worker >= 9) crowd.Rows[i] = crowd.Rows[i] with { Label = crowd.Rows[i].Worker % 2 };
        }

        return crowd;
    }
}
