using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Crowd.Api.Loop;
using Crowd.Api.Tests.Servers;
using Crowd.Domain;
using Crowd.GrainRuntime;
using Crowd.Marketplace.Loop;
using Microsoft.Extensions.DependencyInjection;

namespace Crowd.Api.Tests.Loop;

/// <summary>What people are told of machines and of themselves: the report over decisions, alerts, hidden repeats, rules applied anew.</summary>
public abstract class OversightStories(Func<Cast> cast) : Story(cast)
{
    private const string SetLoop = "mutation($job: ID!, $policy: LoopPolicyInput!) { setLoop(job: $job, policy: $policy) { loop } }";

    [SkippableFact]
    public async Task The_report_is_about_decisions_that_machine_and_people_made()
    {
        // The machine decides all that it is sure of, and people look at each of those as well.
        // To call a cat a dog costs something, and nothing else does.
        var job = await Cast.DraftAsync(tasks: 0);
        await Owner.SendAsync(SetLoop, new
        {
            job,
            policy = new
            {
                auditRate = 1.0,
                rules = new[] { new { id = "sure", action = "ACCEPT", when = new { confidence = new { atLeast = 0.9 } } } },
                costs = new[] { new { truth = "cat", given = "dog", costMicros = 1 } },
            },
        });
        await Owner.FundAsync(job, 100 * Sketch.AnswerMicros);
        await Owner.DoAsync("openJob", job);
        await ApproveAsync(job);
        for (var i = 0; i < 10; i++)
            Assert.Equal(i < 6 ? "RELEASED" : "HELD", (await AskAsync(job, i, i < 6 ? 0.95 : 0.6)).GetProperty("status").GetString());

        // Of what it accepted one is wrong, and of what people decide two.
        await EventuallyAsync("10", async () => $"{await Owner.ReadJobAsync(job, "taskCount")}");
        for (var i = 0; i < 10; i++)
        {
            var work = (await WorkerA.SendAsync("mutation($job: ID!) { requestWork(job: $job) { id input } }", new { job }))[0];
            var number = work.GetProperty("input").GetProperty("number").GetInt32();
            await WorkerA.SubmitAsync(work.GetProperty("id").GetString()!, number is 5 or 8 or 9 ? "dog" : "cat");
        }

        await EventuallyAsync("6 4", async () =>
        {
            var totals = (await Owner.SendAsync("query($job: ID!) { job(id: $job) { loopTotals { audited byConsensus } } }", new { job })).GetProperty("loopTotals");
            return $"{totals.GetProperty("audited")} {totals.GetProperty("byConsensus")}";
        });
        var report = await Owner.SendAsync(
            """
            query($job: ID!) { oversight(job: $job, by: "input.side", favourable: "cat") {
              cases accepted audited acceptedAccuracy { low high count } machineCritical { value } machineErrorCost { value } machineAccuracy { value low high } hybridAccuracy { low high } gain { value }
              parity { by group rate { value count } } machineTime { count } peopleTime { count } calibration { count } } }
            """, new { job });
        Assert.Equal("10 6 6", $"{report.GetProperty("cases")} {report.GetProperty("accepted")} {report.GetProperty("audited")}");
        AssertCovers(5.0 / 6, report.GetProperty("acceptedAccuracy"));
        AssertCovers(0.7, report.GetProperty("machineAccuracy"));
        Assert.Equal("0 0", $"{report.GetProperty("machineCritical").GetProperty("value")} {report.GetProperty("machineErrorCost").GetProperty("value")}"); // it never says dog
        AssertCovers(0.9, report.GetProperty("hybridAccuracy"));
        Assert.InRange(report.GetProperty("gain").GetProperty("value").GetDouble(), 0.01, 0.4);
        Assert.Equal(10, report.GetProperty("calibration").GetProperty("count").GetInt32());
        Assert.Equal(
            ["hybrid left 5", "hybrid right 5", "machine left 5", "machine right 5", "people left 5", "people right 5"],
            report.GetProperty("parity").EnumerateArray().Select(p => $"{p.GetProperty("by").GetString()} {p.GetProperty("group").GetString()} {p.GetProperty("rate").GetProperty("count")}").Order(StringComparer.Ordinal));

        var json = await Owner.Http.GetFromJsonAsync<JsonElement>($"/jobs/{job}/report?by=input.side&favourable=cat");
        Assert.Equal(report.GetProperty("machineAccuracy").GetProperty("value").GetDouble(), json.GetProperty("machineAccuracy").GetProperty("value").GetDouble());
        var none = await Owner.Http.GetFromJsonAsync<JsonElement>($"/jobs/{job}/report?until=2020-01-01T00:00:00Z");
        Assert.Equal(0, none.GetProperty("cases").GetInt32());
    }

