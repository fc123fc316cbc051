using System.Text.Json;
using Crowd.Api.Labels;
using Crowd.Domain;
using Crowd.GraphQL;
using Crowd.Journal;

namespace Crowd.Api.Exams;

/// <summary>A question of an exam with its known answer.</summary>
/// <param name="Input">What is shown.</param>
/// <param name="Answer">The known answer; workers never see it.</param>
[GraphQLName("ExamQuestionInput")]
public sealed record ExamQuestionInput(JsonElement Input, AnswerInput Answer);

/// <summary>What is said of an exam.</summary>
/// <param name="Title">Shown to workers; 3 to 200 characters.</param>
/// <param name="Qualification">What is granted. Of an organisation's exam it begins with <c>org-</c>, the last eight characters of the organisation's id and a colon; where that is left out it is put before.</param>
/// <param name="Schema">What an answer may be.</param>
/// <param name="Questions">1 to 50.</param>
/// <param name="Instructions">Shown to workers; Markdown.</param>
/// <param name="PassMark">Share of right answers that passes; 0.8 by default.</param>
/// <param name="Attempts">Tries of one worker; 3 by default.</param>
/// <param name="CoolDown">Wait from the beginning of a try to that of the next; a day by default.</param>
/// <param name="TimeLimit">Time for one try; 30 minutes by default.</param>
[GraphQLName("ExamInput")]
public sealed record ExamInput(
    string Title, string Qualification, SchemaInput Schema, IReadOnlyList<ExamQuestionInput> Questions, string Instructions = "", double PassMark = 0.8, int Attempts = 3,
    TimeSpan? CoolDown = null, TimeSpan? TimeLimit = null)
{
    internal ExamSpec ToDomain(RequesterId? requester) => new()
    {
        Title = Title,
        Instructions = Instructions,
        Qualification = Scoped(requester),
        Schema = Schema.ToDomain(),
        Questions = new(Questions.Select(q => new ExamQuestion { Input = q.Input, Answer = q.Answer.ToDomain() })),
        PassMark = PassMark,
        Attempts = Attempts,
        CoolDown = CoolDown ?? TimeSpan.FromDays(1),
        TimeLimit = TimeLimit ?? TimeSpan.FromMinutes(30),
    };

    /// <summary>An organisation cannot grant what others rely on: its qualifications bear its mark.</summary>
    private string Scoped(RequesterId? requester)
    {
        if (requester is not { } id)
            return Qualification;
        var mark = $"org-{id.Value[^8..]}:";
        return Qualification.StartsWith(mark, StringComparison.Ordinal) ? Qualification : mark + Qualification;
    }
}

/// <summary>A qualification test: who passes has the qualification.</summary>
[GraphQLName("Exam")]
public sealed class ExamView
{
    internal const string Columns = "exam_id, requester_id, spec as spec_json, published_at, retired_at, begun, passed";

    private ExamSpec? _spec;

    [GraphQLIgnore]
    public string ExamId { get; set; } = "";

    [GraphQLIgnore]
    public string? RequesterId { get; set; }

    [GraphQLIgnore]
    public string SpecJson { get; set; } = "";

    [GraphQLIgnore]
    public long PublishedAt { get; set; }

    [GraphQLIgnore]
    public long? RetiredAt { get; set; }

    [GraphQLIgnore]
    public int Begun { get; set; }

    [GraphQLIgnore]
    public int Passed { get; set; }

    [GraphQLIgnore]
    public ExamSpec Spec => _spec ??= JsonSerializer.Deserialize(SpecJson, DomainJson.Default.ExamSpec)!;

    public ExamId Id => Domain.ExamId.From(ExamId);

    /// <summary>The organisation that made it; null for the platform's own.</summary>
    public RequesterId? Requester => RequesterId is null ? null : Domain.RequesterId.From(RequesterId);

    public string Title => Spec.Title;

    /// <summary>Markdown.</summary>
    public string Instructions => Spec.Instructions;

    /// <summary>What is granted.</summary>
    public string Qualification => Spec.Qualification;

    public SchemaView Schema => SchemaView.Of(Spec.Schema);

    public int QuestionCount => Spec.Questions.Count;

    /// <summary>Share of right answers that passes.</summary>
    public double PassMark => Spec.PassMark;

    /// <summary>Tries of one worker.</summary>
    public int Attempts => Spec.Attempts;

    /// <summary>Wait from the beginning of a try to that of the next.</summary>
    public TimeSpan CoolDown => Spec.CoolDown;

    /// <summary>Time for one try.</summary>
    public TimeSpan TimeLimit => Spec.TimeLimit;

    [GraphQLName("publishedAt")]
    public DateTimeOffset Published => Instants.FromMicroseconds(PublishedAt);

    /// <summary>Whether nobody begins it any more.</summary>
    public bool Retired => RetiredAt is not null;
}

/// <summary>The caller's tries of an exam.</summary>
/// <param name="Attempts">Tries begun.</param>
/// <param name="Until">End of the try under way; null when none is.</param>
/// <param name="RetryFrom">When the next try may begin; null before the first.</param>
/// <param name="LastRight">Right answers of the last try handed in.</param>
/// <param name="Passed">Whether one was passed.</param>
[GraphQLName("MyExam")]
public sealed record MyExam(int Attempts, DateTimeOffset? Until, DateTimeOffset? RetryFrom, int? LastRight, bool Passed);

/// <summary>A question as the worker sees it.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Input">What is shown.</param>
[GraphQLName("ExamQuestion")]
public sealed record QuestionView(int Number, JsonElement Input);

/// <summary>A question with its known answer, for those who made the exam.</summary>
[GraphQLName("AnsweredExamQuestion")]
public sealed record AnsweredQuestion(JsonElement Input, AnswerView Answer);

/// <summary>A try under way.</summary>
/// <param name="Until">To be handed in before then.</param>
/// <param name="Questions">In the order in which the answers are handed in.</param>
[GraphQLName("ExamSitting")]
public sealed record ExamSitting(DateTimeOffset Until, IReadOnlyList<QuestionView> Questions);

/// <summary>What came of a try. Which answers were right is not told.</summary>
/// <param name="Right">Right answers.</param>
/// <param name="Questions">Of so many.</param>
/// <param name="Passed">Whether the qualification is granted.</param>
/// <param name="AttemptsLeft">Tries left.</param>
/// <param name="RetryFrom">When the next may begin.</param>
[GraphQLName("ExamResult")]
public sealed record ExamResult(int Right, int Questions, bool Passed, int AttemptsLeft, DateTimeOffset? RetryFrom);
