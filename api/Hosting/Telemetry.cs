using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Crowd.Api.Hosting;

/// <summary>Metrics, traces and logs by OTLP, off until <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set; the exporter reads its other settings from the environment.</summary>
internal static class Telemetry
{
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        if (string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
            return;
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("crowd"))
            .WithMetrics(metrics => metrics.AddAspNetCoreInstrumentation().AddRuntimeInstrumentation().AddMeter("Crowd.*").AddMeter("Npgsql").AddMeter("Microsoft.Orleans"))
            .WithTracing(traces => traces.AddAspNetCoreInstrumentation().AddSource("Crowd.*").AddSource("Npgsql").AddSource("Microsoft.Orleans.*"))
            .WithLogging(null, logs => logs.IncludeFormattedMessage = true)
            .UseOtlpExporter();
    }
}