    [SkippableFact]
    public async Task An_alert_is_raised_once_told_and_cleared_when_what_waited_was_decided()
    {
        var job = await Cast.OpenJobAsync();
        const string Set = "mutation($job: ID!, $rules: [AlertRuleInput!]!) { setAlertRules(job: $job, rules: $rules) { id isRaised margin } }";
        object[] rules = [new { id = "late", measure = "HELD_SECONDS", limit = 0.000001 }, new { id = "accuracy", measure = "AUDIT_ACCURACY", limit = 0.9 }];
        Assert.Equal("FORBIDDEN", (await Cast.Viewer.RefusedAsync(Set, new { job, rules })).Code);
        Assert.Equal("NOT_FOUND", (await Cast.Stranger.RefusedAsync("query($job: ID!) { alerts(job: $job) { id } }", new { job })).Code);
        Assert.Equal("rules[0].limit", (await Owner.RefusedAsync(Set, new { job, rules = new[] { new { id = "a", measure = "DRIFT", limit = 2 } } })).Violations[0].GetProperty("path").GetString());
        Assert.Equal(["False", "False"], Names(await Owner.SendAsync(Set, new { job, rules }), "isRaised"));

        await using var changes = await EventStream.OpenAsync(Cast.QualityManager, "subscription($job: ID!) { alertChanges(job: $job) { id isRaised value count clearedAt } }", new { job });
        Assert.Equal(2, (await changes.NextValueAsync()).GetArrayLength());
        var decision = (await AskAsync(job, 1, 0.5)).GetProperty("id").GetString();
        for (var i = 0; i < 2; i++)
            await WatchAsync();
        var raised = (await changes.NextValueAsync())[0];
        Assert.Equal("late True 1", $"{raised.GetProperty("id").GetString()} {raised.GetProperty("isRaised")} {raised.GetProperty("count")}");
        Assert.True(raised.GetProperty("value").GetDouble() > 0);

        await Owner.SendAsync("mutation($decision: ID!) { resolveDecision(decision: $decision, label: { choice: \"cat\" }, reason: \"seen\") { status } }", new { decision });
        await WatchAsync();
        var cleared = (await changes.NextValueAsync())[0];
        Assert.Equal((false, JsonValueKind.String), (cleared.GetProperty("isRaised").GetBoolean(), cleared.GetProperty("clearedAt").ValueKind));
        var trail = await Cast.QualityManager.SendAsync("query($stream: String!) { auditTrail(stream: $stream) { nodes { type } } }", new { stream = AlertEvent.StreamOf(JobId.From(job)) });
        Assert.Equal(["alert.cleared", "alert.raised", "alert.rules-set"], Names(trail.GetProperty("nodes"), "type"));
    }

