using System.Text.Json;
using Crowd.Api.Loop;
using Crowd.Api.Tests.Servers;
using Crowd.Api.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace Crowd.Api.Tests.Webhooks;

/// <summary>A server that may call the loopback and tries again at once.</summary>
public sealed class WebhookServer() : TestServer(
    folder => $"Data Source={Path.Combine(folder, "crowd.db")}",
    "--Crowd:Webhooks:AllowPrivateAddresses=true", "--Crowd:Webhooks:FirstRetry=00:00:00.020", "--Crowd:Webhooks:LongestRetry=00:00:00.050", "--Crowd:Webhooks:DisableAfter=00:00:00.300");

public sealed class WebhookTests(WebhookServer server) : IClassFixture<WebhookServer>, IAsyncLifetime
{
    private const string Create = "mutation($r: ID!, $url: String!, $types: [String!]!) { createWebhook(requester: $r, url: $url, types: $types) { id secret } }";
    private const string State = "query($r: ID!) { webhooks(requester: $r) { id url types disabledAt disabledReason } }";

    private static readonly string[] Life = ["job.opened", "job.paused", "job.closed"];

    private Person _owner = null!;
    private string _organisation = "";
    private Receiver _receiver = null!;

    public async Task InitializeAsync()
    {
        _owner = await server.SignUpAsync("Owner");
        _organisation = await _owner.FoundAsync();
        await _owner.TopUpAsync(_organisation, 100_000_000);
        _receiver = await Receiver.StartAsync();
    }

    public async Task DisposeAsync() => await _receiver.DisposeAsync();

    [Fact]
    public async Task What_happens_on_a_job_is_sent_in_order_and_signed()
    {
        var (_, secret) = await CreateAsync(["job.created", "job.imported", "job.funded", "job.opened", "task.submitted", "task.decided"]);
        var job = await OpenJobAsync();
        var worker = await server.SignUpAsync("Worker");
        await worker.BecomeWorkerAsync();
        await worker.WorkAsync(job, "cat");

        var types = new List<string>();
        var positions = new List<long>();
        for (var i = 0; i < 6; i++)
        {
            var received = await _receiver.NextAsync();
            types.Add(received.Type);
            positions.Add(received.Position);
            Assert.Equal(job, received.Body.GetProperty("job").GetString());
            Assert.Equal(received.Type, received.Body.GetProperty("type").GetString());
            Assert.Equal(received.Position, received.Body.GetProperty("position").GetInt64());
            var parts = received.Signature.Split(',').ToDictionary(p => p.Split('=')[0], p => p.Split('=')[1]);
            Assert.Equal(WebhookSender.Sign(secret, parts["t"], received.Bytes), parts["v1"]);
            Assert.NotEqual(WebhookSender.Sign("whsec_another", parts["t"], received.Bytes), parts["v1"]);
        }

        Assert.Equal(["job.created", "job.imported", "job.funded", "job.opened", "task.submitted", "task.decided"], types);
        Assert.Equal(positions.Order(), positions);
    }

    [Fact]
    public async Task A_test_is_sent_at_once_and_signed_with_the_secret_that_replaced_the_first()
    {
        var (id, first) = await CreateAsync(Life);
        var replaced = await _owner.SendAsync("mutation($id: ID!) { replaceWebhookSecret(id: $id) { id secret } }", new { id });
        var second = replaced.GetProperty("secret").GetString()!;
        Assert.NotEqual(first, second);
        var trial = await _owner.SendAsync("mutation($id: ID!) { testWebhook(id: $id) { taken answer } }", new { id });
        Assert.Equal("""{"taken":true,"answer":"HTTP 204"}""", trial.GetRawText());
        var received = await _receiver.NextAsync();
        Assert.Equal(("webhook.test", 0L), (received.Type, received.Position));
        var parts = received.Signature.Split(',').ToDictionary(p => p.Split('=')[0], p => p.Split('=')[1]);
        Assert.Equal(WebhookSender.Sign(second, parts["t"], received.Bytes), parts["v1"]);

        _receiver.Status = 503;
        trial = await _owner.SendAsync("mutation($id: ID!) { testWebhook(id: $id) { taken answer } }", new { id });
        Assert.Equal("""{"taken":false,"answer":"HTTP 503"}""", trial.GetRawText());

        var stranger = await server.SignUpAsync("Stranger");
        foreach (var mutation in (string[])["replaceWebhookSecret(id: $id) { id }", "testWebhook(id: $id) { taken }"])
            Assert.Equal("NOT_FOUND", (await stranger.RefusedAsync($"mutation($id: ID!) {{ {mutation} }}", new { id })).Code);
    }

