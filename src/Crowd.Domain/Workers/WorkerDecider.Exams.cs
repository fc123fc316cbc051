namespace Crowd.Domain;

public static partial class WorkerDecider
{
    /// <summary>
    /// Begins a try of an exam; while one is under way it is given again. The refusals in order: no such exam, qualified already, retired, suspended, no
    /// tries left, too early.
    /// </summary>
    public static Outcome<WorkerEvent[]> BeginExam(WorkerState state, ExamId exam, ExamState about, DateTimeOffset now)
    {
        if (Missing(state) is { } missing)
            return missing;
        if (about.Spec is not { } spec)
            return Reject.NotFound("such exam");
        var record = state.Exams.GetValueOrDefault(exam) ?? new();
        if (record.Until > now)
            return Nothing;
        if (record.Passed || state.Qualifications.Contains(spec.Qualification))
            return Reject.With(RejectionCode.AlreadyExists, $"You have the qualification '{spec.Qualification}' already.");
        if (about.Retired)
            return Reject.With(RejectionCode.WindowClosed, "This exam is not given any more.");
        if (state.SuspendedUntil > now)
            return Reject.With(RejectionCode.WorkerSuspended, $"You are suspended until {state.SuspendedUntil:u}: {state.SuspensionReason}");
        if (record.Attempts >= spec.Attempts)
            return Reject.With(RejectionCode.WorkerCapReached, $"You have used all {spec.Attempts} tries of this exam.");
        if (record.RetryFrom > now)
            return Reject.With(RejectionCode.WindowClosed, $"You may try again from {record.RetryFrom:u}.");
        return One(new WorkerEvent.ExamBegun { Exam = exam, Attempt = record.Attempts + 1, Until = now + spec.TimeLimit, RetryFrom = now + spec.CoolDown });
    }

    /// <summary>Ends a try: counts the right answers, and grants the qualification when they are enough.</summary>
    /// <param name="answers">In the order of the questions; null for one that was left out.</param>
    public static Outcome<WorkerEvent[]> GradeExam(WorkerState state, ExamId exam, ExamState about, IReadOnlyList<Answer?> answers, DateTimeOffset now)
    {
        if (about.Spec is not { } spec || state.Exams.GetValueOrDefault(exam) is not { } record)
            return Reject.NotFound("exam that you have begun");
        if (record.Until is null)
            return Reject.With(RejectionCode.AlreadySubmitted, "This try was handed in already.");
        if (record.Until <= now)
            return Reject.With(RejectionCode.LeaseExpired, $"The time for this try ended at {record.Until:u}.");
        if (answers.Count != spec.Questions.Count)
            return Reject.Invalid([new("answers", "count", $"give {spec.Questions.Count} answers, one for each question, null where you have none.")]);
        var right = spec.CountRight(answers);
        var graded = new WorkerEvent.ExamGraded
        {
            Exam = exam,
            Attempt = record.Attempts,
            Right = right,
            Questions = spec.Questions.Count,
            Passed = spec.Passes(right),
        };
        return graded.Passed && !state.Qualifications.Contains(spec.Qualification)
            ? new WorkerEvent[] { graded, new WorkerEvent.QualificationGranted { Qualification = spec.Qualification, Reason = $"passed {exam}" } }
            : One(graded);
    }
}
