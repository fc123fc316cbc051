using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Crowd.Payments.Tests.Oracle;

/// <summary>Keeps every request that arrives, and answers with an empty object.</summary>
internal sealed class RecordingServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly List<RecordedRequest> _requests = [];

    private RecordingServer(WebApplication application) => _application = application;

    public string Address => _application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public static async Task<RecordingServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var server = new RecordingServer(builder.Build());
        server._application.Run(server.RecordAsync);
        await server._application.StartAsync();
        return server;
    }

    /// <summary>The one request since the last call.</summary>
    public RecordedRequest Take()
    {
        var request = Assert.Single(_requests);
        _requests.Clear();
        return request;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private async Task RecordAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        _requests.Add(new(
            context.Request.Method, context.Features.Get<IHttpRequestFeature>()!.RawTarget, context.Request.Headers["Authorization"], context.Request.Headers["Stripe-Version"],
            context.Request.Headers["Stripe-Account"], context.Request.Headers["Idempotency-Key"], context.Request.Headers["Accept"],
            context.Request.Method == "POST" ? context.Request.ContentType : null, body));
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync("{}");
    }
}

/// <summary>What matters of a request.</summary>
internal sealed record RecordedRequest(
    string Method, string Target, string? Authorization, string? Version, string? Account, string? IdempotencyKey, string? Accept, string? ContentType, string Body);
