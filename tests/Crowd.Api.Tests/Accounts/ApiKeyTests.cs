using System.Net;
using Crowd.Api.Hosting;
using Crowd.Api.Tests.Servers;
using Microsoft.Extensions.DependencyInjection;

namespace Crowd.Api.Tests.Accounts;

/// <summary>Keys of programs, and secrets that are shown once and kept nowhere.</summary>
[Collection(SqliteStage.Name)]
public sealed class ApiKeyTests(SqliteStage stage)
{
    [Fact]
    public async Task A_key_acts_as_its_person_until_it_is_revoked()
    {
        var owner = stage.Cast.Owner;
        var (id, _, program) = await owner.MakeKeyAsync("nightly import");
        Assert.Equal((await owner.SendAsync("{ me { id } }")).ToString(), (await program.SendAsync("{ me { id } }")).ToString());
        Assert.Contains(id, (await owner.SendAsync("{ apiKeys { id name } }")).EnumerateArray().Select(k => k.GetProperty("id").GetString()));

        await owner.SendAsync("mutation($key: ID!) { revokeApiKey(key: $key) }", new { key = id });
        var refused = await program.RefusedAsync("{ me { id } }");
        Assert.Equal((HttpStatusCode.Unauthorized, "UNAUTHENTICATED"), (refused.Status, refused.Code));
        Assert.DoesNotContain(id, (await owner.SendAsync("{ apiKeys { id } }")).EnumerateArray().Select(k => k.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task What_a_program_does_is_written_down_under_its_key()
    {
        var (id, _, program) = await stage.Cast.Owner.MakeKeyAsync();
        var job = await program.CreateJobAsync(stage.Cast.Organisation, Sketch.Job());
        var history = await stage.Cast.Owner.SendAsync("query($job: ID!) { jobHistory(job: $job) { nodes { type actor } } }", new { job });
        Assert.Equal(id, history.GetProperty("nodes")[0].GetProperty("actor").GetString());
    }

    [Fact]
    public async Task Another_persons_key_cannot_be_revoked_and_keys_need_a_person()
    {
        var (id, _, program) = await stage.Cast.Owner.MakeKeyAsync();
        Assert.Equal("NOT_FOUND", (await stage.Cast.Stranger.RefusedAsync("mutation($key: ID!) { revokeApiKey(key: $key) }", new { key = id })).Code);
        Assert.Equal("UNAUTHENTICATED", (await stage.Server.Anonymous.RefusedAsync("mutation { createApiKey(name: \"x\") { id } }")).Code);
        Assert.NotEqual("", (await program.SendAsync("{ me { id } }")).ToString());
    }

    [Fact]
    public async Task Secrets_stand_in_no_answer_no_log_line_and_no_event()
    {
        var (id, secret, program) = await stage.Cast.Owner.MakeKeyAsync("secret keeper");
        Assert.StartsWith("crowd_", secret, StringComparison.Ordinal);
        var keys = (await stage.Cast.Owner.SendAsync("{ apiKeys { id name createdAt } }")).ToString();
        Assert.Contains(id, keys, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, keys, StringComparison.Ordinal);
        await program.SendAsync("{ me { id } }");

        Assert.NotEmpty(stage.Server.Log.Lines);
        Assert.DoesNotContain(stage.Server.Log.Lines, l => l.Contains(secret, StringComparison.Ordinal) || l.Contains(TestServer.Password, StringComparison.Ordinal)
            || l.Contains("@crowd.example", StringComparison.Ordinal));
        var events = await stage.Server.Services.GetRequiredService<Reads>().ListAsync<string>("select data from events", null, CancellationToken.None);
        Assert.Contains(events, e => e.Contains("secret keeper", StringComparison.Ordinal));
        Assert.DoesNotContain(events, e => e.Contains(secret, StringComparison.Ordinal) || e.Contains(TestServer.Password, StringComparison.Ordinal)
            || e.Contains("@crowd.example", StringComparison.Ordinal));
    }
}
