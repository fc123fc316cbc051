using Crowd.Consensus.MultiChoice;
using Crowd.Consensus.Numbers;
using Crowd.Consensus.Ordinal;
using Crowd.Consensus.Pairwise;
using Crowd.Consensus.Rankings;
using Crowd.Consensus.Spans;
using Crowd.Consensus.Text;
using Crowd.Consensus.Weighting;

namespace Crowd.Consensus.Tests;

public class OtherModelsTests
{
    [Fact]
    public void The_ordinal_model_corrects_a_worker_who_rates_too_high()
    {
        var random = new Random(3);
        var rows = new List<(int Task, int Worker, int Label)>();
        var truth = new int[300];
        for (var t = 0; t < truth.Length; t++)
        {
            truth[t] = random.Next(5);
            for (var w = 0; w < 4; w++) rows.Add((t, w, Math.Clamp(truth[t] + (w >= 2 ? 1 : 0) + (random.Next(10) == 0 ? -1 : 0), 0, 4)));
        }

        var answers = MadeUpCrowd.From(rows, truth.Length, 4, 5);
        var model = OrdinalMethods.Model(answers);
        int Right(int[] labels) => labels.Where((label, t) => label == truth[t]).Count();
        Assert.True(Right(model.Labels) > Right(OrdinalMethods.Median(answers).Labels));
        for (var i = 1; i < model.Fit.Trace.Length; i++) Assert.True(model.Fit.Trace[i] >= model.Fit.Trace[i - 1] - 1e-6);
    }

    [Fact]
    public void The_number_model_takes_bias_off_and_gives_the_careful_more_weight()
    {
        var random = new Random(4);
        var rows = new List<(int Task, int Worker, double Value)>();
        var truth = new double[200];
        double[] biases = [8, -8, 0, 0];
        double[] deviations = [1, 1, 1, 20];
        for (var t = 0; t < truth.Length; t++)
        {
            truth[t] = 100 * random.NextDouble();
            for (var w = 0; w < 4; w++) rows.Add((t, w, truth[t] + biases[w] + (deviations[w] * Normal(random))));
        }

        var answers = NumberAnswers.From(
            rows.ConvertAll(r => r.Task).ToArray(), rows.ConvertAll(r => r.Worker).ToArray(), rows.ConvertAll(r => r.Value).ToArray(), truth.Length, 4);
        var model = NumberMethods.Model(answers);
        double Error(double[] values) => values.Select((v, t) => Math.Abs(v - truth[t])).Average();
        Assert.True(Error(model.Values) < .5 * Error(NumberMethods.Mean(answers).Values));
        Assert.True(model.Workers[3].Weight < .2 * model.Workers[2].Weight);
        Assert.InRange(model.Workers[0].Bias - model.Workers[1].Bias, 13, 17);
    }

    [Fact]
    public void Bradley_Terry_of_two_items_is_the_log_odds_drawn_in_by_the_prior()
    {
        var wins = Enumerable.Repeat(new Comparison(0, 0, 1, Comparison.LeftWins), 30);
        var losses = Enumerable.Repeat(new Comparison(0, 0, 1, Comparison.RightWins), 10);
        var result = BradleyTerry.Run([.. wins, .. losses], 2, 1);
        Assert.InRange(result.Scores[0] - result.Scores[1], 1.0, Math.Log(3));
        Assert.Equal(0, result.Scores.Sum(), 9);

        var tied = BradleyTerry.Run(Enumerable.Repeat(new Comparison(0, 0, 1, Comparison.Tie), 9).ToArray(), 2, 1);
        Assert.Equal(tied.Scores[0], tied.Scores[1], 9);
    }

