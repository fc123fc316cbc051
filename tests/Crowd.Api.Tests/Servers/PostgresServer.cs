using Crowd.Tests.Shared;

namespace Crowd.Api.Tests.Servers;

/// <summary>A server on a schema of the tests' own PostgreSQL. Not started where that is missing: the tests are skipped then.</summary>
public sealed class PostgresServer() : TestServer(_ => PostgresCluster.Shared.CreateSchema())
{
    public override Task InitializeAsync() => PostgresCluster.Missing is null ? base.InitializeAsync() : Task.CompletedTask;
}
