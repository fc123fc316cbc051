namespace Crowd.GraphQL.WebSockets;

/// <summary>Why the server closes a socket, as the graphql-transport-ws protocol numbers it.</summary>
internal static class CloseCodes
{
    public const int InvalidMessage = 4400;
    public const int Unauthorized = 4401;
    public const int Forbidden = 4403;
    public const int SubprotocolNotAcceptable = 4406;
    public const int ConnectionInitTimeout = 4408;
    public const int SubscriberAlreadyExists = 4409;
    public const int TooManyInitRequests = 4429;
    public const int TooManySubscriptions = 4430;
}

/// <summary>A message or a moment that ends the connection.</summary>
internal sealed class CloseException(int code, string reason) : Exception(reason)
{
    public int Code { get; } = code;
}