    [Fact]
    public async Task What_machines_do_is_sent_as_well_decisions_the_wish_for_training_and_alerts()
    {
        await CreateAsync(["decision.held", "decision.released", "learning.training-wanted", "alert.raised", "alert.cleared"]);
        var job = await _owner.CreateJobAsync(_organisation, Sketch.Job(p => p["learning"] = new System.Text.Json.Nodes.JsonObject { ["trainAfterLabels"] = 10 }));
        await _owner.ImportAsync(job, Sketch.Tasks(10));
        await _owner.FundAsync(job, 20 * Sketch.AnswerMicros);
        await _owner.DoAsync("openJob", job);

        await _owner.SendAsync(
            "mutation($job: ID!, $rules: [AlertRuleInput!]!) { setAlertRules(job: $job, rules: $rules) { id } }", new { job, rules = new[] { new { id = "late", measure = "HELD_SECONDS", limit = 0.000001 } } });
        var decision = (await _owner.SendAsync(
            "mutation($job: ID!, $p: PredictionInput!) { requestDecision(job: $job, key: \"k\", input: { text: \"who?\" }, prediction: $p) { id } }",
            new { job, p = new { model = "net", version = "1", label = new { choice = "cat" }, confidence = 0.5 } })).GetProperty("id").GetString();
        var held = await _receiver.NextAsync();
        Assert.Equal(("decision.held", job, decision), (held.Type, held.Body.GetProperty("job").GetString(), held.Body.GetProperty("stream").GetString()));
        var watch = server.Services.GetRequiredService<AlertWatch>();
        await watch.RunOnceAsync(CancellationToken.None);
        var raised = await _receiver.NextAsync();
        Assert.Equal(("alert.raised", job, "late"), (raised.Type, raised.Body.GetProperty("job").GetString(), raised.Body.GetProperty("data").GetProperty("rule").GetProperty("id").GetString()));

        await _owner.SendAsync("mutation($decision: ID!) { resolveDecision(decision: $decision, label: { choice: \"cat\" }, reason: \"seen\") { status } }", new { decision });
        Assert.Equal("decision.released", (await _receiver.NextAsync()).Type);
        await watch.RunOnceAsync(CancellationToken.None);
        Assert.Equal("alert.cleared", (await _receiver.NextAsync()).Type);

        var worker = await server.SignUpAsync("Worker");
        await worker.BecomeWorkerAsync();
        for (var i = 0; i < 10; i++)
            await worker.WorkAsync(job, "cat");
        var wanted = await _receiver.NextAsync();
        Assert.Equal(("learning.training-wanted", job, 10), (wanted.Type, wanted.Body.GetProperty("job").GetString(), wanted.Body.GetProperty("data").GetProperty("newLabels").GetInt32()));
    }

    [Fact]
    public async Task A_refused_delivery_is_tried_again_and_what_follows_on_its_job_waits()
    {
        var (id, _) = await CreateAsync(Life);
        _receiver.Status = 500;
        var job = await OpenJobAsync();
        await _owner.DoAsync("pauseJob", job);
        Assert.Equal(["job.opened", "job.opened"], [(await _receiver.NextAsync()).Type, (await _receiver.NextAsync()).Type]);
        _receiver.Status = 200;
        Assert.Equal("job.opened", (await _receiver.NextTakenAsync()).Type);
        Assert.Equal("job.paused", (await _receiver.NextTakenAsync()).Type);

        var log = await DeliveriesAsync(id, d => d.All(x => x.GetProperty("delivered").GetBoolean()));
        Assert.Equal(["job.paused", "job.opened"], log.Select(d => d.GetProperty("type").GetString()!));
        Assert.Equal(1, log[0].GetProperty("attempts").GetInt32());
        Assert.True(log[1].GetProperty("attempts").GetInt32() >= 3);
        Assert.Equal("HTTP 200", log[0].GetProperty("answer").GetString());
    }

