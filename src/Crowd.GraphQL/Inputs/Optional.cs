namespace Crowd.GraphQL;

/// <summary>An input field or argument that tells "not given" from "given as null". Its GraphQL type is nullable.</summary>
public readonly record struct Optional<T>
{
    public Optional(T? value)
    {
        Value = value;
        HasValue = true;
    }

    /// <summary>Whether the client gave the field, be it as null.</summary>
    public bool HasValue { get; }

    public T? Value { get; }
}
