using Crowd.Tests.Shared;

namespace Crowd.Api.Tests.Servers;

/// <summary>A server with its cast, shared by all stories of a store: one after the other, so that none waits for another's accounts.</summary>
public abstract class Stage<TServer> : IAsyncLifetime
    where TServer : TestServer, new()
{
    private Cast? _cast;

    public TServer Server { get; } = new();

    public Cast Cast
    {
        get
        {
            Skip.If(Server is PostgresServer && PostgresCluster.Missing is not null, PostgresCluster.Missing);
            return _cast!;
        }
    }

    public async Task InitializeAsync()
    {
        await Server.InitializeAsync();
        if (Server is not PostgresServer || PostgresCluster.Missing is null)
            _cast = await Cast.GatherAsync(Server);
    }

    public Task DisposeAsync() => Server.DisposeAsync();
}

/// <inheritdoc cref="Stage{TServer}"/>
[CollectionDefinition(Name)]
public sealed class SqliteStage : Stage<SqliteServer>, ICollectionFixture<SqliteStage>
{
    public const string Name = "SQLite";
}

/// <inheritdoc cref="Stage{TServer}"/>
[CollectionDefinition(Name)]
public sealed class PostgresStage : Stage<PostgresServer>, ICollectionFixture<PostgresStage>
{
    public const string Name = "PostgreSQL";
}