    [Fact]
    public async Task A_receiver_that_fails_too_long_is_disabled_with_the_reason_and_gets_what_waits_when_it_is_enabled()
    {
        var (id, _) = await CreateAsync(Life);
        _receiver.Status = 503;
        await OpenJobAsync();
        var disabled = await UntilAsync(s => s.GetProperty("disabledAt").ValueKind == JsonValueKind.String);
        Assert.Contains("the last time: HTTP 503", disabled.GetProperty("disabledReason").GetString(), StringComparison.Ordinal);

        _receiver.Status = 200;
        var enabled = await _owner.SendAsync("mutation($id: ID!) { enableWebhook(id: $id) { disabledAt disabledReason } }", new { id });
        Assert.Equal(JsonValueKind.Null, enabled.GetProperty("disabledAt").ValueKind);
        Assert.Equal("job.opened", (await _receiver.NextTakenAsync()).Type);
    }

    [Fact]
    public async Task The_past_is_sent_again_from_a_position()
    {
        var job = await OpenJobAsync();
        await _owner.DoAsync("pauseJob", job);
        var (id, _) = await CreateAsync(Life);
        const string Replay = "mutation($id: ID!, $after: Long!) { replayWebhook(id: $id, afterPosition: $after) { id } }";
        await _owner.SendAsync(Replay, new { id, after = 0 });
        var opened = await _receiver.NextAsync();
        var paused = await _receiver.NextAsync();
        Assert.Equal(["job.opened", "job.paused"], [opened.Type, paused.Type]);

        await DeliveriesAsync(id, d => d.All(x => x.GetProperty("delivered").GetBoolean()));
        await _owner.SendAsync(Replay, new { id, after = opened.Position });
        Assert.Equal(paused.Position, (await _receiver.NextAsync()).Position);
        Assert.Equal("INVALID", (await _owner.RefusedAsync(Replay, new { id, after = -1 })).Code);
    }

    [Fact]
    public async Task Only_owners_see_and_change_webhooks()
    {
        var (id, _) = await CreateAsync(Life);
        var stranger = await server.SignUpAsync("Stranger");
        Assert.Equal("FORBIDDEN", (await stranger.RefusedAsync(Create, new { r = _organisation, url = _receiver.Url, types = Life })).Code);
        Assert.Equal("FORBIDDEN", (await stranger.RefusedAsync(State, new { r = _organisation })).Code);
        Assert.Equal("NOT_FOUND", (await stranger.RefusedAsync("mutation($id: ID!) { removeWebhook(id: $id) }", new { id })).Code);
        Assert.Equal("NOT_FOUND", (await stranger.RefusedAsync("query($id: ID!) { deliveries(webhook: $id) { nodes { type } } }", new { id })).Code);
    }

    [Fact]
    public async Task A_removed_webhook_is_sent_nothing_and_leaves_nothing()
    {
        var (id, _) = await CreateAsync(Life);
        await _owner.SendAsync("mutation($id: ID!) { removeWebhook(id: $id) }", new { id });
        var (_, _) = await CreateAsync(["job.paused"]);
        var job = await OpenJobAsync();
        await _owner.DoAsync("pauseJob", job);
        Assert.Equal("job.paused", (await _receiver.NextAsync()).Type);
        Assert.Single((await _owner.SendAsync(State, new { r = _organisation })).EnumerateArray());
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        var created = await _owner.SendAsync(Create, new { r = _organisation, url = _receiver.Url.Replace("/crowd", "/elsewhere", StringComparison.Ordinal), types = Life });
        await OpenJobAsync();
        var log = await DeliveriesAsync(created.GetProperty("id").GetString()!, d => d.Length > 0 && d[0].GetProperty("attempts").GetInt32() > 0);
        Assert.Equal("HTTP 302", log[0].GetProperty("answer").GetString());
    }

