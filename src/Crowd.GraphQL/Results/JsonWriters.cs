using System.Buffers;
using System.Text.Json;

namespace Crowd.GraphQL.Results;

/// <summary>Keeps one JSON writer a thread, since writing a response never waits.</summary>
internal static class JsonWriters
{
    [ThreadStatic]
    private static Utf8JsonWriter? _cached;

    public static Utf8JsonWriter Rent(IBufferWriter<byte> output, JsonWriterOptions options)
    {
        if (_cached is not { } writer)
        {
            return new Utf8JsonWriter(output, options);
        }

        _cached = null;
        writer.Reset(output);
        return writer;
    }

    /// <summary>Flushes the writer to its output and keeps it. All callers use the same options.</summary>
    public static void Return(Utf8JsonWriter writer)
    {
        writer.Flush();
        writer.Reset(Stream.Null);
        _cached = writer;
    }
}
