using Crowd.Journal;
using Microsoft.Extensions.Hosting;

namespace Crowd.Silo.Cluster;

/// <summary>Looks for Orleans' own tables before anything of the cluster starts. Its packages do not bring them; <c>deploy/orleans-tables</c> does.</summary>
internal sealed class OrleansTables(ISqlReads reads) : IHostedService
{
    private static readonly string[] Wanted = ["orleansquery", "orleansmembershiptable", "orleansmembershipversiontable", "orleansreminderstable", "orleansstorage"];

    /// <summary>Looks.</summary>
    /// <exception cref="InvalidOperationException">A table is missing.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var connection = await reads.OpenAsync(cancellationToken);
        foreach (var table in Wanted)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"select to_regclass('{table}') is not null";
            if (await command.ExecuteScalarAsync(cancellationToken) is not true)
                throw new InvalidOperationException($"CROWD0003: the database has no table {table}. Run deploy/orleans-tables on it once: it fetches Orleans' own scripts and carries them out.");
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
