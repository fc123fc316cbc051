using System.Text.Json.Serialization;

namespace Crowd.Domain;

/// <summary>What can happen to an exam. Workers' tries stand with the worker.</summary>
public abstract record ExamEvent : DomainEvent
{
    private ExamEvent() { }

    public required ExamId Exam { get; init; }

    /// <summary>Workers may take it from now on. It does not change any more, so that all who passed passed the same.</summary>
    public sealed record Published : ExamEvent
    {
        /// <summary>The organisation that made it; null for quality managers.</summary>
        public RequesterId? Requester { get; init; }

        public required ExamSpec Spec { get; init; }
    }

    /// <summary>Nobody begins it any more; who passed keeps the qualification.</summary>
    public sealed record Retired : ExamEvent;
}

/// <summary>An exam as its events make it.</summary>
public sealed record ExamState
{
    public ExamSpec? Spec { get; init; }

    public RequesterId? Requester { get; init; }

    public bool Retired { get; init; }

    /// <summary>The state after the event.</summary>
    public ExamState Apply(ExamEvent e) => e switch
    {
        ExamEvent.Published p => this with { Spec = p.Spec, Requester = p.Requester },
        ExamEvent.Retired => this with { Retired = true },
        _ => throw new InvalidOperationException($"An exam does not know {e.GetType().Name}."),
    };
}

/// <summary>A worker's tries of one exam.</summary>
public sealed record ExamRecord
{
    /// <summary>Tries begun.</summary>
    public int Attempts { get; init; }

    /// <summary>End of the try under way; null when none is.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>When the next try may begin.</summary>
    public DateTimeOffset RetryFrom { get; init; }

    /// <summary>The best share of right answers so far; null before the first.</summary>
    public double? Best { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Passed { get; init; }
}
