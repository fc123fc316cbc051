using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Crowd.StandIn;

/// <summary>The stand-in behind a real server on loopback, on a port of the system's choice; its faults happen to the connection.</summary>
public sealed class StandInServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private StandInServer(WebApplication application) => _application = application;

    /// <summary>The origin, for example <c>http://127.0.0.1:40000</c>.</summary>
    public string Address => _application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    /// <summary>Starts it.</summary>
    public static async Task<StandInServer> StartAsync(StripeStandIn standIn, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var application = builder.Build();
        application.Run(context => AnswerAsync(standIn, context));
        await application.StartAsync(cancellationToken);
        return new(application);
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private static async Task AnswerAsync(StripeStandIn standIn, HttpContext context)
    {
        var request = context.Request;
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        var (fault, reply) = standIn.Receive(new(
            request.Method, request.Path.Value!, request.Method == "GET" ? request.QueryString.Value!.TrimStart('?') : body,
            request.Headers["Idempotency-Key"], request.Headers["Stripe-Account"], request.Headers.Authorization));
        switch (fault)
        {
            case StandInFault.TimeoutBefore or StandInFault.TimeoutAfter:
                await UntilGivenUpAsync(context);
                return;
            case StandInFault.NoConnection or StandInFault.LostReply or StandInFault.Late:
                context.Abort();
                return;
        }

        var bytes = Encoding.UTF8.GetBytes(reply!.Body);
        context.Response.StatusCode = reply.Status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = bytes.Length;
        foreach (var (name, value) in StandInHeaders.Of(reply))
            context.Response.Headers[name] = value;
        if (fault == StandInFault.CutInBody)
        {
            await context.Response.Body.WriteAsync(bytes.AsMemory(0, bytes.Length / 2), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            context.Abort();
            return;
        }

        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    private static async Task UntilGivenUpAsync(HttpContext context)
    {
        var given = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = context.RequestAborted.Register(given.SetResult);
        await given.Task;
    }
}
