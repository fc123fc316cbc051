using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Crowd.GraphQL.Tests.Transports;

/// <summary>A server on a port of the loopback, with the hub's schema.</summary>
internal sealed class GraphQLServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private GraphQLServer(WebApplication app) => _app = app;

    public Uri Url => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/graphql");

    public static async Task<GraphQLServer> Start(int port = 0, GraphQLHttpOptions? options = null, Action<GraphQLBuilder>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseSetting("urls", $"http://127.0.0.1:{port}");
        builder.Services.AddSingleton<Hub>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.Services.AddGraphQL(graphql =>
        {
            graphql.Query<HubQuery>().Mutation<HubMutation>().Subscription<HubSubscription>();
            configure?.Invoke(graphql);
        });
        var app = builder.Build();
        app.UseWebSockets();
        app.MapGraphQL("/graphql", options);
        await app.StartAsync();
        return new GraphQLServer(app);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