    [SkippableFact]
    public async Task Hidden_repeats_are_paid_like_any_answer_and_say_how_consistent_a_worker_is()
    {
        var job = await Cast.OpenJobAsync(tasks: 90, p => (p["repeatShare"], p["repeatDistance"]) = (0.2, 1));
        var before = await BalanceAsync(WorkerB, Cast.WorkerIds[1]);
        var seen = new HashSet<string>();
        var repeats = 0;
        for (var answers = 0; answers < 20 || repeats < 2; answers++)
        {
            var work = (await WorkerB.SendAsync("mutation($job: ID!) { requestWork(job: $job) { id task } }", new { job }))[0];
            var again = !seen.Add(work.GetProperty("task").GetString()!);
            repeats += again ? 1 : 0;
            await WorkerB.SubmitAsync(work.GetProperty("id").GetString()!, again && repeats == 1 ? "dog" : "cat");
        }

        var tasks = (await Owner.SendAsync("query($job: ID!) { job(id: $job) { tasks(first: 90) { nodes { answerCount stage label { choice } assignments { repeats consistent status answer { choice } } } } } }", new { job }))
            .GetProperty("tasks").GetProperty("nodes").EnumerateArray().ToList();
        Assert.All(tasks, t => Assert.InRange(t.GetProperty("answerCount").GetInt32(), 0, 1));
        var again2 = tasks.SelectMany(t => t.GetProperty("assignments").EnumerateArray()).Where(a => a.GetProperty("repeats").ValueKind == JsonValueKind.String).ToList();
        Assert.Equal(repeats, again2.Count);
        Assert.Equal(1, again2.Count(a => a.GetProperty("status").GetString() == "REJECTED" && !a.GetProperty("consistent").GetBoolean()));
        Assert.Equal(100_000L * (seen.Count + repeats - 1), await BalanceAsync(WorkerB, Cast.WorkerIds[1]) - before);

        var report = await Owner.SendAsync("query($job: ID!) { oversight(job: $job) { personAccuracy { count } selfConsistency { share { value low high count } } workers { worker self { share { value count } } } } }", new { job });
        var share = report.GetProperty("selfConsistency").GetProperty("share");
        Assert.Equal((repeats, (double)(repeats - 1) / repeats), (share.GetProperty("count").GetInt32(), share.GetProperty("value").GetDouble()));
        Assert.Equal(seen.Count, report.GetProperty("personAccuracy").GetProperty("count").GetInt32());
        Assert.Equal(repeats, Assert.Single(report.GetProperty("workers").EnumerateArray()).GetProperty("self").GetProperty("share").GetProperty("count").GetInt32());
        var inspected = await Cast.QualityManager.SendAsync("query($job: ID!) { inspection(job: $job) { answerCount workers { answerCount selfConsistency { count value low high } } } }", new { job });
        Assert.Equal(seen.Count, inspected.GetProperty("answerCount").GetInt32());
        Assert.Equal(repeats, inspected.GetProperty("workers")[0].GetProperty("selfConsistency").GetProperty("count").GetInt32());

        // The worker is told nothing of it: there is no such field, and nothing else differs.
        Assert.Equal("GRAPHQL_VALIDATION_FAILED", (await WorkerB.RefusedAsync("{ myAssignments { nodes { repeats } } }")).Code);
    }

    [SkippableFact]
    public async Task Rules_that_changed_are_applied_to_tasks_on_request_and_previewed()
    {
        var job = await Cast.DraftAsync(tasks: 0);
        await Owner.SendAsync(SetLoop, new { job, policy = new { rules = new[] { new { id = "hold", action = "HOLD" } } } });
        await Owner.ImportAsync(job, string.Concat(Enumerable.Range(0, 3).Select(i => $"{{\"externalId\":\"t{i}\",\"input\":{{\"text\":\"{i}\"}},\"predictions\":[{{\"model\":\"net\",\"version\":\"1\",\"label\":\"cat\",\"confidence\":0.{5 + i}}}]}}\n")));
        await EventuallyAsync("ESCALATED ESCALATED ESCALATED", () => StagesAsync(job));
        await Owner.SendAsync(SetLoop, new { job, policy = new { rules = new[] { new { id = "unsure", action = "HOLD", when = new { confidence = new { below = 0.6 } } } } } });
        const string Fields = "{ tasks begun unchanged complete changes { from to rule tasks } }";
        var preview = await Cast.Viewer.SendAsync($"query($job: ID!) {{ previewApplyRules(job: $job) {Fields} }}", new { job });
        Assert.Equal("FORBIDDEN", (await Cast.Viewer.RefusedAsync($"mutation($job: ID!) {{ applyRules(job: $job) {Fields} }}", new { job })).Code);
        Assert.Equal("ESCALATED ESCALATED ESCALATED", await StagesAsync(job));
        var applied = await Owner.SendAsync($"mutation($job: ID!) {{ applyRules(job: $job) {Fields} }}", new { job });
        Assert.Equal(preview.GetRawText(), applied.GetRawText());
        Assert.Equal(
            ["HOLD CROWD  2", "HOLD HOLD unsure 1"],
            applied.GetProperty("changes").EnumerateArray().Select(c => $"{c.GetProperty("from")} {c.GetProperty("to")} {c.GetProperty("rule")} {c.GetProperty("tasks")}"));
        Assert.Equal("ESCALATED OPEN OPEN", await StagesAsync(job));
    }

