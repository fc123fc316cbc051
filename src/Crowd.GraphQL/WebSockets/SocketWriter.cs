using System.Buffers;
using System.Net.WebSockets;
using System.Text.Encodings.Web;
using System.Text.Json;
using Crowd.GraphQL.Results;

namespace Crowd.GraphQL.WebSockets;

/// <summary>Sends messages, one at a time: a socket takes no two sends at once.</summary>
internal sealed class SocketWriter(WebSocket socket) : IDisposable
{
    private const int MaxReasonBytes = 123;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly ArrayBufferWriter<byte> _buffer = new();

    public ValueTask SendAsync(string type, CancellationToken cancellationToken) => SendAsync(type, null, static _ => { }, cancellationToken);

    public ValueTask SendNextAsync(string id, ExecutionResult result, CancellationToken cancellationToken) => SendAsync(
        "next",
        id,
        writer =>
        {
            writer.WritePropertyName("payload"u8);
            ResultWriter.Write(writer, result);
        },
        cancellationToken);

    public ValueTask SendErrorAsync(string id, IReadOnlyList<GraphQLError> errors, CancellationToken cancellationToken) => SendAsync(
        "error",
        id,
        writer =>
        {
            writer.WritePropertyName("payload"u8);
            ResultWriter.WriteErrors(writer, errors);
        },
        cancellationToken);

    public ValueTask SendCompleteAsync(string id, CancellationToken cancellationToken) => SendAsync("complete", id, static _ => { }, cancellationToken);

    /// <summary>Closes the socket for the client to know why. A socket that is gone already is left alone.</summary>
    public async ValueTask CloseAsync(int code, string reason, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                var text = reason.Length > MaxReasonBytes ? reason[..MaxReasonBytes] : reason;
                await socket.CloseOutputAsync((WebSocketCloseStatus)code, text, cancellationToken);
            }
        }
        catch (WebSocketException)
        {
            // The client was faster.
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async ValueTask SendAsync(string type, string? id, Action<Utf8JsonWriter> payload, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (socket.State != WebSocketState.Open)
            {
                return;
            }

            _buffer.ResetWrittenCount();
            await using (var writer = new Utf8JsonWriter(_buffer, Options))
            {
                writer.WriteStartObject();
                writer.WriteString("type"u8, type);
                if (id is not null)
                {
                    writer.WriteString("id"u8, id);
                }

                payload(writer);
                writer.WriteEndObject();
            }

            await socket.SendAsync(_buffer.WrittenMemory, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }
}
