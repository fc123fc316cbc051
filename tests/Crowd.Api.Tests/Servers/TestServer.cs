using Crowd.Api.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Crowd.Api.Tests.Servers;

/// <summary>The whole server on a free port of the loopback, with a database of its own, and people to send requests as.</summary>
public partial class TestServer(Func<string, string> database, params string[] configuration) : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("crowd-api-");
    private WebApplication? _app;

    /// <summary>Everything that was logged.</summary>
    public LogLines Log { get; } = new();

    public Uri Address => new(App.Urls.First());

    public IServiceProvider Services => App.Services;

    /// <summary>A caller without a session or key.</summary>
    public Person Anonymous => new(new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Address });

    /// <summary>Whether payments go where the configuration says. False: to a sandbox that pays at once, whatever the environment says of a provider.</summary>
    protected virtual bool HasPayments => false;

    private WebApplication App => _app ?? throw new InvalidOperationException("The server was not started.");

    public virtual async Task InitializeAsync()
    {
        _app = Server.Create([.. Unlimited, .. configuration], database(_folder.FullName), "http://127.0.0.1:0", payments: HasPayments, configure: builder =>
        {
            builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Debug).AddProvider(Log);
            builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        });
        await _app.StartActiveAsync(CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}

/// <summary>A server on a SQLite file.</summary>
public sealed class SqliteServer() : TestServer(folder => $"Data Source={Path.Combine(folder, "crowd.db")}");
