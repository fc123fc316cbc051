using System.Collections.Concurrent;
using System.Text.Json;

namespace Crowd.GrainRuntime;

/// <summary>Keeps grain state in memory as JSON, so that stored and live state share nothing. For tests; lost with the process.</summary>
/// <param name="options">How states are written; null for the serializer's defaults.</param>
public sealed class MemoryGrainStorage(JsonSerializerOptions? options = null) : IGrainStorage
{
    private readonly ConcurrentDictionary<(string StateName, GrainId GrainId), Record> _records = new();
    private long _version;

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var found = _records.GetValueOrDefault((stateName, grainId));
        if (found is not null) grainState.State = JsonSerializer.Deserialize<T>(found.Json, options)!;
        (grainState.ETag, grainState.RecordExists) = (found?.ETag, found is not null);
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var written = new Record(JsonSerializer.SerializeToUtf8Bytes(grainState.State, options), $"{Interlocked.Increment(ref _version)}");
        var key = (stateName, grainId);
        var stored = _records.GetValueOrDefault(key);
        var done = stored is null ? grainState.ETag is null && _records.TryAdd(key, written)
            : stored.ETag == grainState.ETag && _records.TryUpdate(key, written, stored);
        if (!done) throw Conflict(grainId, stateName, stored, grainState.ETag);
        (grainState.ETag, grainState.RecordExists) = (written.ETag, true);
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var key = (stateName, grainId);
        if (_records.TryGetValue(key, out var stored) && (stored.ETag != grainState.ETag || !_records.TryRemove(KeyValuePair.Create(key, stored))))
        {
            throw Conflict(grainId, stateName, stored, grainState.ETag);
        }

        (grainState.ETag, grainState.RecordExists) = (null, false);
        return Task.CompletedTask;
    }

    private static InconsistentStateException Conflict(GrainId grainId, string stateName, Record? stored, string? expected) =>
        new($"State {stateName} of {grainId} was written by somebody else.", stored?.ETag, expected);

    private sealed record Record(byte[] Json, string ETag);
}
