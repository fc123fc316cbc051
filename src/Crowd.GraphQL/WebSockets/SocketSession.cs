using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using Crowd.GraphQL.Http;
using Microsoft.AspNetCore.Http;

namespace Crowd.GraphQL.WebSockets;

/// <summary>One connection of the graphql-transport-ws protocol.</summary>
internal sealed class SocketSession(
    HttpContext context,
    WebSocket socket,
    IGraphQLExecutor executor,
    GraphQLServerOptions server,
    GraphQLHttpOptions options,
    TimeProvider time,
    CancellationToken stopping) : IDisposable
{
    private readonly SocketWriter _writer = new(socket);
    private readonly CancellationTokenSource _ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
    private readonly ConcurrentDictionary<string, CancellationTokenSource> _operations = new(StringComparer.Ordinal);
    private bool _isInitialised;
    private bool _isAcknowledged;

    /// <summary>Serves the connection until either side ends it.</summary>
    public async Task Run()
    {
        await using var initTimeout = time.CreateTimer(_ => CloseUnlessInitialised(), null, server.ConnectionInitTimeout, Timeout.InfiniteTimeSpan);
        await using var keepAlive = time.CreateTimer(_ => Beat(), null, server.KeepAlive, server.KeepAlive);
        try
        {
            await Receive();
        }
        catch (CloseException close)
        {
            await _writer.CloseAsync(close.Code, close.Message, CancellationToken.None);
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException)
        {
            if (stopping.IsCancellationRequested)
            {
                await _writer.CloseAsync((int)WebSocketCloseStatus.EndpointUnavailable, "The server is stopping.", CancellationToken.None);
            }
        }
        finally
        {
            await _ended.CancelAsync();
        }
    }

    public void Dispose()
    {
        _writer.Dispose();
        _ended.Dispose();
    }

    private async Task Receive()
    {
        using var reader = new SocketReader(socket, server.MaxRequestBytes);
        while (await reader.ReadAsync(_ended.Token) is { } text)
        {
            var message = Message.Parse(text);
            switch (message.Type)
            {
                case Message.ConnectionInit:
                    await Initialise(message.Payload);
                    break;
                case Message.Ping:
                    await _writer.SendAsync(Message.Pong, _ended.Token);
                    break;
                case Message.Subscribe:
                    Subscribe(message.Id!, message.Payload!.Value);
                    break;
                case Message.Complete when _operations.TryRemove(message.Id!, out var operation):
                    await operation.CancelAsync();
                    break;
            }
        }

        await _writer.CloseAsync((int)WebSocketCloseStatus.NormalClosure, "", _ended.Token);
    }

    private async ValueTask Initialise(JsonElement? payload)
    {
        if (_isInitialised)
        {
            throw new CloseException(CloseCodes.TooManyInitRequests, "Too many initialisation requests");
        }

        _isInitialised = true;
        if (options.OnConnect is { } onConnect && !await onConnect(context, payload))
        {
            throw new CloseException(CloseCodes.Forbidden, "Forbidden");
        }

        await _writer.SendAsync("connection_ack", _ended.Token);
        _isAcknowledged = true;
    }

    private void Subscribe(string id, JsonElement payload)
    {
        if (!_isAcknowledged)
        {
            throw new CloseException(CloseCodes.Unauthorized, "Unauthorized");
        }

        if (_operations.Count >= server.MaxSubscriptionsPerConnection)
        {
            throw new CloseException(CloseCodes.TooManySubscriptions, $"A connection has at most {server.MaxSubscriptionsPerConnection} operations");
        }

        var operation = CancellationTokenSource.CreateLinkedTokenSource(_ended.Token);
        if (!_operations.TryAdd(id, operation))
        {
            operation.Dispose();
            throw new CloseException(CloseCodes.SubscriberAlreadyExists, $"Subscriber for {id} already exists");
        }

        _ = Execute(id, payload, operation);
    }

    private async Task Execute(string id, JsonElement payload, CancellationTokenSource operation)
    {
        // What follows a message must not keep the next message waiting.
        await Task.Yield();
        try
        {
            await Send(id, await Read(payload, operation.Token), operation.Token);
            if (_operations.TryRemove(id, out _))
            {
                await _writer.SendCompleteAsync(id, _ended.Token);
            }
        }
        catch (RequestException refusal)
        {
            _operations.TryRemove(id, out _);
            await _writer.SendErrorAsync(id, [new GraphQLError { Message = refusal.Message, Code = refusal.Code }], CancellationToken.None);
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException or ObjectDisposedException)
        {
            _operations.TryRemove(id, out _);
        }
        finally
        {
            operation.Dispose();
        }
    }

    private ValueTask<ExecutionResult> Read(JsonElement payload, CancellationToken cancellationToken)
    {
        var request = RequestReader.Parse(JsonSerializer.SerializeToUtf8Bytes(payload));
        return executor.ExecuteAsync(request with { Services = context.RequestServices, State = [context] }, cancellationToken);
    }

    private async ValueTask Send(string id, ExecutionResult result, CancellationToken cancellationToken)
    {
        if (result.Stream is { } stream)
        {
            await foreach (var next in stream.WithCancellation(cancellationToken))
            {
                await _writer.SendNextAsync(id, next, cancellationToken);
            }
        }
        else if (result.HasData)
        {
            await _writer.SendNextAsync(id, result, cancellationToken);
        }
        else if (_operations.TryRemove(id, out _))
        {
            // An error ends the operation; no complete follows it.
            await _writer.SendErrorAsync(id, result.Errors, cancellationToken);
        }
    }

    private void CloseUnlessInitialised()
    {
        if (!_isInitialised)
        {
            _ = _writer.CloseAsync(CloseCodes.ConnectionInitTimeout, "Connection initialisation timeout", CancellationToken.None).AsTask();
        }
    }

    private void Beat()
    {
        if (_isAcknowledged)
        {
            _ = BeatAsync();
        }
    }

    private async Task BeatAsync()
    {
        try
        {
            await _writer.SendAsync(Message.Ping, _ended.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException or ObjectDisposedException)
        {
            // The connection has ended.
        }
    }
}
