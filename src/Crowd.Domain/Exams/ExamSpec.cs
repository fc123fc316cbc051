using System.Text.Json;

namespace Crowd.Domain;

/// <summary>A qualification test: questions with known answers over one label schema. Who passes has the qualification.</summary>
public sealed record ExamSpec
{
    /// <summary>Most questions of an exam.</summary>
    public const int QuestionLimit = 50;

    /// <summary>Most tries of one worker that can be allowed.</summary>
    public const int AttemptLimit = 20;

    /// <summary>Most bytes of all questions' inputs together.</summary>
    public const int InputBytes = 1024 * 1024;

    /// <summary>Longest wait between two tries that can be asked for.</summary>
    public static readonly TimeSpan LongestCoolDown = TimeSpan.FromDays(365);

    /// <summary>Longest time for one try.</summary>
    public static readonly TimeSpan LongestTime = TimeSpan.FromHours(8);

    /// <summary>Shown to workers; 3 to <see cref="JobSpec.TitleLength"/> characters.</summary>
    public required string Title { get; init; }

    /// <summary>Shown to workers, Markdown; at most <see cref="JobSpec.InstructionsLength"/> characters.</summary>
    public required string Instructions { get; init; }

    /// <summary>What is granted.</summary>
    public required string Qualification { get; init; }

    /// <summary>What an answer may be.</summary>
    public required LabelSchema Schema { get; init; }

    /// <summary>1 to <see cref="QuestionLimit"/>.</summary>
    public required EquatableList<ExamQuestion> Questions { get; init; }

    /// <summary>Share of right answers that passes, above 0 to 1.</summary>
    public required double PassMark { get; init; }

    /// <summary>Tries of one worker, 1 to <see cref="AttemptLimit"/>. A try counts from its beginning.</summary>
    public required int Attempts { get; init; }

    /// <summary>Wait from the beginning of a try to that of the next, 0 to <see cref="LongestCoolDown"/>.</summary>
    public required TimeSpan CoolDown { get; init; }

    /// <summary>Time for one try, a minute to <see cref="LongestTime"/>.</summary>
    public required TimeSpan TimeLimit { get; init; }

    /// <summary>What is wrong with the exam; empty when nothing is.</summary>
    public IReadOnlyList<Violation> Check()
    {
        var found = new List<Violation>();
        void Want(bool holds, string path, string rule, string message)
        {
            if (!holds)
                found.Add(new(path, rule, message));
        }

        Want(Title.Trim().Length >= 3 && Title.Length <= JobSpec.TitleLength, "title", "length", $"give 3 to {JobSpec.TitleLength} characters.");
        Want(Instructions.Length <= JobSpec.InstructionsLength, "instructions", "length", $"give at most {JobSpec.InstructionsLength} characters.");
        Want(QualificationName.IsValid(Qualification), "qualification", "form", QualificationName.Rule);
        Want(PassMark is > 0 and <= 1, "passMark", "range", "give a share above 0 and at most 1.");
        Want(Attempts is >= 1 and <= AttemptLimit, "attempts", "range", $"give 1 to {AttemptLimit}.");
        Want(CoolDown >= TimeSpan.Zero && CoolDown <= LongestCoolDown, "coolDown", "range", $"give 0 to {LongestCoolDown.TotalDays} days.");
        Want(TimeLimit >= TimeSpan.FromMinutes(1) && TimeLimit <= LongestTime, "timeLimit", "range", $"give a minute to {LongestTime.TotalHours} hours.");
        Want(Questions.Count is >= 1 and <= QuestionLimit, "questions", "count", $"give 1 to {QuestionLimit} questions, not {Questions.Count}.");
        Want(Questions.Sum(q => q.Input.GetRawText().Length) <= InputBytes, "questions", "size", $"the inputs together may have {InputBytes} characters.");
        found.AddRange(Schema.Check().Select(v => v with { Path = $"schema.{v.Path}" }));
        for (var i = 0; i < Questions.Count && found.Count == 0; i++)
        {
            var input = TaskInput.Of(Questions[i].Input);
            found.AddRange(Schema.CheckInput(input).Concat(Schema.Fit(Questions[i].Answer, input)).Select(v => v with { Path = $"questions[{i}].{v.Path}" }));
        }

        return found;
    }

    /// <summary>How many of the answers, in the order of the questions, agree with the known ones. An answer that is missing is wrong.</summary>
    public int CountRight(IReadOnlyList<Answer?> answers) =>
        Questions.Where((question, i) => i < answers.Count && answers[i] is { } answer
            && Schema.Fit(answer, TaskInput.Of(question.Input)).Count == 0
            && Agreement.Agrees(Schema, Schema.Normalise(answer), Schema.Normalise(question.Answer))).Count();

    /// <summary>Whether so many right answers pass.</summary>
    public bool Passes(int right) => right >= (int)Math.Ceiling((PassMark * Questions.Count) - 1e-9);
}

/// <summary>A question of an exam.</summary>
public sealed record ExamQuestion
{
    /// <summary>What is shown.</summary>
    public required JsonElement Input { get; init; }

    /// <summary>The known answer; workers never see it.</summary>
    public required Answer Answer { get; init; }
}
