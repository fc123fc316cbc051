using Crowd.Consensus.Calibration;
using Crowd.Consensus.Categories;

namespace Crowd.Consensus.Tests.Calibration;

public class CalibrationTests
{
    [Fact]
    public void Gold_takes_overconfidence_away_and_changes_no_label()
    {
        // Each answer is given three times over by accounts of one person: the model takes them for three witnesses.
        var crowd = new MadeUpCrowd(500, 3, [.75, .7, .7, .65, .6], 2, seed: 13);
        foreach (var row in crowd.Rows.ToList())
        {
            crowd.Rows.Add(row with { Worker = row.Worker + 5 });
            crowd.Rows.Add(row with { Worker = row.Worker + 10 });
        }

        var raw = DawidSkene.RunWithPrior(crowd.Answers(15));
        var gold = crowd.Truth.Select((label, t) => t % 5 == 0 ? label : -1).ToArray();
        var others = crowd.Truth.Select((label, t) => t % 5 == 0 ? -1 : label).ToArray();
        var calibration = PosteriorCalibration.FromGold(crowd.Answers(15), raw, gold);
        var calibrated = calibration.Apply(crowd.Answers(15), raw);

        Assert.True(calibration.Temperature > 1 || calibration.Doubt > 0 || calibration.Votes > 0);
        Assert.True(CalibrationError.Of(calibrated, others) < .6 * CalibrationError.Of(raw, others));
        Assert.Equal(raw.Labels, calibrated.Labels);
        Assert.Equal(1, calibrated.Posterior(3).ToArray().Sum(), 9);
    }

    [Theory]
    [InlineData("majority")]
    [InlineData("auto")]
    [InlineData("dawid-skene-prior")]
    public void Without_gold_a_crowd_that_fits_the_model_stays_calibrated(string name)
    {
        var crowd = new MadeUpCrowd(600, 5, [.8, .8, .75, .75, .7, .7, .65], 2, seed: 14);
        var raw = CategoryMethods.All[name](crowd.Answers(), null);
        var calibrated = PosteriorCalibration.Usual(name).Apply(crowd.Answers(), raw);
        Assert.Equal(raw.Labels, calibrated.Labels);
        if (name == MajorityVote.Name) Assert.Equal(raw.Posteriors, calibrated.Posteriors);
        else Assert.True(CalibrationError.Of(calibrated, crowd.Truth) < .09, $"{CalibrationError.Of(calibrated, crowd.Truth)}");
    }

    [Fact]
    public void Gold_that_the_method_is_told_calibrates_the_rest_and_stays_certain()
    {
        var crowd = new MadeUpCrowd(500, 3, [.75, .7, .7, .65, .6], 2, seed: 13);
        foreach (var row in crowd.Rows.ToList()) crowd.Rows.Add(row with { Worker = row.Worker + 5 });

        var gold = crowd.Truth.Select((label, t) => t % 5 == 0 ? label : -1).ToArray();
        var others = crowd.Truth.Select((label, t) => t % 5 == 0 ? -1 : label).ToArray();
        var options = new CategoryOptions { Gold = gold };
        var raw = DawidSkene.Run(crowd.Answers(10), options);
        var calibration = PosteriorCalibration.CrossFitted(DawidSkene.Name, DawidSkene.Run, crowd.Answers(10), options);
        var calibrated = calibration.Apply(crowd.Answers(10), raw, gold);
        Assert.True(CalibrationError.Of(calibrated, others) < .7 * CalibrationError.Of(raw, others), $"{CalibrationError.Of(raw, others)} to {CalibrationError.Of(calibrated, others)}");
        Assert.Equal(1, calibrated.Confidence(0), 12);

        var few = new CategoryOptions { Gold = gold.Select((label, t) => t < 50 ? label : -1).ToArray() };
        Assert.Equal(PosteriorCalibration.Usual(DawidSkene.Name), PosteriorCalibration.CrossFitted(DawidSkene.Name, DawidSkene.Run, crowd.Answers(10), few));
    }
}
