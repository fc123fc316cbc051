using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Crowd.Api.Tests.Servers;

namespace Crowd.Api.Tests.Hosting;

/// <summary>What anybody may ask.</summary>
[Collection(SqliteStage.Name)]
public sealed class HealthTests(SqliteStage stage)
{
    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task An_active_server_is_live_and_ready(string path)
    {
        using var response = await stage.Server.Anonymous.Http.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("active", (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("role").GetString());
    }

    [Fact]
    public async Task Anybody_may_ask_for_the_type_name() => Assert.Equal("Query", (await stage.Server.Anonymous.SendAsync("{ __typename }")).GetString());

    [Fact]
    public async Task Production_does_not_tell_its_schema() =>
        Assert.Equal("INTROSPECTION_DISABLED", (await stage.Server.Anonymous.RefusedAsync("{ __schema { queryType { name } } }")).Code);

    [Fact]
    public async Task Nothing_failed_inside_while_these_stories_ran()
    {
        Assert.Equal("Query", (await stage.Server.Anonymous.SendAsync("{ __typename }")).GetString());
        Assert.DoesNotContain(stage.Server.Log.Lines, l => l.StartsWith("Error", StringComparison.Ordinal) || l.StartsWith("Critical", StringComparison.Ordinal));
    }
}

/// <summary>A server in development.</summary>
public sealed class DevelopmentTests(DevelopmentTests.DevelopmentServer server) : IClassFixture<DevelopmentTests.DevelopmentServer>
{
    [Fact]
    public async Task Development_tells_its_schema_to_anybody() =>
        Assert.Equal("Query", (await server.Anonymous.SendAsync("{ __schema { queryType { name } } }")).GetProperty("queryType").GetProperty("name").GetString());

    /// <summary>A server in the environment Development.</summary>
    public sealed class DevelopmentServer() : TestServer(folder => $"Data Source={Path.Combine(folder, "crowd.db")}", "--environment=Development");
}
