using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Crowd.Api.Tests.Webhooks;

/// <summary>A server that takes deliveries, or refuses them while it is told to.</summary>
public sealed class Receiver : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly WebApplication _app;
    private readonly Channel<Received> _received = Channel.CreateUnbounded<Received>();
    private volatile int _status = StatusCodes.Status204NoContent;

    private Receiver(WebApplication app) => _app = app;

    public string Url => $"{_app.Urls.First()}/crowd";

    /// <summary>What it answers with.</summary>
    public int Status
    {
        get => _status;
        set => _status = value;
    }

    public static async Task<Receiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var receiver = new Receiver(app);
        app.MapPost("/crowd", receiver.TakeAsync);
        app.MapPost("/elsewhere", () => Results.Redirect("/crowd"));
        await app.StartAsync();
        return receiver;
    }

    /// <summary>The next delivery, taken or refused.</summary>
    public async Task<Received> NextAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        return await _received.Reader.ReadAsync(patience.Token);
    }

    /// <summary>The next delivery that was taken.</summary>
    public async Task<Received> NextTakenAsync()
    {
        Received next;
        do
            next = await NextAsync();
        while (next.Status >= 300);
        return next;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task<IResult> TakeAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        var status = Status;
        await _received.Writer.WriteAsync(new(request.Headers["Crowd-Signature"]!, long.Parse(request.Headers["Crowd-Delivery"]!, System.Globalization.CultureInfo.InvariantCulture),
            request.Headers["Crowd-Event"]!, body.ToArray(), status));
        return Results.StatusCode(status);
    }
}

/// <summary>A delivery as it came.</summary>
public sealed record Received(string Signature, long Position, string Type, byte[] Bytes, int Status)
{
    public JsonElement Body => JsonSerializer.Deserialize<JsonElement>(Bytes);
}
