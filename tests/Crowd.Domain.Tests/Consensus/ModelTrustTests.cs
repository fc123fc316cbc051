using static Crowd.Domain.Tests.Some;

namespace Crowd.Domain.Tests.Consensus;

public class ModelTrustTests
{
    private static readonly Redundancy UpToFive = new() { MinAnswers = 1, MaxAnswers = 5, TargetConfidence = 0.95 };

    private static readonly Prediction Said = new() { Model = "net", Version = "1", Label = Cat, Confidence = 0.99 };

    [Fact]
    public void Before_any_experience_a_prediction_is_worth_a_newcomer()
    {
        var trust = new ModelTrust(3);
        Assert.Equal(0.75, trust.Weight(0.99, 0), 12);
        Assert.Equal(trust.Weight(0.1, 0), trust.Weight(null, 0));
    }

    [Fact]
    public void What_a_stated_confidence_is_worth_is_learnt_band_by_band()
    {
        var trust = new ModelTrust(3);
        for (var i = 0; i < 200; i++)
        {
            trust.Learn(0.97, i % 3, i % 3);
            trust.Learn(0.7, i % 3, (i + (i % 2)) % 3);
        }

        Assert.True(trust.Weight(0.97, 0) > 0.97);
        Assert.InRange(trust.Weight(0.7, 0), 0.4, 0.6);
        Assert.Equal(1, Enumerable.Range(0, 3).Sum(said => trust.Likelihood(0.97, 0, said)), 12);
    }

    [Fact]
    public void A_good_model_saves_answers_that_people_alone_would_still_have_to_give()
    {
        var trust = new ModelTrust(3);
        for (var i = 0; i < 300; i++)
            trust.Learn(0.99, i % 3, i % 3);
        var evaluation = trust.Evaluate(Animals, [Vote(0, Cat)], UpToFive, Said);
        Assert.True(evaluation.Confidence > 0.95);
        Assert.Equal((Cat, true), (evaluation.Label, evaluation.Model!.Agrees));
        Assert.Equal(ConsensusRule.Evaluate(Animals, [Vote(0, Cat)]).Confidence, evaluation.Model.WithoutConfidence);

        // One newcomer's answer is far from 0.95; three that agree reach it.
        var needed = Enumerable.Range(1, 5).First(n => ConsensusRule.Evaluate(Animals, [.. Enumerable.Range(0, n).Select(i => Vote(i, Cat))]).Confidence >= 0.95);
        Assert.Equal(needed - 1, evaluation.Model.SavedAnswers);
    }

    [Fact]
    public void A_model_that_people_had_been_done_without_cost_the_answers_that_came_after()
    {
        Ballot[] all = [.. Enumerable.Range(0, 5).Select(i => Vote(i, Cat))];
        var needed = Enumerable.Range(1, 5).First(n => ConsensusRule.Evaluate(Animals, all[..n]).Confidence >= 0.95);
        Assert.Equal(needed - 5, new ModelTrust(3).Evaluate(Animals, all, UpToFive, Said with { Label = Dog }).Model!.SavedAnswers);
    }

    private static Ballot Vote(int number, Answer answer) => new(AssignmentId.Of(TheTask, number), Worker(number), answer, Trust());
}
