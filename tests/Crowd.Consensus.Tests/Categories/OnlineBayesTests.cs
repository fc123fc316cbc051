using Crowd.Consensus.Categories;

namespace Crowd.Consensus.Tests.Categories;

public class OnlineBayesTests
{
    private const int A = 0;
    private const int B = 1;

    [Fact]
    public void Skill_is_smoothed_by_one_half()
    {
        Assert.Equal(0.5, OnlineBayes.Skill(0, 0));
        Assert.Equal(0.75, OnlineBayes.Skill(1, 1));
        Assert.Equal(9.5 / 11, OnlineBayes.Skill(9, 10), 12);
    }

    [Theory]
    [InlineData(A, .7, A, .9, A, .9767)]
    [InlineData(A, .7, B, .9, B, .7606)]
    public void Two_votes_over_three_labels(int first, double firstSkill, int second, double secondSkill, int label, double expected)
    {
        var posterior = Posterior((first, firstSkill), (second, secondSkill));
        Assert.Equal(expected, posterior[label], 4);
        Assert.Equal(1, posterior.Sum(), 12);
    }

    [Fact]
    public void A_third_vote_settles_a_split() => Assert.Equal(.9621, Posterior((A, .7), (B, .9), (B, .8))[B], 4);

    [Fact]
    public void Vote_by_vote_is_the_same_as_all_at_once()
    {
        OnlineVote[] votes = [new(2, 8, 10), new(1, 3, 9), new(2, 0, 0), new(0, 40, 41)];
        var atOnce = new double[4];
        OnlineBayes.Posterior(votes, atOnce);

        var evidence = new double[4];
        foreach (var vote in votes.Reverse()) OnlineBayes.Add(evidence, vote);
        OnlineBayes.Normalise(evidence, evidence);

        for (var k = 0; k < 4; k++) Assert.Equal(atOnce[k], evidence[k], 12);
    }

    [Fact]
    public void No_votes_leave_all_labels_equal()
    {
        var posterior = new double[4];
        OnlineBayes.Posterior([], posterior);
        Assert.All(posterior, p => Assert.Equal(.25, p));
    }

    private static double[] Posterior(params (int Label, double Skill)[] votes)
    {
        var evidence = new double[3];
        foreach (var (label, skill) in votes) evidence[label] += OnlineBayes.Evidence(skill, 3);
        OnlineBayes.Normalise(evidence, evidence);
        return evidence;
    }
}
