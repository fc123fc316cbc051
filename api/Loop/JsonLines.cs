using System.IO.Pipelines;
using System.Text.Json;

namespace Crowd.Api.Loop;

/// <summary>JSON objects, one a line, written as they come.</summary>
internal sealed class JsonLines(PipeWriter body) : IAsyncDisposable
{
    private const int FlushEvery = 500;

    private readonly Utf8JsonWriter _writer = new(body, new JsonWriterOptions { SkipValidation = true });
    private long _count;

    /// <summary>One object, whose properties the caller writes.</summary>
    public async Task WriteAsync(Action<Utf8JsonWriter> properties, CancellationToken cancellationToken)
    {
        _writer.WriteStartObject();
        properties(_writer);
        _writer.WriteEndObject();
        await _writer.FlushAsync(cancellationToken);
        _writer.Reset();
        body.GetSpan(1)[0] = (byte)'\n';
        body.Advance(1);
        if (++_count % FlushEvery == 0)
            await body.FlushAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        await body.FlushAsync();
    }
}
