using System.Diagnostics;
using System.Diagnostics.Metrics;
using Crowd.GraphQL.Language;

namespace Crowd.GraphQL;

/// <summary>
/// What a server tells about its operations, named after OpenTelemetry's semantic conventions for GraphQL. Documents and
/// variables are never recorded: they may hold what is secret.
/// </summary>
public static class OperationTelemetry
{
    /// <summary>The name of the activity source and of the meter, to register with OpenTelemetry.</summary>
    public const string Name = "Crowd.GraphQL";

    private const string OperationType = "graphql.operation.type";
    private const string OperationName = "graphql.operation.name";
    private const string ErrorType = "error.type";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);

    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>(
        "graphql.server.operation.duration",
        "s",
        "Time from a parsed and validated operation to its response.",
        tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] });

    private static readonly UpDownCounter<long> Subscriptions =
        Meter.CreateUpDownCounter<long>("graphql.server.active_subscriptions", "{subscription}", "Subscriptions whose streams are open.");

    private static readonly Counter<long> Prepared =
        Meter.CreateCounter<long>("graphql.server.documents.prepared", "{document}", "Documents parsed and validated, that is not found in the cache.");

    internal static Activity? Start(OperationType type, string? name)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        // The name of an operation comes from the client, so it is an attribute and no part of the activity's name.
        var activity = Source.StartActivity(NameOf(type), ActivityKind.Server);
        activity?.SetTag(OperationType, NameOf(type));
        activity?.SetTag(OperationName, name);
        return activity;
    }

    internal static void Stop(Activity? activity, OperationType type, TimeSpan elapsed, ExecutionResult result)
    {
        var error = result.Errors.Count > 0 ? result.Errors[0].Code : null;
        if (activity is not null && error is not null)
        {
            activity.SetTag(ErrorType, error);
            activity.SetStatus(ActivityStatusCode.Error);
        }

        if (Duration.Enabled)
        {
            var tags = new TagList { { OperationType, NameOf(type) } };
            if (error is not null)
            {
                tags.Add(ErrorType, error);
            }

            Duration.Record(elapsed.TotalSeconds, tags);
        }
    }

    internal static void SubscriptionOpened() => Subscriptions.Add(1);

    internal static void SubscriptionClosed() => Subscriptions.Add(-1);

    internal static void DocumentPrepared() => Prepared.Add(1);

    private static string NameOf(OperationType type) => type switch
    {
        Language.OperationType.Query => "query",
        Language.OperationType.Mutation => "mutation",
        _ => "subscription",
    };
}
