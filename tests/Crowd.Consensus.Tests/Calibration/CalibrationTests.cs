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
        var calibration = PosteriorCalibration.FromGold(raw, gold);
        var calibrated = calibration.Apply(raw);

        Assert.True(calibration.Temperature > 1 || calibration.Doubt > 0);
        Assert.True(CalibrationError.Of(calibrated, others) < .6 * CalibrationError.Of(raw, others));
        Assert.Equal(raw.Labels, calibrated.Labels);
        Assert.Equal(1, calibrated.Posterior(3).ToArray().Sum(), 9);
    }

    [Fact]
    public void A_well_fitting_model_is_left_nearly_alone()
    {
        var crowd = new MadeUpCrowd(600, 5, [.8, .8, .75, .75, .7, .7, .65], 2, seed: 14);
        var raw = DawidSkene.RunWithPrior(crowd.Answers());
        var calibrated = PosteriorCalibration.FromAnswers(crowd.Answers(), raw).Apply(raw);
        Assert.True(CalibrationError.Of(calibrated, crowd.Truth) < CalibrationError.Of(raw, crowd.Truth) + .03);
    }
}
