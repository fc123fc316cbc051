using System.Text.Json;
using Crowd.GraphQL.Tests.Node;
using Xunit.Abstractions;

namespace Crowd.GraphQL.Tests.Transports;

public sealed class AuditTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Every_audit_of_graphql_http_passes()
    {
        await using var server = await GraphQLServer.Start();
        using var node = NodePackage.Start("audits.mjs", server.Url.ToString());
        var audits = JsonDocument.Parse(await node.StandardOutput.ReadToEndAsync()).RootElement;

        var failed = audits.EnumerateArray().Where(audit => audit.GetProperty("status").GetString() != "ok").Select(audit => audit.ToString()).ToList();
        output.WriteLine($"graphql-http audits: {audits.GetArrayLength() - failed.Count} of {audits.GetArrayLength()} pass");
        Assert.Empty(failed);
        Assert.True(audits.GetArrayLength() >= 61);
    }
}
