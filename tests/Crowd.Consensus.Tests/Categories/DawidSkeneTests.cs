using Crowd.Consensus.Answers;
using Crowd.Consensus.Categories;

namespace Crowd.Consensus.Tests.Categories;

public class DawidSkeneTests
{
    /// <summary>The anaesthetists of Dawid and Skene 1979, table 1: 45 patients, five observers, of whom the first saw each patient three times.</summary>
    private const string Patients =
        "111 1 1 1 1;333 4 3 3 4;112 2 1 2 2;222 3 1 2 1;222 3 2 2 2;222 3 3 2 2;122 2 1 1 1;333 3 4 3 3;222 2 2 2 3;232 2 2 2 3;444 4 4 4 4;"
        + "222 3 3 4 3;111 1 1 1 1;222 3 2 1 2;121 1 1 1 1;111 2 1 1 1;111 1 1 1 1;111 1 1 1 1;222 2 2 2 1;222 1 3 2 2;222 2 2 2 2;222 2 2 2 1;"
        + "222 3 2 2 2;221 2 2 2 2;111 1 1 1 1;111 1 1 1 1;232 2 2 2 2;111 1 1 1 1;111 1 1 1 1;112 1 1 2 1;111 1 1 1 1;333 3 2 3 3;111 1 1 1 1;"
        + "222 2 2 2 2;222 3 2 3 2;433 4 3 4 3;221 2 2 3 2;232 3 2 3 3;333 3 4 3 2;111 1 1 1 1;111 1 1 1 1;121 2 1 1 1;232 2 2 2 2;121 1 1 1 1;222 2 2 2 2";

    [Fact]
    public void The_anaesthetists_come_out_as_published()
    {
        var result = DawidSkene.Run(Anaesthetists(), new CategoryOptions { MaxRounds = 2000, Tolerance = 1e-9 });

        Assert.Equal(.40, result.LabelShares[0], 2);
        Assert.Equal(.42, result.LabelShares[1], 2);
        Assert.Equal(.11, result.LabelShares[2], 2);
        Assert.Equal(.07, result.LabelShares[3], 2);
        Assert.True(result.Fit.Converged);

        // Observer 1 given truth 1 and 2 (their table 2): .89 .11 and .07 .88 .05.
        Assert.Equal(.89, result.Confusions![0], 2);
        Assert.Equal(.11, result.Confusions[1], 2);
        Assert.Equal(.07, result.Confusions[4], 2);
        Assert.Equal(.88, result.Confusions[5], 2);
    }

    [Fact]
    public void The_likelihood_never_falls()
    {
        foreach (var trace in new[]
        {
            DawidSkene.Run(Anaesthetists()).Fit.Trace,
            DawidSkene.RunWithPrior(Anaesthetists()).Fit.Trace,
        })
        {
            for (var i = 1; i < trace.Length; i++) Assert.True(trace[i] >= trace[i - 1] - 1e-7, $"round {i}: {trace[i - 1]} then {trace[i]}");
        }
    }

    [Fact]
    public void Gold_answers_keep_their_label()
    {
        var gold = new int[45];
        Array.Fill(gold, -1);
        gold[0] = 3;
        var result = DawidSkene.Run(Anaesthetists(), new CategoryOptions { Gold = gold });
        Assert.Equal(3, result.Labels[0]);
        Assert.Equal(1, result.Confidence(0));
    }

    private static CategoryAnswers Anaesthetists()
    {
        var tasks = new List<int>();
        var workers = new List<int>();
        var labels = new List<int>();
        var patients = Patients.Split(';');
        for (var t = 0; t < patients.Length; t++)
        {
            var observers = patients[t].Split(' ');
            for (var w = 0; w < observers.Length; w++)
            {
                foreach (var label in observers[w])
                {
                    tasks.Add(t);
                    workers.Add(w);
                    labels.Add(label - '1');
                }
            }
        }

        return CategoryAnswers.From(tasks.ToArray(), workers.ToArray(), labels.ToArray(), patients.Length, 5, 4);
    }

    [Fact]
    public void One_wrong_gold_label_does_not_overturn_the_workers()
    {
        var crowd = new MadeUpCrowd(90, 5, [.9, .9, .85, .85, .8, .8], 3, seed: 3);
        var gold = new int[90];
        Array.Fill(gold, -1);
        gold[1] = (crowd.Truth[1] + 1) % 3;
        foreach (var method in (CategoryMethod[])[DawidSkene.Run, OneCoin.Run, ClassifierCombination.RunIndependent, MinimaxEntropy.Run, Auto.Run])
        {
            var result = method(crowd.Answers(), new CategoryOptions { Gold = gold });
            Assert.True(crowd.Accuracy(result.Labels) > .9, $"{result.Method}: {crowd.Accuracy(result.Labels)}");
        }
    }
}
