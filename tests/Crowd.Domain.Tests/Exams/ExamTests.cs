using System.Text.Json;
using static Crowd.Domain.Tests.Some;

namespace Crowd.Domain.Tests.Exams;

/// <summary>An exam of four questions whose answer is always "cat": three right ones pass, two tries, a day between them, ten minutes each.</summary>
public class ExamTests
{
    private static readonly ExamId Exam = Id<ExamId>(1);

    private static readonly ExamSpec Spec = new()
    {
        Title = "Animals",
        Instructions = "",
        Qualification = "animals",
        Schema = Animals,
        Questions = new(Enumerable.Range(0, 4).Select(i => new ExamQuestion { Input = JsonSerializer.Deserialize<JsonElement>($$"""{"text":"{{i}}"}"""), Answer = Cat })),
        PassMark = 0.75,
        Attempts = 2,
        CoolDown = TimeSpan.FromDays(1),
        TimeLimit = TimeSpan.FromMinutes(10),
    };

    private static readonly ExamState Published = new() { Spec = Spec };

    private static readonly WorkerState Ann = new WorkerState().Apply(new WorkerEvent.Registered { Worker = Worker(1), Person = Person });

    public static TheoryData<string, ExamSpec> Wrong => new()
    {
        { "title", Spec with { Title = "x" } },
        { "qualification", Spec with { Qualification = "Has Blanks" } },
        { "passMark", Spec with { PassMark = 0 } },
        { "passMark", Spec with { PassMark = double.NaN } },
        { "attempts", Spec with { Attempts = 0 } },
        { "coolDown", Spec with { CoolDown = TimeSpan.FromDays(-1) } },
        { "timeLimit", Spec with { TimeLimit = TimeSpan.FromSeconds(59) } },
        { "questions", Spec with { Questions = [] } },
        { "questions[0].choice", Spec with { Questions = [Spec.Questions[0] with { Answer = new Answer.Choice("cow") }] } },
        { "schema.labels", Spec with { Schema = new LabelSchema.SingleChoice { Labels = ["one"] } } },
    };

    [Fact]
    public void A_sound_exam_is_published_once_under_its_id()
    {
        var published = Only<ExamEvent.Published, ExamEvent>(ExamDecider.Publish(new(), Exam, null, Spec));
        var state = new ExamState().Apply(published);
        Nothing(ExamDecider.Publish(state, Exam, null, Spec));
        Refused(RejectionCode.IdempotencyConflict, ExamDecider.Publish(state, Exam, null, Spec with { PassMark = 0.5 }));
        Refused(RejectionCode.IdempotencyConflict, ExamDecider.Publish(state, Exam, Requester, Spec));
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_wrong_with_an_exam_is_named(string path, ExamSpec spec) =>
        Assert.Equal(path, Assert.Single(Refused(RejectionCode.Invalid, ExamDecider.Publish(new(), Exam, null, spec)).Violations).Path);

    [Fact]
    public void A_retired_exam_is_not_begun_any_more()
    {
        var retired = Published.Apply(Only<ExamEvent.Retired, ExamEvent>(ExamDecider.Retire(Published, Exam)));
        Nothing(ExamDecider.Retire(retired, Exam));
        Refused(RejectionCode.NotFound, ExamDecider.Retire(new(), Exam));
        Refused(RejectionCode.WindowClosed, WorkerDecider.BeginExam(Ann, Exam, retired, Now));
        Assert.Equal(4, ((WorkerEvent.ExamGraded)WorkerDecider.GradeExam(Begun(Ann, Now), Exam, retired, Answers(4), Now).Value![0]).Right);
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(4, true)]
    public void Enough_right_answers_pass_and_grant_the_qualification(int right, bool passes)
    {
        var graded = WorkerDecider.GradeExam(Begun(Ann, Now), Exam, Published, Answers(right), Now.AddMinutes(1)).Value!;
        Assert.Equal((right, 4, passes), graded[0] is WorkerEvent.ExamGraded g ? (g.Right, g.Questions, g.Passed) : default);
        var after = graded.Aggregate(Begun(Ann, Now), (state, e) => state.Apply(e));
        Assert.Equal(passes, after.Qualifications.Contains("animals"));
        Refused(RejectionCode.AlreadySubmitted, WorkerDecider.GradeExam(after, Exam, Published, Answers(4), Now.AddMinutes(1)));
    }

    [Fact]
    public void A_missing_answer_and_one_that_does_not_fit_are_wrong() =>
        Assert.Equal(1, Spec.CountRight([Cat, null, new Answer.Choice("cow"), new Answer.Rated(1)]));

    [Fact]
    public void A_try_under_way_is_given_again_and_does_not_count_twice() => Nothing(WorkerDecider.BeginExam(Begun(Ann, Now), Exam, Published, Now.AddMinutes(9)));

    [Fact]
    public void A_try_whose_time_is_over_has_failed()
    {
        var late = Now.AddMinutes(10);
        Refused(RejectionCode.LeaseExpired, WorkerDecider.GradeExam(Begun(Ann, Now), Exam, Published, Answers(4), late));
        Refused(RejectionCode.WindowClosed, WorkerDecider.BeginExam(Begun(Ann, Now), Exam, Published, late));
    }

    [Fact]
    public void Tries_are_limited_and_lie_apart()
    {
        var second = Begun(Begun(Ann, Now), Now.AddDays(1));
        Assert.Equal(2, second.Exams[Exam].Attempts);
        Refused(RejectionCode.WorkerCapReached, WorkerDecider.BeginExam(second, Exam, Published, Now.AddDays(9)));
    }

    [Fact]
    public void Nobody_takes_an_exam_for_what_they_have()
    {
        var qualified = Ann.Apply(new WorkerEvent.QualificationGranted { Qualification = "animals", Reason = "known" });
        Refused(RejectionCode.AlreadyExists, WorkerDecider.BeginExam(qualified, Exam, Published, Now));
    }

    [Fact]
    public void Refusals_come_in_their_order()
    {
        Refused(RejectionCode.NotFound, WorkerDecider.BeginExam(new(), Exam, Published, Now));
        Refused(RejectionCode.NotFound, WorkerDecider.BeginExam(Ann, Exam, new(), Now));
        Refused(RejectionCode.WorkerSuspended, WorkerDecider.BeginExam(Ann with { SuspendedUntil = Now.AddDays(1) }, Exam, Published, Now));
        Refused(RejectionCode.NotFound, WorkerDecider.GradeExam(Ann, Exam, Published, Answers(4), Now));
        Refused(RejectionCode.Invalid, WorkerDecider.GradeExam(Begun(Ann, Now), Exam, Published, [Cat], Now));
    }

    private static WorkerState Begun(WorkerState state, DateTimeOffset at) => state.Apply(Only<WorkerEvent.ExamBegun, WorkerEvent>(WorkerDecider.BeginExam(state, Exam, Published, at)));

    private static Answer?[] Answers(int right) => [.. Enumerable.Range(0, 4).Select(i => i < right ? Cat : Dog)];
}
