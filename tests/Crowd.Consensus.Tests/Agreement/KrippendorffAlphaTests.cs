using Crowd.Consensus.Agreement;

namespace Crowd.Consensus.Tests.Agreement;

public class KrippendorffAlphaTests
{
    /// <summary>Krippendorff 2011, section C: four observers, twelve units, missing data.</summary>
    private static readonly string[] Observers = ["123321412...", "1233224125.3", ".3332342251.", "12332441251."];

    [Theory]
    [InlineData(MeasurementLevel.Nominal, .743)]
    [InlineData(MeasurementLevel.Ordinal, .815)]
    [InlineData(MeasurementLevel.Interval, .849)]
    [InlineData(MeasurementLevel.Ratio, .797)]
    public void The_published_example(MeasurementLevel level, double expected)
    {
        var (tasks, values) = Example();
        Assert.Equal(expected, KrippendorffAlpha.Of(tasks, values, level).Value, 3);
    }

    [Fact]
    public void Any_distance_gives_the_same_as_the_closed_forms()
    {
        var (tasks, values) = Example();
        var nominal = KrippendorffAlpha.Of(tasks, (i, j) => values[i].Equals(values[j]) ? 0 : 1);
        var interval = KrippendorffAlpha.Of(tasks, (i, j) => Math.Pow(values[i] - values[j], 2));
        Assert.Equal(KrippendorffAlpha.Of(tasks, values, MeasurementLevel.Nominal).Value, nominal.Value, 12);
        Assert.Equal(KrippendorffAlpha.Of(tasks, values, MeasurementLevel.Interval).Value, interval.Value, 12);
    }

    [Fact]
    public void Without_pairs_or_variation_there_is_a_reason_and_no_value()
    {
        Assert.Equal("No task has two answers.", KrippendorffAlpha.Of([0, 1], [1, 2], MeasurementLevel.Nominal).Undefined);
        Assert.False(KrippendorffAlpha.Of([0, 0, 1, 1], [1, 1, 1, 1], MeasurementLevel.Interval).IsDefined);
    }

    private static (int[] Tasks, double[] Values) Example()
    {
        var tasks = new List<int>();
        var values = new List<double>();
        foreach (var observer in Observers)
        {
            for (var unit = 0; unit < observer.Length; unit++)
            {
                if (observer[unit] == '.') continue;

                tasks.Add(unit);
                values.Add(observer[unit] - '0');
            }
        }

        return ([.. tasks], [.. values]);
    }
}
