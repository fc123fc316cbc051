namespace Crowd.Domain;

/// <summary>
/// A named refusal. The code is stable and part of the API; the message says what to change. Deciders check in the order in which the
/// codes stand in <see cref="RejectionCode"/>, and the first that applies is given.
/// </summary>
public sealed record Rejection(RejectionCode Code, string Message)
{
    /// <summary>For answers and specifications that break rules: which and where.</summary>
    public IReadOnlyList<Violation> Violations { get; init; } = [];
}

/// <summary>One broken rule: where (a path as in <c>boxes[2].width</c>), which, and what to change.</summary>
public sealed record Violation(string Path, string Rule, string Message);

/// <summary>Why a command was refused, in the order of precedence: existence, right, repetition, state, content, means.</summary>
public enum RejectionCode
{
    /// <summary>There is no such job, task, assignment, worker, requester or payout.</summary>
    NotFound,

    /// <summary>The caller may not do this.</summary>
    Forbidden,

    /// <summary>It exists already and is something else.</summary>
    AlreadyExists,

    /// <summary>The same id was used before with other content.</summary>
    IdempotencyConflict,

    /// <summary>An answer was submitted on this assignment already, and it was another one.</summary>
    AlreadySubmitted,

    /// <summary>The answer was accepted or rejected already.</summary>
    AlreadySettled,

    /// <summary>It has changed since the caller looked at it: look again.</summary>
    VersionConflict,

    /// <summary>The assignment was returned.</summary>
    AssignmentReturned,

    /// <summary>The lease ended before the answer came.</summary>
    LeaseExpired,

    /// <summary>The job's status does not allow this.</summary>
    JobStatus,

    /// <summary>The task's status does not allow this.</summary>
    TaskStatus,

    /// <summary>The worker is suspended.</summary>
    WorkerSuspended,

    /// <summary>The worker was excluded from the job.</summary>
    WorkerExcluded,

    /// <summary>The worker lacks a qualification that the job wants.</summary>
    QualificationMissing,

    /// <summary>A cap on answers or leases of one worker is reached.</summary>
    WorkerCapReached,

    /// <summary>The time for this is over or not yet come.</summary>
    WindowClosed,

    /// <summary>Something that was given is not valid; the violations say what.</summary>
    Invalid,

    /// <summary>The answer does not fit the label schema; the violations say which rule and where.</summary>
    AnswerInvalid,

    /// <summary>A limit of the system is exceeded; the message names it.</summary>
    LimitExceeded,

    /// <summary>Not enough money on the account.</summary>
    InsufficientFunds,

    /// <summary>The worker has no account at the payment provider that can be paid to.</summary>
    PayeeNotReady,

    /// <summary>There is no task for this worker now.</summary>
    NoWork,

    /// <summary>Whether it was done is not known: the same request sent again has one effect.</summary>
    OutcomeUnknown,
}

/// <summary>Short ways to refuse.</summary>
public static class Reject
{
    public static Rejection With(RejectionCode code, string message) => new(code, message);

    public static Rejection NotFound(string what) => new(RejectionCode.NotFound, $"There is no {what}.");

    public static Rejection Invalid(IReadOnlyList<Violation> violations) =>
        new(RejectionCode.Invalid, string.Join(" ", violations.Select(v => $"{v.Path}: {v.Message}"))) { Violations = violations };
}
