using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Crowd.GrainRuntime.Tests;

public class TelemetryTests
{
    [Fact]
    public async Task Calls_activations_timeouts_and_queues_are_counted()
    {
        await using var runtime = TestRuntime.Simulated(options => (options.CallTimeout, options.MailboxLimit) = (TimeSpan.FromSeconds(10), 1));
        var counts = new ConcurrentDictionary<string, long>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, runtime.Host)) self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) =>
            counts.AddOrUpdate(instrument.Name, value, (_, sum) => instrument.IsObservable ? value : sum + value));
        listener.Start();
        var grain = runtime.Grain<ITurnGrain>();

        for (var i = 0; i < 3; i++) _ = runtime.Begin(() => grain.Visit("gate"));
        listener.RecordObservableInstruments();
        Assert.Equal((1, 2), (counts[GrainRuntimeTelemetry.Queued], counts[GrainRuntimeTelemetry.Pending]));
        runtime.Advance(TimeSpan.FromSeconds(11));
        runtime.Open("gate");
        runtime.Finish(() => runtime.Host.StopAsync(CancellationToken.None));
        listener.RecordObservableInstruments();

        Assert.Equal(3, counts[GrainRuntimeTelemetry.Calls]);
        Assert.Equal(1, counts[GrainRuntimeTelemetry.Refusals]);
        Assert.Equal(2, counts[GrainRuntimeTelemetry.Timeouts]);
        Assert.Equal(0, counts[GrainRuntimeTelemetry.Activations]);
        Assert.Equal((0, 0), (counts[GrainRuntimeTelemetry.Queued], counts[GrainRuntimeTelemetry.Pending]));
    }

    [Fact]
    public async Task A_traced_call_is_the_parent_of_what_the_grain_calls_and_the_child_of_its_caller()
    {
        await using var runtime = await TestRuntime.OnPoolAsync();
        var ended = new ConcurrentQueue<Activity>();
        using var source = new ActivitySource("test");
        using var listener = new ActivityListener
        {
            ShouldListenTo = heard => heard.Name is GrainRuntimeTelemetry.Name or "test",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = ended.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        using var root = source.StartActivity("root")!;

        await runtime.Grain<ITurnGrain>("one").CallIsQueued("two");
        Assert.Same(root, Activity.Current);
        await Assert.ThrowsAsync<InvalidDataException>(() => runtime.Grain<ICallGrain>().FailsLater("x"));

        // Other tests of the process are heard as well.
        var own = ended.Where(activity => activity.TraceId == root.TraceId).ToDictionary(activity => activity.OperationName);
        Assert.Equal(root.SpanId, own["ITurnGrain.CallIsQueued"].ParentSpanId);
        Assert.Equal(own["ITurnGrain.CallIsQueued"].SpanId, own["ITurnGrain.Count"].ParentSpanId);
        Assert.Equal("turn/two", own["ITurnGrain.Count"].GetTagItem(GrainRuntimeTelemetry.GrainTag));
        Assert.Equal(ActivityStatusCode.Error, own["ICallGrain.FailsLater"].Status);
    }
}
