using System.Threading.RateLimiting;
using Crowd.Api.Access;
using Crowd.Api.Accounts;
using Crowd.Api.Bulk;
using Crowd.Api.Jobs;
using Crowd.Api.Loop;
using Crowd.Api.Payments;
using Crowd.Api.Subscriptions;
using Crowd.Api.Tasks;
using Crowd.Api.Webhooks;
using Crowd.Api.Workers;
using Crowd.GraphQL;
using Crowd.Payments;
using Crowd.Silo.Hosting;

namespace Crowd.Api.Hosting;

/// <summary>The API's web server.</summary>
public static class Server
{
    /// <summary>Where the server listens unless told otherwise.</summary>
    public const string DefaultUrl = "http://localhost:5080";

    /// <summary>Makes the application. Configuration comes from <c>appsettings.json</c>, the environment and the arguments.</summary>
    /// <param name="args">Arguments for the configuration, such as <c>--Crowd:RequestsPerSecond=0</c>.</param>
    /// <param name="database">Connection string; null for the configuration's <c>ConnectionStrings:crowd</c>, else the default file.</param>
    /// <param name="urls">Addresses, separated by semicolons; null for the configuration's, else <see cref="DefaultUrl"/>.</param>
    /// <param name="seed">Seed of chance; null for none.</param>
    /// <param name="payments">Whether money goes where the configuration says (Stripe, if it has a key); false for the sandbox, as in the demo and the benchmarks.</param>
    /// <param name="configure">Last changes to the builder, for tests.</param>
    public static WebApplication Create(string[] args, string? database, string? urls, int? seed = null, bool payments = false, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        if (urls is not null)
            builder.WebHost.UseUrls(urls);
        else if (builder.Configuration["urls"] is null && builder.Configuration["http_ports"] is null)
            builder.WebHost.UseUrls(DefaultUrl);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        configure?.Invoke(builder);

        var options = builder.Configuration.GetSection("Crowd").Get<ApiOptions>() ?? new();
        System.ComponentModel.DataAnnotations.Validator.ValidateObject(options, new(options), validateAllProperties: true);
        builder.Services.AddCrowd(new()
        {
            Database = database ?? builder.Configuration.GetConnectionString("crowd") ?? CrowdOptions.DefaultDatabase,
            Seed = seed,
            Cluster = ClusterSettings.From(name => builder.Configuration[name], member: false),
            SandboxCheckout = payments && options.SandboxCheckout,
            SandboxFaultPercent = payments ? options.SandboxFaultPercent : 0,
            Stripe = payments ? StripeOptions.From(name => builder.Configuration[name]) : null,
        });
        builder.Services.AddSingleton(options);
        var webhooks = builder.Configuration.GetSection("Crowd:Webhooks").Get<WebhookOptions>() ?? new();
        System.ComponentModel.DataAnnotations.Validator.ValidateObject(webhooks, new(webhooks), validateAllProperties: true);
        builder.Services.AddSingleton(webhooks).AddSingleton<WebhookSender>().AddHostedService<WebhookHost>();
        builder.Services.AddSingleton<Reads>().AddSingleton<JobReads>().AddSingleton<CallerDirectory>().AddSingleton<Sessions>().AddSingleton<SignInLimiter>();
        builder.Services.AddSingleton<LogFeed>().AddSingleton<InputCache>().AddSingleton<RequestLimits>().AddSingleton<Inspections>();
        builder.Services.AddSingleton<AssignmentSeal>().AddSingleton<OversightReads>().AddSingleton<OversightReport>();
        builder.Services.AddSingleton<AlertWatch>().AddHostedService(services => services.GetRequiredService<AlertWatch>());
        WebApplication? app = null;
        var seal = new Lazy<AssignmentSeal>(() => app!.Services.GetRequiredService<AssignmentSeal>());
        builder.Services.AddGraphQL(schema => schema.AddCrowd(seal).Configure(o => o.AllowIntrospection = options.Introspection ?? builder.Environment.IsDevelopment()));
        builder.AddTelemetry();

        app = builder.Build();
        app.UseMiddleware<ReadyMiddleware>();
        app.UseMiddleware<CallerMiddleware>();
        app.UseMiddleware<LimitMiddleware>();
        app.UseWebSockets();
        app.MapHealth();
        app.MapPost("/jobs/{id}/tasks", ImportEndpoint.HandleAsync);
        app.MapGet("/jobs/{id}/results", ExportEndpoint.HandleAsync);
        app.MapGet("/jobs/{id}/report", OversightEndpoint.HandleAsync);
        app.MapGet("/jobs/{id}/preferences", PreferenceEndpoint.HandleAsync);
        app.MapPost("/jobs/{id}/rewards", RewardEndpoint.HandleAsync);
        app.MapPost(DecisionEndpoint.Path, DecisionEndpoint.HandleAsync);
        app.MapPost(PredictionEndpoint.Path, PredictionEndpoint.HandleAsync);
        app.MapPost(EventEndpoint.Path, EventEndpoint.HandleAsync);
        app.MapGraphQL("/graphql");
        app.MapWebClient(options);
        return app;
    }

    /// <summary>Starts the application and waits until it is the active one.</summary>
    public static async Task StartActiveAsync(this WebApplication app, CancellationToken cancellationToken)
    {
        await app.StartAsync(cancellationToken);
        await app.Services.GetRequiredService<ServerState>().WhenActive.WaitAsync(cancellationToken);
        await FirstAdministrator.MakeAsync(app.Services, app.Services.GetRequiredService<ApiOptions>());
    }
}
