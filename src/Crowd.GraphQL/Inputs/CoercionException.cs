namespace Crowd.GraphQL.Inputs;

/// <summary>An input value is not of its type. Becomes an error with a path to the value.</summary>
internal sealed class CoercionException(string message, string code = ErrorCodes.BadUserInput) : Exception(message)
{
    public string Code { get; } = code;

    public IReadOnlyDictionary<string, object?>? Extensions { get; init; }
}
