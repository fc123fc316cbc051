using System.Diagnostics.Metrics;

namespace Crowd.GrainRuntime;

/// <summary>The runtime's instruments. They cost a look when nobody collects.</summary>
internal sealed class GrainMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _calls;
    private readonly Counter<long> _timeouts;
    private readonly Counter<long> _refusals;
    private readonly UpDownCounter<long> _activations;
    private long _queued;

    public GrainMetrics(GrainHost host)
    {
        _meter = new Meter(GrainRuntimeTelemetry.Name, version: null, tags: null, scope: host);
        _calls = _meter.CreateCounter<long>(GrainRuntimeTelemetry.Calls, "{call}", "Calls made.");
        _timeouts = _meter.CreateCounter<long>(GrainRuntimeTelemetry.Timeouts, "{call}", "Calls whose caller stopped waiting.");
        _refusals = _meter.CreateCounter<long>(GrainRuntimeTelemetry.Refusals, "{call}", "Calls refused by a full mailbox.");
        _activations = _meter.CreateUpDownCounter<long>(GrainRuntimeTelemetry.Activations, "{activation}", "Activations alive.");
        _meter.CreateObservableGauge(GrainRuntimeTelemetry.Queued, () => Interlocked.Read(ref _queued), "{call}", "Calls in mailboxes.");
        _meter.CreateObservableGauge(GrainRuntimeTelemetry.Pending, () => (long)host.Deadlines.Count, "{call}", "Calls that somebody waits for.");
    }

    public void Called(GrainClass grainClass)
    {
        if (_calls.Enabled) _calls.Add(1, Tag(grainClass));
    }

    public void TimedOut() => _timeouts.Add(1);

    public void Refused(GrainClass grainClass) => _refusals.Add(1, Tag(grainClass));

    public void Activated(GrainClass grainClass) => _activations.Add(1, Tag(grainClass));

    public void Ended(GrainClass grainClass) => _activations.Add(-1, Tag(grainClass));

    public void Queued(int change) => Interlocked.Add(ref _queued, change);

    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Tag(GrainClass grainClass) => new(GrainRuntimeTelemetry.GrainTag, grainClass.KindName);
}