    [SkippableFact]
    public async Task Programs_ask_for_decisions_without_GraphQL_and_get_the_same()
    {
        var job = await Cast.OpenJobAsync();
        object Body(string key, string label, double? confidence = 0.8) => new { key, input = new { text = "who?" }, prediction = new { model = "net", version = "1", label, confidence } };
        var (status, held) = await PostAsync(Owner, job, Body("k", "cat"));
        Assert.Equal((HttpStatusCode.OK, "HELD", false), (status, held.GetProperty("status").GetString(), held.GetProperty("repeated").GetBoolean()));
        Assert.Equal(JsonValueKind.String, held.GetProperty("due").ValueKind);
        var (_, again) = await PostAsync(Owner, job, Body("k", "cat"));
        Assert.Equal((held.GetProperty("id").GetString(), true), (again.GetProperty("id").GetString(), again.GetProperty("repeated").GetBoolean()));
        Assert.Equal("409 IDEMPOTENCY_CONFLICT", await RefusedAsync(Owner, job, Body("k", "dog")));
        Assert.Equal("400 INVALID", await RefusedAsync(Owner, job, Body("l", "yak")));
        Assert.Equal("400 INVALID", await RefusedAsync(Owner, job, Body("", "cat")));
        Assert.Equal("400 INVALID", await RefusedAsync(Owner, job, new { key = "m" }));
        Assert.Equal("400 INVALID", await RefusedAsync(Owner, job, new { nonsense = 1 }));
        Assert.Equal("404 NOT_FOUND", await RefusedAsync(Cast.Stranger, job, Body("n", "cat")));
        Assert.Equal("403 FORBIDDEN", await RefusedAsync(Cast.Viewer, job, Body("n", "cat")));

        await Owner.SendAsync(SetLoop, new { job, policy = new { rules = new[] { new { id = "all", action = "ACCEPT" } } } });
        await ApproveAsync(job);
        var (_, released) = await PostAsync(Owner, job, Body("o", "dog"));
        Assert.Equal("RELEASED dog 0.8 all MACHINE", $"{released.GetProperty("status")} {released.GetProperty("label")} {released.GetProperty("confidence")} {released.GetProperty("rule")} {released.GetProperty("releasedBy")}");
    }

