using Crowd.Domain.Tests.Labels;
using FsCheck;
using FsCheck.Fluent;
using static Crowd.Domain.Tests.Some;

namespace Crowd.Domain.Tests.Consensus;

public class ConsensusRuleTests
{
    private static readonly LabelSchema.MultiChoice Weather = new() { Labels = ["wet", "cold", "windy"] };

    /// <summary>What the answers of a task can be, for each kind of schema: some close to each other, some far apart.</summary>
    private static readonly IReadOnlyList<(LabelSchema Schema, Answer[] Answers)> Kinds =
    [
        (Animals, [Cat, Dog, Owl]),
        (Weather, [new Answer.Choices([]), new Answer.Choices(["wet"]), new Answer.Choices(["wet", "cold"]), new Answer.Choices(["windy"])]),
        (new LabelSchema.Rating { From = 1, To = 5 }, [new Answer.Rated(1), new Answer.Rated(2), new Answer.Rated(5)]),
        (new LabelSchema.Number(), [new Answer.Numeric(10), new Answer.Numeric(10.4), new Answer.Numeric(-3), new Answer.Numeric(50)]),
        (new LabelSchema.FreeText(), [new Answer.Written("a red house"), new Answer.Written("a red horse"), new Answer.Written("sea")]),
        (new LabelSchema.Boxes { Classes = ["car", "bus"] }, [Box("car", 0), Box("car", 1), Box("bus", 0), new Answer.Boxed([])]),
        (new LabelSchema.Spans { Classes = ["name", "place"] }, [Span("name", 0, 5), Span("name", 0, 6), Span("place", 9, 12), new Answer.Spanned([])]),
        (new LabelSchema.Pairwise { Tie = true }, [new Answer.Preferred(Side.Left), new Answer.Preferred(Side.Right), new Answer.Preferred(Side.Tie)]),
        (new LabelSchema.Ranking(), [new Answer.Ranked(["a", "b", "c"]), new Answer.Ranked(["b", "a", "c"]), new Answer.Ranked(["c", "b", "a"])]),
    ];

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, Kinds.Count)];

    public static TheoryData<int> WithCategories => [.. Enumerable.Range(0, Kinds.Count).Where(i => Encode.Categories(Kinds[i].Schema) is not null)];

    private static Gen<Trust> AnyTrust => Gen.Choose(0, 40).SelectMany(judged => Gen.Choose(0, 100).Select(share => Trust(judged * share / 100.0, judged)));

    [Fact]
    public void Every_kind_of_schema_is_tried() => Assert.Equal(AllKindsTests.CasesOf(typeof(LabelSchema)).ToHashSet(), Kinds.Select(k => k.Schema.GetType()).ToHashSet());

    [Theory]
    [MemberData(nameof(Numbers))]
    public void The_order_of_the_answers_changes_nothing(int kind) => Property.Holds(
        BallotsOf(kind, 6).SelectMany(ballots => Gen.Shuffle(ballots).Select(shuffled => (Ballots: ballots, Shuffled: shuffled))),
        given =>
        {
            var one = ConsensusRule.Evaluate(Kinds[kind].Schema, given.Ballots);
            var other = ConsensusRule.Evaluate(Kinds[kind].Schema, given.Shuffled);
            Assert.Equal(one.Confidence, other.Confidence, 8);
            AssertSame(one.Label, other.Label);
            Assert.Equal(one.Votes.OrderBy(v => v.Assignment.Ordinal), other.Votes.OrderBy(v => v.Assignment.Ordinal));
        });

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Every_answer_has_its_vote_and_the_confidence_is_a_probability(int kind) => Property.Holds(BallotsOf(kind, 7), ballots =>
    {
        var found = ConsensusRule.Evaluate(Kinds[kind].Schema, ballots);
        Assert.InRange(found.Confidence, 0, 1);
        Assert.Equal(ballots.Select(b => (b.Assignment, b.Worker)), found.Votes.Select(v => (v.Assignment, v.Worker)));
        Assert.All(found.Votes.Zip(ballots), v => Assert.Equal(Math.Round(v.Second.Trust.Skill, 6), v.First.Weight));
        Assert.All(found.Votes.Zip(ballots), v => Assert.Equal(Agreement.Agrees(Kinds[kind].Schema, v.Second.Answer, found.Label), v.First.Agrees));
        Assert.Empty(Kinds[kind].Schema.Fit(found.Label, TaskInput.Unknown));
        Assert.Equal(found.Label, Kinds[kind].Schema.Normalise(found.Label));
    });

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Answers_that_are_all_the_same_are_the_label(int kind)
    {
        foreach (var answer in Kinds[kind].Answers)
        {
            for (var count = 1; count <= 5; count++)
            {
                var found = ConsensusRule.Evaluate(Kinds[kind].Schema, Ballots(Enumerable.Repeat(answer, count)));
                AssertSame(answer, found.Label);
                Assert.All(found.Votes, v => Assert.True(v.Agrees));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void One_more_agreeing_answer_never_lowers_the_confidence(int kind)
    {
        foreach (var answer in Kinds[kind].Answers)
        {
            var confidence = 0.0;
            for (var count = 1; count <= 6; count++)
            {
                var found = ConsensusRule.Evaluate(Kinds[kind].Schema, Ballots(Enumerable.Repeat(answer, count)));
                Assert.True(found.Confidence >= confidence, $"{count} answers: {found.Confidence} after {confidence}.");
                confidence = found.Confidence;
            }

            Assert.True(confidence > 0.99);
        }
    }

    [Theory]
    [MemberData(nameof(WithCategories))]
    public void A_vote_of_a_trusted_worker_for_the_label_raises_its_confidence(int kind) => Property.Holds(BallotsOf(kind, 5), ballots =>
    {
        var before = ConsensusRule.Evaluate(Kinds[kind].Schema, ballots);
        var after = ConsensusRule.Evaluate(Kinds[kind].Schema, [.. ballots, new(AssignmentId.Of(TheTask, 50), Worker(50), before.Label, Trust(9, 10))]);
        Assert.Equal(before.Label, after.Label);
        Assert.True(after.Confidence >= before.Confidence);
        Assert.True(after.Confidence > before.Confidence || before.Confidence > 0.999_999);
    });

    [Fact]
    public void Renaming_the_labels_renames_the_outcome() => Property.Holds(BallotsOf(0, 6), ballots =>
    {
        var renamed = new LabelSchema.SingleChoice { Labels = ["owl", "cat", "dog"] };
        Answer Rename(Answer a) => a == Cat ? Owl : a == Dog ? Cat : Dog;
        var one = ConsensusRule.Evaluate(Animals, ballots);
        var other = ConsensusRule.Evaluate(renamed, [.. ballots.Select(b => b with { Answer = Rename(b.Answer) })]);
        Assert.Equal(Rename(one.Label), other.Label);
        Assert.Equal(one.Confidence, other.Confidence, 12);
    });

    [Theory]
    [InlineData(1, 0.7083)]
    [InlineData(2, 0.9219)]
    [InlineData(3, 0.9828)]
    public void Newcomers_who_agree_reach_this_confidence_over_three_labels(int count, double confidence) =>
        Assert.Equal(confidence, ConsensusRule.Evaluate(Animals, Ballots(Enumerable.Repeat(Cat, count))).Confidence, 4);

    [Fact]
    public void One_expert_outweighs_two_who_are_often_wrong()
    {
        Ballot[] ballots = [Cast(1, Cat, Trust(98, 100)), Cast(2, Dog, Trust(40, 100)), Cast(3, Dog, Trust(40, 100))];
        Assert.Equal(Cat, ConsensusRule.Evaluate(Animals, ballots).Label);
        ballots[0] = ballots[0] with { Trust = Trust(98, 100) with { Override = 0.35 } };
        Assert.Equal(Dog, ConsensusRule.Evaluate(Animals, ballots).Label);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.0)]
    public void An_override_at_the_ends_leaves_a_doubt(double given) => Assert.InRange((Trust() with { Override = given }).Skill, 0.0005, 0.9995);

    [Fact]
    public void A_label_that_half_chose_is_left_out_whatever_the_order() => Property.Holds(
        Gen.Shuffle(new[] { 0.6, 0.7, 0.8, 0.9 }.SelectMany(s => new[] { (Has: true, Skill: s), (Has: false, Skill: s) }).ToArray()),
        votes =>
        {
            var ballots = votes.Select((v, i) => Cast(i, v.Has ? new Answer.Choices(["wet"]) : new Answer.Choices([]), Trust() with { Override = v.Skill })).ToArray();
            Assert.Equal(new Answer.Choices([]), ConsensusRule.Evaluate(Weather, ballots).Label);
        });

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(8)]
    public void A_single_answer_that_nothing_confirms_has_no_confidence(int kind) =>
        Assert.Equal(0, ConsensusRule.Evaluate(Kinds[kind].Schema, Ballots([Kinds[kind].Answers[0]])).Confidence);

    [Fact]
    public void A_whole_number_stays_whole()
    {
        var schema = new LabelSchema.Number { Whole = true };
        var found = ConsensusRule.Evaluate(schema, Ballots([new Answer.Numeric(3), new Answer.Numeric(6)]));
        Assert.Empty(schema.Fit(found.Label, TaskInput.Unknown));
    }

    [Fact]
    public void No_answer_is_nothing_to_evaluate() => Assert.Throws<ArgumentException>(() => ConsensusRule.Evaluate(Animals, []));

    [Fact]
    public void Categories_and_answers_are_each_others_inverse()
    {
        foreach (var (schema, _) in Kinds)
        {
            for (var category = 0; category < (Encode.Categories(schema) ?? 0); category++)
                Assert.Equal(category, Encode.Category(schema, Encode.Answer(schema, category)));
        }
    }

    private static Gen<Ballot[]> BallotsOf(int kind, int most) => Gen.Choose(1, most).SelectMany(count =>
        Gen.Elements(Kinds[kind].Answers).SelectMany(answer => AnyTrust.Select(trust => (answer, trust))).ArrayOf(count)
            .Select(cast => cast.Select((c, i) => Cast(i, c.answer, c.trust)).ToArray()));

    private static Ballot[] Ballots(IEnumerable<Answer> answers) => [.. answers.Select((a, i) => Cast(i, a, Trust()))];

    private static Ballot Cast(int number, Answer answer, Trust trust) => new(AssignmentId.Of(TheTask, number), Worker(number), answer, trust);

    private static Answer.Boxed Box(string kind, double x) => new([new(kind, x, 0, 10, 10)]);

    private static Answer.Spanned Span(string kind, int start, int end) => new([new(kind, start, end)]);

    /// <summary>Equal, but for the last digits of coordinates that are averages.</summary>
    private static void AssertSame(Answer left, Answer right)
    {
        if (left is not Answer.Boxed a || right is not Answer.Boxed b)
        {
            Assert.Equal(left, right);
            return;
        }

        Assert.Equal(a.Boxes.Select(Rounded), b.Boxes.Select(Rounded));
        static Box Rounded(Box box) => new(box.Class, Math.Round(box.X, 6), Math.Round(box.Y, 6), Math.Round(box.Width, 6), Math.Round(box.Height, 6));
    }
}
