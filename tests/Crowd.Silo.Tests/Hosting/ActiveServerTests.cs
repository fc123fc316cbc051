using System.ComponentModel.DataAnnotations;
using Crowd.Silo.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Crowd.Silo.Tests.Hosting;

/// <summary>A server from standby to its end.</summary>
public sealed class ActiveServerTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("crowd-silo-");

    [Fact]
    public async Task A_server_over_a_new_file_becomes_active_and_stops()
    {
        using var host = HostedCrowd.OnSqlite(File("new"));
        await host.StartAsync();
        await host.WhenActiveAsync();
        Assert.Equal(ServerRole.Active, host.Role());
        await host.StopAsync();
        Assert.Equal(ServerRole.Stopping, host.Role());
    }

    [Fact]
    public async Task A_server_waits_as_a_standby_until_the_role_is_its_own()
    {
        using var role = new HeldRole();
        using var host = HostedCrowd.OnVolatile(role);
        await host.StartAsync();
        await host.WhenStandbyAsync();
        Assert.False(host.Services.GetRequiredService<ServerState>().WhenActive.IsCompleted);
        role.Give();
        await host.WhenActiveAsync();
        Assert.Equal(ServerRole.Active, host.Role());
        await host.StopAsync();
    }

    [Fact]
    public async Task A_standby_can_be_stopped()
    {
        using var role = new HeldRole();
        using var host = HostedCrowd.OnVolatile(role);
        await host.StartAsync();
        await host.WhenStandbyAsync();
        await host.StopAsync();
        Assert.Equal(ServerRole.Stopping, host.Role());
    }

    [Fact]
    public async Task A_server_that_loses_the_role_stops_its_process()
    {
        using var role = new HeldRole();
        using var host = HostedCrowd.OnSqlite(File("lost"), role);
        role.Give();
        await host.StartAsync();
        await host.WhenActiveAsync();
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(() => stopping.TrySetResult());
        role.Take();
        await stopping.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await host.StopAsync();
        Assert.Equal(ServerRole.Stopping, host.Role());
    }

    [Fact]
    public async Task Of_two_servers_over_one_file_the_second_takes_over_when_the_first_stops()
    {
        using var first = HostedCrowd.OnSqlite(File("shared"));
        using var second = HostedCrowd.OnSqlite(File("shared"));
        await first.StartAsync();
        await first.WhenActiveAsync();
        await second.StartAsync();
        await second.WhenStandbyAsync();
        await first.StopAsync();
        await second.WhenActiveAsync();
        Assert.Equal((ServerRole.Stopping, ServerRole.Active), (first.Role(), second.Role()));
        await second.StopAsync();
    }

    [Fact]
    public void Options_out_of_range_are_refused_when_the_server_is_composed()
    {
        foreach (var options in (CrowdOptions[])[new() { DrainTime = TimeSpan.FromMinutes(6) }, new() { DrainTime = TimeSpan.FromSeconds(-1) }, new() { Database = "" }])
            Assert.Throws<ValidationException>(() => new ServiceCollection().AddCrowd(options));
        using var provider = new ServiceCollection().AddLogging().AddCrowd(new() { Database = "somewhere" }).BuildServiceProvider();
        Assert.Throws<ArgumentException>(() => provider.GetRequiredService<Journal.JournalStore>());
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string File(string name) => Path.Combine(_folder.FullName, name + ".db");
}
