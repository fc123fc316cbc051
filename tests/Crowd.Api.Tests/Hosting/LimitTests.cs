using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Crowd.Api.Hosting;
using Crowd.Api.Tests.Servers;

namespace Crowd.Api.Tests.Hosting;

/// <summary>Limits that keep clients from each other, on a server where they are low.</summary>
public sealed class LimitTests(LimitTests.StrictServer server) : IClassFixture<LimitTests.StrictServer>
{
    [Fact]
    public async Task Who_asks_too_often_is_told_so_and_others_are_not()
    {
        var busy = await server.SignUpAsync("Busy");
        var (_, _, program) = await busy.MakeKeyAsync();
        var refused = await UntilRefusedAsync(program);
        Assert.Equal("RATE_LIMITED", (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
        Assert.Equal("1", refused.Headers.GetValues("Retry-After").Single());
        await UntilRefusedAsync(busy); // the same person's limit

        using var health = await busy.Http.GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        Assert.Equal("Query", (await server.Anonymous.SendAsync("{ __typename }")).GetString());
    }

    [Fact]
    public async Task A_file_larger_than_an_import_may_be_is_refused_and_adds_nothing()
    {
        var owner = await server.SignUpAsync("Large");
        var requester = await owner.FoundAsync();
        var job = await owner.CreateJobAsync(requester, Sketch.Job());
        var (status, problem) = await owner.ImportAsync(job, Sketch.Tasks(1_000));
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "PAYLOAD_TOO_LARGE"), (status, problem.GetProperty("code").GetString()));
        Assert.Equal("0", await owner.ReadJobAsync(job, "taskCount"));
    }

    [Fact]
    public async Task A_long_list_of_bad_lines_is_counted_and_cut()
    {
        var owner = await server.SignUpAsync("Careless");
        var job = await owner.CreateJobAsync(await owner.FoundAsync(), Sketch.Job());
        var (_, report) = await owner.ImportAsync(job, string.Concat(Enumerable.Repeat("{}\n", 20)));
        Assert.Equal("20 3", $"{report.GetProperty("bad")} {report.GetProperty("badLines").GetArrayLength()}");
    }

    [Fact]
    public async Task A_search_of_the_audit_trail_goes_a_stretch_of_the_log_at_a_time_and_says_how_far_it_came()
    {
        var administrator = await server.AdministratorAsync();
        var owner = await server.SignUpAsync("Audited");
        var job = await owner.CreateJobAsync(await owner.FoundAsync(), Sketch.Job());
        for (var i = 0; i < 3; i++)
            await server.SignUpAsync($"Later {i}");
        var found = new List<string>();
        var (pages, incomplete) = (0, 0);
        string? after = null;
        do
        {
            var page = await administrator.SendAsync(
                "query($after: String) { auditTrail(type: \"job.created\", first: 2, after: $after) { nodes { stream } pageInfo { hasNextPage endCursor } } }", new { after });
            var here = page.GetProperty("nodes").EnumerateArray().Select(n => n.GetProperty("stream").GetString()!).ToArray();
            found.AddRange(here);
            (pages, incomplete) = (pages + 1, incomplete + (here.Length < 2 ? 1 : 0));
            after = page.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean() ? page.GetProperty("pageInfo").GetProperty("endCursor").GetString() : null;
        }
        while (after is not null);
        Assert.Single(found, job);
        Assert.True(pages > 1 && incomplete > 0);
    }

    [Fact]
    public async Task A_document_beyond_the_limits_is_refused_with_a_code()
    {
        var deep = string.Concat(Enumerable.Repeat("{ me ", 200)) + string.Concat(Enumerable.Repeat("}", 200));
        Assert.EndsWith("_LIMIT", (await server.Anonymous.RefusedAsync(deep)).Code, StringComparison.Ordinal);
        Assert.Equal("GRAPHQL_PARSE_FAILED", (await server.Anonymous.RefusedAsync("{")).Code);
        Assert.Equal("GRAPHQL_VALIDATION_FAILED", (await server.Anonymous.RefusedAsync("{ nothing }")).Code);
        using var content = new StringContent("{", Encoding.UTF8, "application/json");
        using var malformed = await server.Anonymous.Http.PostAsync("/graphql", content);
        Assert.Equal(HttpStatusCode.BadRequest, malformed.StatusCode);
        Assert.Contains("\"code\":\"BAD_REQUEST\"", await malformed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public void Options_out_of_range_stop_the_server_before_it_starts() =>
        Assert.Throws<System.ComponentModel.DataAnnotations.ValidationException>(() => Server.Create(["--Crowd:RequestBurst=0"], "Data Source=never.db", "http://127.0.0.1:0"));

    private static async Task<HttpResponseMessage> UntilRefusedAsync(Person person)
    {
        for (var i = 0; i < 500; i++)
        {
            var response = await person.Http.GetAsync("/graphql?query={__typename}");
            if (response.StatusCode == HttpStatusCode.TooManyRequests)
                return response;
            response.Dispose();
        }

        throw new InvalidOperationException("Never refused.");
    }

    /// <summary>A server with low limits.</summary>
    public sealed class StrictServer() : TestServer(
        folder => $"Data Source={Path.Combine(folder, "crowd.db")}", "--Crowd:RequestsPerSecond=1", "--Crowd:RequestBurst=25", "--Crowd:ImportBytes=4096", "--Crowd:ReportedLines=3", "--Crowd:AuditReach=4");
}

/// <summary>Guessing of passwords, on a server that allows few tries.</summary>
public sealed class GuessTests(GuessTests.WaryServer server) : IClassFixture<GuessTests.WaryServer>
{
    [Fact]
    public async Task Guessing_passwords_is_slowed_down()
    {
        var codes = new List<string>();
        for (var i = 0; i < WaryServer.SignIns + 1; i++)
            codes.Add((await server.Anonymous.RefusedAsync("mutation { signIn(email: \"nobody@crowd.example\", password: \"guess number one\") { id } }")).Code);
        Assert.Equal("UNAUTHENTICATED", codes[0]);
        Assert.Equal("RATE_LIMITED", codes[^1]);
    }

    /// <summary>A server with few tries a minute.</summary>
    public sealed class WaryServer() : TestServer(folder => $"Data Source={Path.Combine(folder, "crowd.db")}", $"--Crowd:SignInsPerMinute={SignIns}")
    {
        public const int SignIns = 8;
    }
}
