using Crowd.Api.Hosting;
using Crowd.Cluster.Silos;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Crowd.Api.Tests.Servers;

/// <summary>
/// A cluster in the place of the one server that the API's stories are told of: silos, and API nodes that are their clients. Requests go to the nodes in turn, as a load
/// balancer sends them, so that what one node was told another must know.
/// </summary>
public partial class TestServer(int silos, int nodes) : IAsyncLifetime
{
    private readonly List<WebApplication> _nodes = [];
    private TestSilos? _silos;
    private int _next;

    public LogLines Log { get; } = new();

    public TestSilos Silos => _silos ?? throw new InvalidOperationException("The cluster was not started.");

    public IReadOnlyList<Uri> Addresses => [.. _nodes.Select(n => new Uri(n.Urls.First()))];

    /// <summary>The first node's address.</summary>
    public Uri Address => Addresses[0];

    /// <summary>The first node's services.</summary>
    public IServiceProvider Services => _nodes[0].Services;

    /// <summary>A caller without a session or key.</summary>
    public Person Anonymous => new(new(new InTurn(this)) { BaseAddress = Address });

    public async Task InitializeAsync()
    {
        _silos = await TestSilos.StartAsync(silos);
        for (var i = 0; i < nodes; i++)
        {
            var app = Server.Create(Unlimited, _silos.Database, "http://127.0.0.1:0", configure: builder =>
            {
                builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Debug).AddProvider(Log);
                builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
                builder.Services.AddSingleton(_silos.Client).AddSingleton<IGrainFactory>(_silos.Client);
            });
            _nodes.Add(app);
            await app.StartActiveAsync(CancellationToken.None);
        }
    }

    public async Task DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync();
        if (_silos is not null)
            await _silos.DisposeAsync();
    }

    /// <summary>Sends every request to the next node. Cookies belong to the host name, which the nodes share.</summary>
    private sealed class InTurn(TestServer server) : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var node = server.Addresses[Interlocked.Increment(ref server._next) % server._nodes.Count];
            request.RequestUri = new Uri(node, request.RequestUri!.PathAndQuery);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
