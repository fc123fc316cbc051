using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Crowd.GraphQL.Http;

/// <summary>
/// Serves operations as server-sent events, one connection an operation, as the graphql-sse protocol has it: an event
/// <c>next</c> for each response and <c>complete</c> at the end.
/// </summary>
internal sealed class EventStreams(IGraphQLExecutor executor, GraphQLServerOptions options, TimeProvider time)
{
    public async ValueTask Serve(HttpContext context, GraphQLRequest request)
    {
        var aborted = context.RequestAborted;
        var result = await executor.ExecuteAsync(request, aborted);
        var response = context.Response;
        response.ContentType = $"{MediaTypes.EventStream}; charset=utf-8";
        response.Headers.CacheControl = "no-cache";
        response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();

        // Headers go out at once, so that the client knows it is connected.
        await response.Body.FlushAsync(aborted);
        using var gate = new SemaphoreSlim(1, 1);
        await using var keepAlive = time.CreateTimer(_ => _ = Beat(response.BodyWriter, gate), null, options.KeepAlive, options.KeepAlive);
        if (result.Stream is not { } stream)
        {
            await Send(response.BodyWriter, gate, output => WriteNext(output, result), aborted);
        }
        else
        {
            await foreach (var next in stream.WithCancellation(aborted))
            {
                await Send(response.BodyWriter, gate, output => WriteNext(output, next), aborted);
            }
        }

        await Send(response.BodyWriter, gate, static output => output.Write("event: complete\ndata:\n\n"u8), aborted);
    }

    // A response has no line breaks, so it is one data line.
    private static void WriteNext(IBufferWriter<byte> output, ExecutionResult result)
    {
        output.Write("event: next\ndata: "u8);
        result.WriteTo(output);
        output.Write("\n\n"u8);
    }

    private static async ValueTask Send(PipeWriter output, SemaphoreSlim gate, Action<IBufferWriter<byte>> write, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            write(output);
            await output.FlushAsync(cancellationToken);
        }
        finally
        {
            gate.Release();
        }
    }

    // A comment. While an event is being written none is needed, and a client that left is noticed elsewhere.
    private static async Task Beat(PipeWriter output, SemaphoreSlim gate)
    {
        try
        {
            if (await gate.WaitAsync(TimeSpan.Zero))
            {
                try
                {
                    output.Write(":\n\n"u8);
                    await output.FlushAsync();
                }
                finally
                {
                    gate.Release();
                }
            }
        }
        catch (Exception exception) when (exception is ObjectDisposedException or OperationCanceledException or InvalidOperationException or IOException)
        {
            // The stream has ended.
        }
    }
}
