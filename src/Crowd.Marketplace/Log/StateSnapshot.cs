using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Crowd.Domain;

namespace Crowd.Marketplace.Log;

/// <summary>
/// What a snapshot holds: the build of the domain that made it, a line feed, the state's JSON. Another build may fold the same events into another state, so
/// a build reads its own snapshots alone and replays where it finds another's.
/// </summary>
public static class StateSnapshot
{
    private static readonly byte[] Mark = Encoding.ASCII.GetBytes(typeof(DomainEvent).Assembly.ManifestModule.ModuleVersionId.ToString("N") + "\n");

    public static byte[] Write<TState>(TState state, JsonTypeInfo<TState> json) => [.. Mark, .. JsonSerializer.SerializeToUtf8Bytes(state, json)];

    /// <summary>The state's JSON; null when another build made the snapshot.</summary>
    public static ReadOnlyMemory<byte>? Read(ReadOnlyMemory<byte> data)
    {
        if (data.Span.StartsWith(Mark))
            return data[Mark.Length..];
        return null;
    }
}
