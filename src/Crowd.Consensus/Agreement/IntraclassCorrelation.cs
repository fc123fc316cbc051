namespace Crowd.Consensus.Agreement;

/// <summary>Shrout and Fleiss 1979: the share of the variance of ratings that lies between the targets. Complete tables only.</summary>
public static class IntraclassCorrelation
{
    /// <summary>ICC(1,1): every target has raters of its own.</summary>
    /// <param name="ratings">Row by target, one column a rater; at least two of each.</param>
    public static Coefficient OneWay(double[,] ratings)
    {
        var a = Variances.Of(ratings);
        return a.Ratio(a.Between - a.Within, a.Between + ((a.Raters - 1) * a.Within));
    }

    /// <summary>ICC(2,1): raters are a sample, and differences of their levels count against agreement.</summary>
    /// <inheritdoc cref="OneWay"/>
    public static Coefficient TwoWayRandom(double[,] ratings)
    {
        var a = Variances.Of(ratings);
        return a.Ratio(a.Between - a.Error, a.Between + ((a.Raters - 1) * a.Error) + (a.Raters * (a.Judges - a.Error) / a.Targets));
    }

    /// <summary>ICC(3,1): these raters only, and differences of their levels do not count.</summary>
    /// <inheritdoc cref="OneWay"/>
    public static Coefficient TwoWayMixed(double[,] ratings)
    {
        var a = Variances.Of(ratings);
        return a.Ratio(a.Between - a.Error, a.Between + ((a.Raters - 1) * a.Error));
    }

    /// <summary>ICC(1,k), ICC(2,k) or ICC(3,k) from the single-rater form: the reliability of the mean of <paramref name="raters"/> (Spearman and Brown).</summary>
    public static Coefficient OfMean(Coefficient single, int raters) =>
        single.IsDefined ? Coefficient.Of(raters * single.Value / (1 + ((raters - 1) * single.Value))) : single;

    /// <summary>Mean squares of the two-way analysis of variance.</summary>
    private readonly record struct Variances(int Targets, int Raters, double Between, double Judges, double Error, double Within)
    {
        public static Variances Of(double[,] ratings)
        {
            var (n, k) = (ratings.GetLength(0), ratings.GetLength(1));
            if (n < 2 || k < 2) throw new ArgumentException("It takes two targets and two raters.", nameof(ratings));

            var rows = new double[n];
            var columns = new double[k];
            var grand = 0.0;
            for (var i = 0; i < n; i++)
            {
                for (var j = 0; j < k; j++)
                {
                    rows[i] += ratings[i, j] / k;
                    columns[j] += ratings[i, j] / n;
                    grand += ratings[i, j] / (n * k);
                }
            }

            double between = 0, judges = 0, total = 0;
            foreach (var row in rows) between += k * (row - grand) * (row - grand);
            foreach (var column in columns) judges += n * (column - grand) * (column - grand);
            foreach (var rating in ratings) total += (rating - grand) * (rating - grand);
            return new Variances(
                n, k, between / (n - 1), judges / (k - 1), (total - between - judges) / ((n - 1.0) * (k - 1)), (total - between) / (n * (k - 1.0)));
        }

        public Coefficient Ratio(double numerator, double denominator) =>
            denominator <= 0 ? Coefficient.None("All ratings are equal.") : Coefficient.Of(numerator / denominator);
    }
}
