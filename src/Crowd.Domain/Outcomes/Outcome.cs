using System.Diagnostics.CodeAnalysis;

namespace Crowd.Domain;

/// <summary>What came of a command: a value, or a refusal that changed nothing.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(OutcomeConverter))]
public readonly record struct Outcome<T>
{
    private Outcome(T? value, Rejection? rejection) => (Value, Rejection) = (value, rejection);

    /// <summary>The value; null when refused.</summary>
    public T? Value { get; }

    /// <summary>The refusal; null when accepted.</summary>
    public Rejection? Rejection { get; }

    /// <summary>True when accepted.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Rejection))]
    public bool Accepted => Rejection is null;

    public static implicit operator Outcome<T>(T value) => new(value, null);

    public static implicit operator Outcome<T>(Rejection rejection) => new(default, rejection);
}

/// <summary>The value of an outcome that says only that it was done.</summary>
public readonly record struct Done;
