using Crowd.Api.Access;
using Crowd.Api.Hosting;
using Crowd.Api.Labels;
using Crowd.Domain;
using Crowd.GraphQL;
using Crowd.Journal;
using Crowd.Marketplace.Exams;
using Crowd.Marketplace.Workers;

namespace Crowd.Api.Exams;

/// <summary>Queries about exams.</summary>
public static class ExamQueries
{
    /// <summary>Exams, newest first. Retired ones only for those who made them and for quality managers.</summary>
    /// <param name="qualification">Only those that grant it.</param>
    /// <param name="requester">Only those of the organisation.</param>
    public static async Task<Connection<ExamView>> GetExamsAsync(
        string? qualification, RequesterId? requester, int? first, string? after, int? last, string? before, Caller caller, Reads reads, CancellationToken cancellationToken)
    {
        caller.RequirePerson();
        var page = Page.From(first, after, last, before);
        var (compare, order) = page.IsBackward ? (">", "asc") : ("<", "desc");
        var seesRetired = caller.IsQualityManager || (requester is { } id && caller.MayRead(id));
        var rows = await reads.ListAsync<ExamView>(
            $"""
            select {ExamView.Columns} from exams where published_at is not null{(seesRetired ? "" : " and retired_at is null")}
            {(qualification is null ? "" : " and qualification = @qualification")}{(requester is null ? "" : " and requester_id = @requester")}
            {(page.Cursor is null ? "" : $" and exam_id {compare} @cursor")} order by exam_id {order} limit @limit
            """,
            new { qualification, requester = requester?.Value, cursor = page.Cursor, limit = page.Limit }, cancellationToken);
        return page.Of(rows, e => e.ExamId);
    }

    /// <summary>One exam.</summary>
    public static async Task<ExamView> GetExamAsync(ExamId id, Caller caller, Reads reads, CancellationToken cancellationToken)
    {
        caller.RequirePerson();
        return await reads.FirstAsync<ExamView>($"select {ExamView.Columns} from exams where exam_id = @id and published_at is not null", new { id = id.Value }, cancellationToken)
            ?? throw Refusals.NotFound("such exam");
    }

    /// <summary>Those who made the exam, and quality managers, see the known answers.</summary>
    internal static bool MaySee(ExamView exam, Caller caller) => exam.Requester is { } requester ? caller.MayRead(requester) : caller.IsQualityManager;
}

/// <summary>What of an exam depends on who asks.</summary>
[ExtendObjectType(typeof(ExamView))]
public static class ExamFields
{
    /// <summary>The caller's tries; null for those who are no workers.</summary>
    public static async Task<MyExam?> GetMineAsync(ExamView exam, Caller caller, Reads reads, CancellationToken cancellationToken)
    {
        if (caller.Worker is not { } worker)
            return null;
        var row = await reads.FirstAsync<RecordRow>(
            "select attempts, until, retry_from, last_right, passed from exam_records where worker_id = @worker and exam_id = @exam", new { worker = worker.Value, exam = exam.ExamId }, cancellationToken);
        return row is null ? new(0, null, null, null, false) : new(row.Attempts, At(row.Until), At(row.RetryFrom), row.LastRight, row.Passed == 1);
    }

    /// <summary>The questions with their known answers; null for all but those who made the exam and quality managers.</summary>
    public static IReadOnlyList<AnsweredQuestion>? GetQuestions(ExamView exam, Caller caller) =>
        ExamQueries.MaySee(exam, caller) ? [.. exam.Spec.Questions.Select(q => new AnsweredQuestion(q.Input, AnswerView.Of(q.Answer)))] : null;

    /// <summary>Tries begun by all workers; null as for the questions.</summary>
    public static int? GetBegunCount(ExamView exam, Caller caller) => ExamQueries.MaySee(exam, caller) ? exam.Begun : null;

    /// <summary>Workers who passed; null as for the questions.</summary>
    public static int? GetPassedCount(ExamView exam, Caller caller) => ExamQueries.MaySee(exam, caller) ? exam.Passed : null;

    private static DateTimeOffset? At(long? microseconds) => microseconds is { } at ? Instants.FromMicroseconds(at) : null;

    private sealed class RecordRow
    {
        public int Attempts { get; set; }

        public long? Until { get; set; }

        public long? RetryFrom { get; set; }

        public int? LastRight { get; set; }

        public long Passed { get; set; }
    }
}

/// <summary>Making and taking exams.</summary>
public static class ExamMutations
{
    /// <summary>Publishes an exam. It does not change any more. For quality managers, and editors of an organisation.</summary>
    /// <param name="requester">The organisation whose exam it is; null for one of the platform.</param>
    /// <param name="id">An id made by the caller (<c>exam_</c> and 26 characters), so that a repeated call has one effect.</param>
    public static async Task<ExamView> PublishExamAsync(
        ExamInput exam, RequesterId? requester, ExamId? id, Caller caller, IGrainFactory grains, IIdSource ids, Reads reads, CancellationToken cancellationToken)
    {
        RequireAuthor(requester, caller);
        var published = (await grains.GetGrain<IExamGrain>((id ?? ids.Next<ExamId>()).Value).PublishAsync(requester, exam.ToDomain(requester), caller.Actor)).OrThrow();
        return await ExamQueries.GetExamAsync(published, caller, reads, cancellationToken);
    }

    /// <summary>Lets nobody begin the exam any more; who passed keeps the qualification.</summary>
    public static async Task<ExamView> RetireExamAsync(ExamId id, Caller caller, IGrainFactory grains, Reads reads, CancellationToken cancellationToken)
    {
        var exam = await ExamQueries.GetExamAsync(id, caller, reads, cancellationToken);
        RequireAuthor(exam.Requester, caller);
        (await grains.GetGrain<IExamGrain>(id.Value).RetireAsync(caller.Actor)).OrThrow();
        return await ExamQueries.GetExamAsync(id, caller, reads, cancellationToken);
    }

    /// <summary>Begins a try, which counts; while one is under way it is given again. For workers.</summary>
    public static async Task<ExamSitting> BeginExamAsync(ExamId id, Caller caller, IGrainFactory grains)
    {
        var record = (await grains.GetGrain<IWorkerGrain>(caller.RequireWorker().Value).BeginExamAsync(id, caller.Actor)).OrThrow();
        var exam = await grains.GetGrain<IExamGrain>(id.Value).GetAsync();
        return new(record.Until!.Value, [.. exam.Spec!.Questions.Select((q, i) => new QuestionView(i + 1, q.Input))]);
    }

    /// <summary>Hands the try in. For workers.</summary>
    /// <param name="answers">One for each question, in their order; null where there is none.</param>
    public static async Task<ExamResult> SubmitExamAsync(
        ExamId id, IReadOnlyList<AnswerInput?> answers, Caller caller, IGrainFactory grains, Reads reads, CancellationToken cancellationToken)
    {
        var graded = (await grains.GetGrain<IWorkerGrain>(caller.RequireWorker().Value).SubmitExamAsync(id, [.. answers.Select(a => a?.ToDomain())], caller.Actor)).OrThrow();
        var exam = await ExamQueries.GetExamAsync(id, caller, reads, cancellationToken);
        var mine = await ExamFields.GetMineAsync(exam, caller, reads, cancellationToken);
        return new(graded.Right, graded.Questions, graded.Passed, Math.Max(0, exam.Attempts - graded.Attempt), mine?.RetryFrom);
    }

    private static void RequireAuthor(RequesterId? requester, Caller caller)
    {
        if (requester is { } id)
            caller.RequireMember(id, MemberRole.Editor);
        else
            caller.RequireQualityManager();
    }
}
