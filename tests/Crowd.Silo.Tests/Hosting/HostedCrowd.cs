using Crowd.Journal;
using Crowd.Silo.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Crowd.Silo.Tests.Hosting;

/// <summary>Servers without the API.</summary>
internal static class HostedCrowd
{
    /// <summary>A server over a SQLite file.</summary>
    public static IHost OnSqlite(string file, IActiveRole? role = null) => Build(new() { Database = $"Data Source={file}", Seed = 1 }, services =>
    {
        if (role is not null)
            services.AddSingleton(role);
    });

    /// <summary>A server in memory alone.</summary>
    public static IHost OnVolatile(IActiveRole role) => Build(new() { Seed = 1 }, services =>
    {
        services.AddSingleton<IJournal>(_ => new VolatileJournal());
        services.AddSingleton(role);
    });

    public static async Task WhenActiveAsync(this IHost host) =>
        await host.Services.GetRequiredService<ServerState>().WhenActive.WaitAsync(TimeSpan.FromSeconds(30));

    /// <summary>Waits until the server is a standby, which it becomes a little after it was started.</summary>
    public static async Task WhenStandbyAsync(this IHost host)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (host.Role() != ServerRole.Standby)
            await Task.Delay(5, patience.Token);
    }

    public static ServerRole Role(this IHost host) => host.Services.GetRequiredService<ServerState>().Role;

    private static IHost Build(CrowdOptions options, Action<IServiceCollection> configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Logging.ClearProviders();
        builder.Services.AddCrowd(options);
        configure(builder.Services);
        return builder.Build();
    }
}

/// <summary>A role that a test gives and takes.</summary>
internal sealed class HeldRole : IActiveRole, IDisposable
{
    private readonly TaskCompletionSource _given = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _lost = new();

    public void Give() => _given.TrySetResult();

    public void Take() => _lost.Cancel();

    public void Dispose() => _lost.Dispose();

    public async Task<ActiveLease> AcquireAsync(CancellationToken cancellationToken)
    {
        await _given.Task.WaitAsync(cancellationToken);
        return new Lease(_lost.Token);
    }

    private sealed class Lease(CancellationToken lost) : ActiveLease
    {
        public override CancellationToken Lost => lost;

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
