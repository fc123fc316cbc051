using Crowd.Consensus.Agreement;

namespace Crowd.Consensus.Tests.Agreement;

public class CoefficientTests
{
    /// <summary>Fleiss 1971, table 1: thirty patients, six psychiatrists each, five diagnoses; how many gave each diagnosis.</summary>
    private const string Diagnoses =
        "00060 03003 01401 00006 03030 20400 00402 20310 20040 00006 10050 11040 03300 10050 02031 "
        + "00501 30012 51000 02040 10203 00006 01050 02013 20040 10041 05010 40002 02040 10500 00006";

    [Fact]
    public void Fleiss_1971_is_430()
    {
        var (tasks, labels) = FromCounts(Diagnoses);
        Assert.Equal(.430, Kappas.Fleiss(tasks, labels, 5).Value, 3);
        Assert.Equal(.556, Kappas.Pairwise(tasks, labels, 5).Value, 3);
    }

    /// <summary>Gwet 2008: 118 items both positive, 5 and 2 split, none both negative.</summary>
    [Fact]
    public void Gwet_AC1_stays_high_where_kappa_collapses()
    {
        var (tasks, labels) = FromCounts(string.Join(' ', Enumerable.Repeat("20", 118).Concat(Enumerable.Repeat("11", 7))));
        Assert.Equal(.9408, Kappas.Gwet(tasks, labels, 2).Value, 4);

        int[] first = [.. Enumerable.Repeat(0, 123), 1, 1];
        int[] second = [.. Enumerable.Repeat(0, 118), .. Enumerable.Repeat(1, 5), 0, 0];
        Assert.Equal(-.0234, Kappas.Cohen(first, second, 2).Value, 4);
    }

    /// <summary>Gwet 2014 on the four raters of Krippendorff 2011, with missing values.</summary>
    [Fact]
    public void Gwet_and_Fleiss_with_missing_values()
    {
        string[] raters = ["123321412...", "1233224125.3", ".3332342251.", "12332441251."];
        var tasks = new List<int>();
        var labels = new List<int>();
        foreach (var rater in raters)
        {
            for (var t = 0; t < rater.Length; t++)
            {
                if (rater[t] == '.') continue;

                tasks.Add(t);
                labels.Add(rater[t] - '1');
            }
        }

        Assert.Equal(.77544, Kappas.Gwet(tasks.ToArray(), labels.ToArray(), 5).Value, 5);
        Assert.Equal(.76117, Kappas.Fleiss(tasks.ToArray(), labels.ToArray(), 5).Value, 5);
    }

    /// <summary>Cohen 1960's idea on a table of 50: 20 both yes, 15 both no, 5 and 10 split gives .4.</summary>
    [Fact]
    public void Cohen_and_its_weighted_forms()
    {
        int[] first = [.. Enumerable.Repeat(0, 25), .. Enumerable.Repeat(1, 25)];
        int[] second = [.. Enumerable.Repeat(0, 20), .. Enumerable.Repeat(1, 5), .. Enumerable.Repeat(0, 10), .. Enumerable.Repeat(1, 15)];
        Assert.Equal(.4, Kappas.Cohen(first, second, 2).Value, 10);
        Assert.Equal(.4, Kappas.Cohen(first, second, 2, LabelWeights.Quadratic(2)).Value, 10);
        Assert.Equal((.7 - .505) / .495, Kappas.Scott(first, second, 2).Value, 10);
        Assert.True(Kappas.Cohen([0, 1, 2, 2], [1, 1, 2, 2], 3, LabelWeights.Linear(3)).Value > Kappas.Cohen([0, 1, 2, 2], [1, 1, 2, 2], 3).Value);
    }

    [Fact]
    public void Two_of_three_is_a_third_by_pairs_and_two_thirds_by_the_mode()
    {
        Assert.Equal(1 / 3.0, Kappas.Pairwise([0, 0, 0], [0, 0, 1], 2).Value, 12);
        Assert.Equal(2 / 3.0, Kappas.ModeShare([0, 0, 0], [0, 0, 1], 2).Value, 12);
    }

    /// <summary>Shrout and Fleiss 1979, tables 2 and 4.</summary>
    [Fact]
    public void Intraclass_correlations_of_Shrout_and_Fleiss()
    {
        double[,] ratings = { { 9, 2, 5, 8 }, { 6, 1, 3, 2 }, { 8, 4, 6, 8 }, { 7, 1, 2, 6 }, { 10, 5, 6, 9 }, { 6, 2, 4, 7 } };
        Assert.Equal(.17, IntraclassCorrelation.OneWay(ratings).Value, 2);
        Assert.Equal(.29, IntraclassCorrelation.TwoWayRandom(ratings).Value, 2);
        Assert.Equal(.71, IntraclassCorrelation.TwoWayMixed(ratings).Value, 2);
        Assert.Equal(.44, IntraclassCorrelation.OfMean(IntraclassCorrelation.OneWay(ratings), 4).Value, 2);
        Assert.Equal(.91, IntraclassCorrelation.OfMean(IntraclassCorrelation.TwoWayMixed(ratings), 4).Value, 2);
    }

    [Fact]
    public void Kendalls_W()
    {
        Assert.Equal(1, KendallW.Of(new double[,] { { 1, 2, 3 }, { 10, 20, 30 } }).Value, 12);
        Assert.Equal(1 / 9.0, KendallW.Of(new double[,] { { 1, 2, 3 }, { 1, 2, 3 }, { 3, 2, 1 } }).Value, 12);
        Assert.Equal(1, KendallW.Of(new double[,] { { 1, 1, 3 }, { 2, 2, 4 } }).Value, 12);
    }

    [Fact]
    public void An_interval_holds_its_value_and_is_the_same_every_time()
    {
        var (tasks, labels) = FromCounts(Diagnoses);
        Coefficient Fleiss(int[] ts, int[] ps) => Kappas.Fleiss(ts, Array.ConvertAll(ps, p => labels[p]), 5);
        var interval = Bootstrap.Of(tasks, Fleiss, samples: 200, seed: 3);
        Assert.InRange(.430, interval.Low, interval.High);
        Assert.InRange(interval.High - interval.Low, .1, .4);
        Assert.Equal(interval, Bootstrap.Of(tasks, Fleiss, samples: 200, seed: 3));
    }

    [Fact]
    public void Coefficients_without_a_value_say_why()
    {
        Assert.Contains("two answers", Kappas.Fleiss([0, 1], [0, 1], 2).Undefined, StringComparison.Ordinal);
        Assert.Contains("Chance alone", Kappas.Fleiss([0, 0], [1, 1], 2).Undefined, StringComparison.Ordinal);
        Assert.Contains("share no task", Kappas.Cohen([], [], 2).Undefined, StringComparison.Ordinal);
    }

    private static (int[] Tasks, int[] Labels) FromCounts(string rows)
    {
        var tasks = new List<int>();
        var labels = new List<int>();
        foreach (var (row, t) in rows.Split(' ').Select((row, t) => (row, t)))
        {
            for (var k = 0; k < row.Length; k++)
            {
                for (var n = 0; n < row[k] - '0'; n++)
                {
                    tasks.Add(t);
                    labels.Add(k);
                }
            }
        }

        return ([.. tasks], [.. labels]);
    }
}
