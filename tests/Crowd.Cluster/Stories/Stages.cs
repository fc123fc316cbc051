using Crowd.Tests.Shared;

namespace Crowd.Api.Tests.Servers;

/// <summary>A cluster with its cast, shared by all stories of a stage.</summary>
public abstract class Stage<TServer> : IAsyncLifetime
    where TServer : TestServer, new()
{
    private Cast? _cast;

    public TServer Server { get; } = new();

    public Cast Cast
    {
        get
        {
            Skip.If(PostgresCluster.Missing is not null, PostgresCluster.Missing);
            return _cast!;
        }
    }

    public async Task InitializeAsync()
    {
        if (PostgresCluster.Missing is not null)
            return;
        await Server.InitializeAsync();
        _cast = await Cast.GatherAsync(Server);
    }

    public Task DisposeAsync() => Server.DisposeAsync();
}

/// <summary>Two silos, one API node.</summary>
public sealed class SqliteServer() : TestServer(silos: 2, nodes: 1);

/// <summary>Three silos, two API nodes.</summary>
public sealed class PostgresServer() : TestServer(silos: 3, nodes: 2);

/// <summary>The stories name their two stages by stores. Here the first is two silos with one API node.</summary>
[CollectionDefinition(Name)]
public sealed class SqliteStage : Stage<SqliteServer>, ICollectionFixture<SqliteStage>
{
    public const string Name = "Two silos";
}

/// <summary>The second is three silos with two API nodes.</summary>
[CollectionDefinition(Name)]
public sealed class PostgresStage : Stage<PostgresServer>, ICollectionFixture<PostgresStage>
{
    public const string Name = "Three silos";
}
