namespace Crowd.GraphQL.Http;

/// <summary>A request that is not one of GraphQL over HTTP, with the status it gets.</summary>
internal sealed class RequestException(int status, string message, string code) : Exception(message)
{
    public int Status { get; } = status;

    public string Code { get; } = code;
}