    [Fact]
    public async Task Wrong_addresses_and_types_are_refused_with_what_to_change()
    {
        var refused = await _owner.RefusedAsync(Create, new { r = _organisation, url = "ftp://files.example", types = (string[])["job.exploded"] });
        Assert.Equal("INVALID", refused.Code);
        Assert.Equal(["url", "types"], refused.Violations.EnumerateArray().Select(v => v.GetProperty("path").GetString()!));
    }

    private async Task<(string Id, string Secret)> CreateAsync(string[] types)
    {
        var created = await _owner.SendAsync(Create, new { r = _organisation, url = _receiver.Url, types });
        return (created.GetProperty("id").GetString()!, created.GetProperty("secret").GetString()!);
    }

    private async Task<string> OpenJobAsync()
    {
        var job = await _owner.CreateJobAsync(_organisation, Sketch.Job());
        await _owner.ImportAsync(job, Sketch.Tasks(1));
        await _owner.FundAsync(job, Sketch.AnswerMicros);
        await _owner.DoAsync("openJob", job);
        return job;
    }

    private async Task<JsonElement[]> DeliveriesAsync(string webhook, Func<JsonElement[], bool> enough) => await AskUntilAsync(
        async () => (await _owner.SendAsync("query($id: ID!) { deliveries(webhook: $id) { nodes { type delivered attempts answer } } }", new { id = webhook }))
            .GetProperty("nodes").EnumerateArray().ToArray(), enough);

    private async Task<JsonElement> UntilAsync(Func<JsonElement, bool> wanted) =>
        await AskUntilAsync(async () => (await _owner.SendAsync(State, new { r = _organisation }))[0], wanted);

    private static async Task<T> AskUntilAsync<T>(Func<Task<T>> ask, Func<T, bool> wanted)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        T last;
        while (!wanted(last = await ask()))
            await Task.Delay(25, patience.Token);
        return last;
    }
}

/// <summary>A server as it is in production calls nothing that is not public.</summary>
public sealed class PrivateNetworkTests(SqliteServer server) : IClassFixture<SqliteServer>
{
    [Theory]
    [InlineData("http://hooks.example.com/crowd")]
    [InlineData("https://127.0.0.1/crowd")]
    [InlineData("https://[::1]/crowd")]
    [InlineData("https://10.1.2.3/crowd")]
    [InlineData("https://169.254.169.254/latest")]
    [InlineData("https://[::ffff:192.168.1.1]/crowd")]
    [InlineData("https://0x7f000001/crowd")]
    [InlineData("https://localhost/crowd")]
    [InlineData("https://intranet/crowd")]
    public async Task An_address_that_is_not_of_the_public_internet_is_refused(string url)
    {
        var owner = await server.SignUpAsync("Owner");
        var organisation = await owner.FoundAsync();
        var refused = await owner.RefusedAsync(
            "mutation($r: ID!, $url: String!) { createWebhook(requester: $r, url: $url, types: [\"job.closed\"]) { id } }", new { r = organisation, url });
        Assert.Equal("INVALID", refused.Code);
        Assert.Equal("url", refused.Violations[0].GetProperty("path").GetString());
    }

    [Fact]
    public async Task A_webhook_from_the_time_when_private_addresses_were_allowed_is_not_called()
    {
        await using var receiver = await Receiver.StartAsync();
        using var sender = new WebhookSender(new(), TimeProvider.System);
        var (taken, answer) = await sender.SendAsync(new(receiver.Url.Replace("http:", "https:", StringComparison.Ordinal)), "whsec_x", "hook", 1, "job.closed", [], CancellationToken.None);
        Assert.False(taken);
        Assert.Contains("private networks", answer, StringComparison.Ordinal);
    }
}
