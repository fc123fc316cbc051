using System.Text.Json;

namespace Crowd.Domain;

/// <summary>What may happen to an exam. Pure: the state and a command in, events or a refusal out.</summary>
public static class ExamDecider
{
    /// <summary>Publishes an exam. The same content again changes nothing; other content under the same id is refused.</summary>
    public static Outcome<ExamEvent[]> Publish(ExamState state, ExamId exam, RequesterId? requester, ExamSpec spec)
    {
        if (state.Spec is { } known)
        {
            return state.Requester == requester && Text(known) == Text(spec)
                ? Array.Empty<ExamEvent>()
                : Reject.With(RejectionCode.IdempotencyConflict, $"{exam} was used for another exam: give a new id.");
        }

        if (spec.Check() is { Count: > 0 } wrong)
            return Reject.Invalid(wrong);
        return new ExamEvent[] { new ExamEvent.Published { Exam = exam, Requester = requester, Spec = spec } };
    }

    /// <summary>Lets nobody begin it any more. A second time changes nothing.</summary>
    public static Outcome<ExamEvent[]> Retire(ExamState state, ExamId exam) =>
        state.Spec is null ? Reject.NotFound("such exam")
        : state.Retired ? Array.Empty<ExamEvent>()
        : new ExamEvent[] { new ExamEvent.Retired { Exam = exam } };

    private static string Text(ExamSpec spec) => JsonSerializer.Serialize(spec, DomainJson.Default.ExamSpec);
}
