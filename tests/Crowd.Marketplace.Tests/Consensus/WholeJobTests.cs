using System.Text.Json;
using Crowd.Domain;
using Crowd.Marketplace.Consensus;

namespace Crowd.Marketplace.Tests.Consensus;

public sealed class WholeJobTests
{
    private const int Tasks = 60;

    [Fact]
    public void A_label_that_poor_workers_settled_is_revised_by_the_whole_job_and_the_method_is_named()
    {
        var schema = new LabelSchema.SingleChoice { Labels = ["cat", "dog", "owl"] };
        var found = Estimate(schema, t => new Answer.Choice(schema.Labels[t % 3]), t => new Answer.Choice(schema.Labels[(t + 1) % 3]));
        Assert.Equal("auto", found.Method);
        var revision = Assert.Single(found.Revisions);
        Assert.Equal(new Answer.Choice("cat"), revision.Label);
        Assert.InRange(revision.Confidence, .8, 1);
    }

    [Fact]
    public void Sets_of_labels_are_revised_label_by_label_and_only_to_what_the_schema_allows()
    {
        Answer Right(int t) => new Answer.Choices(t % 2 == 0 ? ["cat", "dog"] : ["owl"]);
        Answer Wrong(int t) => new Answer.Choices(t % 2 == 0 ? ["owl"] : ["cat", "dog"]);
        var schema = new LabelSchema.MultiChoice { Labels = ["cat", "dog", "owl"], Least = 1 };
        var found = Estimate(schema, Right, Wrong);
        Assert.Equal("auto", found.Method);
        Assert.Equal(Right(0), Assert.Single(found.Revisions).Label);

        Assert.Empty(Estimate(schema with { Most = 1 }, Right, Wrong).Revisions);
    }

    [Fact]
    public void Ratings_are_estimated_as_points_of_a_scale_and_preferences_as_choices()
    {
        var scale = new LabelSchema.Rating { From = 1, To = 5 };
        Assert.Equal("ordinal-model", Estimate(scale, t => new Answer.Rated(1 + (t % 5)), t => new Answer.Rated(5 - (t % 5))).Method);

        var sides = new LabelSchema.Pairwise { Tie = true };
        var found = Estimate(sides, t => new Answer.Preferred((Side)(t % 3)), t => new Answer.Preferred((Side)((t + 1) % 3)));
        Assert.Equal("auto", found.Method);
        Assert.Equal(new Answer.Preferred((Side)0), Assert.Single(found.Revisions).Label);
    }

    [Fact]
    public void What_has_no_finite_set_of_labels_has_no_codes()
    {
        Assert.False(Codes.Has(new LabelSchema.Number()));
        Assert.True(Codes.Has(new LabelSchema.MultiChoice { Labels = ["a", "b"] }));
    }

    [Fact]
    public void A_job_too_large_for_auto_in_the_time_of_a_call_gets_the_plain_model()
    {
        var schema = new LabelSchema.SingleChoice { Labels = ["yes", "no"] };
        var answers = (int)(WholeJob.MostAutoWork / 4) + 1;
        var decided = new DecidedTasks(new(StringComparer.Ordinal), [], [], []);
        for (var t = 0; t <= answers / 2; t++)
            decided.Add(TaskId.From(IdOf(t)).Value, 0, known: false);
        var all = Enumerable.Range(0, answers).ToArray();
        var job = new JobAnswers(Array.ConvertAll(all, i => i / 2), Array.ConvertAll(all, i => i % 2), Array.ConvertAll(all, _ => 0), 2);
        Assert.Equal("dawid-skene-prior", WholeJob.Estimate(new Codes(schema), job, decided, .8).Method);
    }

    /// <summary>Three good workers and three who err on every other task. Task 0 was decided by the three who err; a gold task is known and never revised.</summary>
    private static Reestimation Estimate(LabelSchema schema, Func<int, Answer> right, Func<int, Answer> wrong)
    {
        var codes = new Codes(schema);
        int Code(Answer answer) => codes.Of(JsonSerializer.Serialize(answer, DomainJson.Default.Answer));
        var decided = new DecidedTasks(new(StringComparer.Ordinal), [], [], []);
        var (tasks, workers, given) = (new List<int>(), new List<int>(), new List<int>());
        for (var t = 0; t < Tasks; t++)
        {
            decided.Add(IdOf(t), Code(t is 0 or 1 ? wrong(t) : right(t)), known: t == 1);
            for (var w = 0; w < 6; w++)
            {
                tasks.Add(t);
                workers.Add(w);
                given.Add(Code(w < 3 || (t + w) % 2 == 1 ? right(t) : wrong(t)));
            }
        }

        return WholeJob.Estimate(codes, new([.. tasks], [.. workers], [.. given], 6), decided, .8);
    }

    private static string IdOf(int task) => IdText.Write(TaskId.Prefix, (UInt128)task);
}