    [SkippableFact]
    public async Task A_model_that_votes_saves_answers_that_its_requester_is_told_of()
    {
        var job = await Cast.DraftAsync(tasks: 0, p => (p["minAnswers"], p["maxAnswers"], p["targetConfidence"]) = (1, 3, 0.8));
        await Owner.SendAsync(SetLoop, new { job, policy = new { modelVotes = true } });
        var lines = Enumerable.Range(0, 8).Select(i => $"{{\"externalId\":\"v{i}\",\"input\":{{\"text\":\"{i}\"}},\"predictions\":[{{\"model\":\"net\",\"version\":\"1\",\"label\":\"cat\",\"confidence\":0.97}}]}}\n");
        await Owner.ImportAsync(job, string.Concat(lines));
        await Owner.FundAsync(job, 100 * Sketch.AnswerMicros);
        await Owner.DoAsync("openJob", job);
        while (await WorkerC.TryAsync("mutation($job: ID!) { requestWork(job: $job) { id } }", new { job }) is var (_, root) && root.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object)
            await WorkerC.SubmitAsync(data.GetProperty("requestWork")[0].GetProperty("id").GetString()!, "cat");
        var totals = (await Owner.SendAsync("query($job: ID!) { job(id: $job) { answerCount decidedCount loopTotals { modelVotes savedAnswers } } }", new { job }));
        Assert.Equal((8, 8, 8), (totals.GetProperty("decidedCount").GetInt32(), totals.GetProperty("answerCount").GetInt32(), totals.GetProperty("loopTotals").GetProperty("modelVotes").GetInt32()));
        Assert.InRange(totals.GetProperty("loopTotals").GetProperty("savedAnswers").GetInt32(), 1, 16);
        var task = (await Owner.SendAsync("query($job: ID!) { job(id: $job) { tasks(first: 1) { nodes { modelVote { model label { choice } agrees withoutConfidence savedAnswers } } } } }", new { job }))
            .GetProperty("tasks").GetProperty("nodes")[0].GetProperty("modelVote");
        Assert.Equal("net cat True", $"{task.GetProperty("model").GetString()} {task.GetProperty("label").GetProperty("choice").GetString()} {task.GetProperty("agrees")}");
        Assert.True(task.GetProperty("withoutConfidence").GetDouble() < 0.8);
    }

    private Task WatchAsync() => Cast.Server.Services.GetRequiredService<AlertWatch>().RunOnceAsync(CancellationToken.None);

    /// <summary>Approves version 1 of the model as if its trainer had measured it.</summary>
    private async Task ApproveAsync(string job)
    {
        var models = Cast.Server.Services.GetRequiredService<IGrainFactory>().GetGrain<IModelsGrain>(ModelEvent.StreamOf(JobId.From(job)));
        Assert.True((await models.MeasureAsync("net", "1", new() { Tasks = 100, Right = 95, Accuracy = 0.95, Low = 0.9, High = 0.98, Basis = "trainer" }, "test")).Accepted);
        await Owner.SendAsync("mutation($job: ID!) { approveModel(job: $job, model: \"net\", version: \"1\", reason: \"good\") { status } }", new { job });
    }

    private Task<JsonElement> AskAsync(string job, int number, double confidence) => Owner.SendAsync(
        "mutation($job: ID!, $key: String!, $input: JSON!, $prediction: PredictionInput!) { requestDecision(job: $job, key: $key, input: $input, prediction: $prediction) { id status } }",
        new { job, key = $"k{number}", input = new { number, side = number % 2 == 0 ? "left" : "right" }, prediction = new { model = "net", version = "1", label = new { choice = "cat" }, confidence } });

    private async Task<string> StagesAsync(string job) => string.Join(' ', Names(
        (await Owner.SendAsync("query($job: ID!) { job(id: $job) { tasks(first: 9) { nodes { stage } } } }", new { job })).GetProperty("tasks").GetProperty("nodes"), "stage"));

    private static void AssertCovers(double truth, JsonElement estimate) =>
        Assert.True(estimate.GetProperty("low").GetDouble() <= truth && truth <= estimate.GetProperty("high").GetDouble(), $"{truth} is not in {estimate}");

    private static async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(Person person, string job, object body)
    {
        using var response = await person.Http.PostAsJsonAsync($"/jobs/{job}/decisions", body);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }

    private static async Task<string> RefusedAsync(Person person, string job, object body)
    {
        var (status, problem) = await PostAsync(person, job, body);
        return $"{(int)status} {problem.GetProperty("code").GetString()}";
    }
}

[Collection(SqliteStage.Name)]
public sealed class SqliteOversightTests(SqliteStage stage) : OversightStories(() => stage.Cast);

[Collection(PostgresStage.Name)]
public sealed class PostgresOversightTests(PostgresStage stage) : OversightStories(() => stage.Cast);
