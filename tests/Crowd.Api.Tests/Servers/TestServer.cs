using Crowd.Api.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Crowd.Api.Tests.Servers;

/// <summary>The whole server on a free port of the loopback, with a database of its own, and people to send requests as.</summary>
public class TestServer(Func<string, string> database, params string[] configuration) : IAsyncLifetime
{
    public const string AdministratorEmail = "administrator@crowd.example";
    public const string Password = "correct horse battery";

    private static readonly string[] Unlimited =
    [
        "--Crowd:RequestsPerSecond=0", "--Crowd:AnonymousRequestsPerSecond=0", "--Crowd:SignInsPerMinute=0",
        $"--Crowd:AdministratorEmail={AdministratorEmail}", $"--Crowd:AdministratorPassword={Password}",
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("crowd-api-");
    private WebApplication? _app;
    private int _names;

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

    /// <summary>A person who has just signed up, in a browser's session.</summary>
    public async Task<Person> SignUpAsync(string name)
    {
        var person = Anonymous;
        await person.SignUpAsync(Email(name), name);
        return person;
    }

    /// <summary>The first administrator, signed in.</summary>
    public async Task<Person> AdministratorAsync()
    {
        var person = Anonymous;
        await person.SignInAsync(AdministratorEmail, Password);
        return person;
    }

    /// <summary>An e-mail address nobody has had.</summary>
    public string Email(string name) => $"{name.ToLowerInvariant().Replace(' ', '.')}.{Interlocked.Increment(ref _names)}@crowd.example";
}

/// <summary>A server on a SQLite file.</summary>
public sealed class SqliteServer() : TestServer(folder => $"Data Source={Path.Combine(folder, "crowd.db")}");
