using System.Diagnostics;
using System.Diagnostics.Metrics;
using Crowd.GraphQL.Tests.Library;

namespace Crowd.GraphQL.Tests.Telemetry;

public sealed class TelemetryTests
{
    [Fact]
    public async Task An_operation_is_an_activity_and_a_measurement()
    {
        var marker = new ActivityTraceId[1];
        var activities = new List<Activity>();
        var measured = new List<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == OperationTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (activity.TraceId == marker[0])
                {
                    activities.Add(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        using var meters = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == OperationTelemetry.Name)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) =>
        {
            if (Activity.Current?.TraceId == marker[0])
            {
                measured.Add($"{instrument.Name} {string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))}");
            }
        });
        meters.Start();
        using var outer = new Activity("test").SetIdFormat(ActivityIdFormat.W3C).Start();
        marker[0] = outer.TraceId;

        await LibrarySchema.Executor().ExecuteAsync(new GraphQLRequest("query Mine { refuse }"), CancellationToken.None);

        var activity = Assert.Single(activities);
        Assert.Equal("query", activity.DisplayName);
        Assert.Equal(ActivityStatusCode.Error, activity.Status);
        Assert.Equal("Mine", activity.GetTagItem("graphql.operation.name"));
        Assert.Equal("query", activity.GetTagItem("graphql.operation.type"));
        Assert.Equal("CLOSED", activity.GetTagItem("error.type"));
        Assert.Equal(["graphql.server.operation.duration graphql.operation.type=query error.type=CLOSED"], measured);
    }
}