    [Fact]
    public void Ties_have_a_parameter_that_is_found_again_with_the_strengths()
    {
        double[] truth = [1.5, .5, 0, -.5, -1.5];
        const double Ties = .8;
        var random = new Random(3);
        var comparisons = new List<Comparison>();
        for (var i = 0; i < 3000; i++)
        {
            var (left, right) = (random.Next(5), random.Next(4));
            right += right >= left ? 1 : 0;
            var (win, loss) = (Math.Exp((truth[left] - truth[right]) / 2), Math.Exp((truth[right] - truth[left]) / 2));
            var u = random.NextDouble() * (win + loss + Ties);
            comparisons.Add(new Comparison(i % 20, left, right, u < win ? Comparison.LeftWins : u < win + loss ? Comparison.RightWins : Comparison.Tie));
        }

        var result = BradleyTerry.Run(comparisons.ToArray(), 5, 20);
        Assert.InRange(result.Ties, .65, .95);
        for (var k = 0; k < 5; k++) Assert.True(Math.Abs(result.Scores[k] - truth[k]) < .2, $"{k}: {result.Scores[k]}");

        // Guesses look like ties and upsets, so that the form with guessing workers finds strengths farther apart in the same order.
        var noisy = BradleyTerry.RunNoisy(comparisons.ToArray(), 5, 20);
        Assert.True(noisy.Ties > 0);
        Assert.Equal([0, 1, 2, 3, 4], Enumerable.Range(0, 5).OrderByDescending(k => noisy.Scores[k]));

        var decided = comparisons.Where(c => !c.IsTie).ToArray();
        Assert.Equal(0, BradleyTerry.Run(decided, 5, 20).Ties);
    }

    [Fact]
    public void Kendalls_order_is_never_farther_from_the_answers_than_Bordas()
    {
        var random = new Random(6);
        for (var trial = 0; trial < 30; trial++)
        {
            var rankings = new int[5][];
            for (var w = 0; w < rankings.Length; w++)
            {
                rankings[w] = [0, 1, 2, 3, 4, 5];
                random.Shuffle(rankings[w]);
            }

            double[] weights = [1, 1, 2, 1, 1];
            Assert.True(RankingMethods.Kendall(rankings, weights, 6).Agreement >= Borda.Of(rankings, weights, 6).Agreement - 1e-12);
        }

        Assert.Equal(3, RankingMethods.Pairs(0, [2, 0, 1]).Count());
    }

    [Fact]
    public void Rover_votes_word_by_word()
    {
        var voted = Rover.Of(["the cat sat on the mat.", "the cat sat on a mat.", "a cat sat on the mat."], [1, 1, 1]);
        Assert.Equal("the cat sat on the mat.", voted.Text);
        Assert.InRange(voted.Confidence, .8, .99);
        Assert.Equal("only one", Rover.Of(["only one"], [1]).Text);
        Assert.Equal(.5, TextTokens.WordErrorRate("the dog", "The cat"), 12);
    }

    [Fact]
    public void Weights_grow_with_agreement()
    {
        string[] texts = ["red car", "red car", "blue", "a house", "a house", "no idea", "dog runs", "dog runs", "x"];
        int[] tasks = [0, 0, 0, 1, 1, 1, 2, 2, 2];
        int[] workers = [0, 1, 2, 0, 1, 2, 0, 1, 2];
        var weights = AgreementWeights.Of(tasks, workers, 3, (i, j) => EditDistance.Similarity(texts[i], texts[j]));
        Assert.True(weights[0].Weight > 1.1 * weights[2].Weight);
        Assert.Equal(weights[0].Weight, weights[1].Weight, 12);
    }

    [Fact]
    public void The_token_model_finds_spans_that_most_mark()
    {
        var tasks = new List<int>();
        var workers = new List<int>();
        var answers = new List<TextSpan[]>();
        for (var t = 0; t < 20; t++)
        {
            for (var w = 0; w < 3; w++)
            {
                tasks.Add(t);
                workers.Add(w);
                answers.Add(w == 2 && t % 4 == 0 ? [new TextSpan(1, 3, 1)] : [new TextSpan(2, 5, 0)]);
            }
        }

        var spans = SpanTokenModel.Run(tasks.ToArray(), workers.ToArray(), answers, 20, 3, 2);
        Assert.All(spans, task => Assert.Equal(new TextSpan(2, 5, 0), Assert.Single(task).Span));
    }

    [Fact]
    public void Sets_are_decided_label_by_label_with_a_model_of_the_workers()
    {
        int[] tasks = [0, 0, 0, 1, 1, 1];
        int[] workers = [0, 1, 2, 0, 1, 2];
        int[][] answers = [[0, 1], [0, 1], [2], [1], [1], []];
        var sets = LabelwiseModel.Run(tasks, workers, answers, 2, 3, 3, (a, o) => Crowd.Consensus.Categories.MajorityVote.Run(a, o));
        Assert.Equal([0, 1], sets[0].Labels);
        Assert.Equal([1], sets[1].Labels);
        Assert.Equal(2 / 3.0, sets[0].Confidence, 12);
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
