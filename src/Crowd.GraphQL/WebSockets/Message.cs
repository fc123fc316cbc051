using System.Text.Json;

namespace Crowd.GraphQL.WebSockets;

/// <summary>A message from a client.</summary>
/// <param name="Type">Its type, one of the protocol's.</param>
/// <param name="Id">Which operation it is about; null for messages about the connection.</param>
/// <param name="Payload">What it carries, if anything.</param>
internal sealed record Message(string Type, string? Id, JsonElement? Payload)
{
    public const string ConnectionInit = "connection_init";
    public const string Ping = "ping";
    public const string Pong = "pong";
    public const string Subscribe = "subscribe";
    public const string Complete = "complete";

    /// <summary>Reads a message.</summary>
    /// <exception cref="CloseException">It is not one of the protocol.</exception>
    public static Message Parse(ReadOnlyMemory<byte> text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("type"u8, out var type) || type.ValueKind != JsonValueKind.String)
            {
                throw Invalid("A message is an object with a type.");
            }

            JsonElement? payload = root.TryGetProperty("payload"u8, out var value) && value.ValueKind != JsonValueKind.Null ? value.Clone() : null;
            var id = root.TryGetProperty("id"u8, out var given) && given.ValueKind == JsonValueKind.String ? given.GetString() : null;
            return Check(new Message(type.GetString()!, id, payload));
        }
        catch (JsonException)
        {
            throw Invalid("A message is JSON.");
        }
    }

    private static Message Check(Message message)
    {
        switch (message.Type)
        {
            case ConnectionInit or Ping or Pong when message.Payload is null or { ValueKind: JsonValueKind.Object }:
            case Subscribe when !string.IsNullOrEmpty(message.Id) && message.Payload is { ValueKind: JsonValueKind.Object }:
            case Complete when !string.IsNullOrEmpty(message.Id):
                return message;
            default:
                throw Invalid($"The message of type {message.Type} is not one of the protocol.");
        }
    }

    private static CloseException Invalid(string reason) => new(CloseCodes.InvalidMessage, reason);
}
