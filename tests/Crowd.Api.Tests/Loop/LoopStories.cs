using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Crowd.Api.Tests.Servers;

namespace Crowd.Api.Tests.Loop;

/// <summary>What programs and people do with predictions and decisions over HTTP.</summary>
public abstract class LoopStories(Func<Cast> cast) : Story(cast)
{
    private const string SetLoop = "mutation($job: ID!, $policy: LoopPolicyInput!) { setLoop(job: $job, policy: $policy) { loop } }";

    private const string Ask =
        """
        mutation($job: ID!, $key: String!, $input: JSON!, $prediction: PredictionInput!) {
          requestDecision(job: $job, key: $key, input: $input, prediction: $prediction) { id status label { choice } vetoUntil due rule releasedBy repeated }
        }
        """;

    private static readonly object Policy = new
    {
        rules = new object[]
        {
            new { id = "dogs", action = "HOLD", when = new { all = new object[] { new { label = new[] { "dog" } }, new { field = new { path = "input.size", number = new { atLeast = 10 } } } } } },
            new { id = "sure", action = "ACCEPT", when = new { confidence = new { atLeast = 0.9 } } },
        },
    };

    [SkippableFact]
    public async Task A_program_asks_for_decisions_and_people_make_those_that_are_held()
    {
        var job = await Cast.OpenJobAsync();
        await Owner.SendAsync(SetLoop, new { job, policy = Policy });

        // The version is approved only once it was compared with people.
        var refused = await Owner.RefusedAsync("mutation($job: ID!) { approveModel(job: $job, model: \"net\", version: \"1\", reason: \"hope\") { status } }", new { job });
        Assert.Equal("WINDOW_CLOSED", refused.Code);
        var first = await Owner.SendAsync(Ask, Question(job, "k1", "cat", 0.99, 1));
        Assert.Equal("HELD", first.GetProperty("status").GetString());
        Assert.True((await Owner.SendAsync(Ask, Question(job, "k1", "cat", 0.99, 1))).GetProperty("repeated").GetBoolean());
        Assert.Equal("IDEMPOTENCY_CONFLICT", (await Owner.RefusedAsync(Ask, Question(job, "k1", "dog", 0.99, 1))).Code);

        var held = await Cast.Editor.SendAsync(Ask, Question(job, "k2", "dog", 0.99, 12));
        Assert.Equal(("HELD", "dogs"), (held.GetProperty("status").GetString(), held.GetProperty("rule").GetString()));
        var decision = held.GetProperty("id").GetString();
        await using var changes = await EventStream.OpenAsync(
            Owner, "subscription($job: ID!, $decision: ID) { decisionChanges(job: $job, decision: $decision) { status label { choice } releasedBy reason } }", new { job, decision });
        Assert.Equal("HELD", (await changes.NextValueAsync()).GetProperty("status").GetString());
        var waiting = await Cast.QualityManager.SendAsync("{ waitingDecisions(first: 100) { nodes { id input routing { rule why { of value } } } } }");
        var mine = Assert.Single(waiting.GetProperty("nodes").EnumerateArray(), n => n.GetProperty("id").GetString() == decision);
        Assert.Equal(["label dog", "input.size 12"], mine.GetProperty("routing").GetProperty("why").EnumerateArray().Select(w => $"{w.GetProperty("of")} {w.GetProperty("value")}"));
        await Cast.QualityManager.SendAsync(
            "mutation($decision: ID!) { resolveDecision(decision: $decision, label: { choice: \"cat\" }, reason: \"looked at it\") { status } }", new { decision });
        var released = await changes.NextValueAsync();
        Assert.Equal("RELEASED cat PERSON", $"{released.GetProperty("status")} {released.GetProperty("label").GetProperty("choice")} {released.GetProperty("releasedBy")}");
        Assert.Equal(
            ["decision.requested", "decision.held", "decision.released"],
            (await Owner.SendAsync("query($decision: ID!) { decision(id: $decision) { history { type } } }", new { decision })).GetProperty("history").EnumerateArray().Select(e => e.GetProperty("type").GetString()));
    }

    [SkippableFact]
    public async Task Only_members_ask_and_only_judges_stop_or_decide()
    {
        var job = await Cast.OpenJobAsync();
        await Owner.SendAsync(SetLoop, new { job, policy = Policy });
        Assert.Equal("NOT_FOUND", (await Cast.Stranger.RefusedAsync(Ask, Question(job, "k", "cat", 0.5, 1))).Code);
        Assert.Equal("FORBIDDEN", (await Cast.Viewer.RefusedAsync(Ask, Question(job, "k", "cat", 0.5, 1))).Code);
        Assert.Equal("NOT_FOUND", (await WorkerA.RefusedAsync(Ask, Question(job, "k", "cat", 0.5, 1))).Code);
        Assert.Equal("FORBIDDEN", (await Cast.Viewer.RefusedAsync(SetLoop, new { job, policy = Policy })).Code);
        var decision = (await Owner.SendAsync(Ask, Question(job, "k", "cat", 0.5, 1))).GetProperty("id").GetString();
        const string Resolve = "mutation($decision: ID!) { resolveDecision(decision: $decision, label: { choice: \"cat\" }, reason: \"so\") { status } }";
        Assert.Equal("NOT_FOUND", (await Cast.Stranger.RefusedAsync(Resolve, new { decision })).Code);
        Assert.Equal("FORBIDDEN", (await Cast.Viewer.RefusedAsync(Resolve, new { decision })).Code);
        Assert.Equal("NOT_FOUND", (await WorkerA.RefusedAsync("query($decision: ID!) { decision(id: $decision) { status } }", new { decision })).Code);
        Assert.Equal("FORBIDDEN", (await Owner.RefusedAsync("{ waitingDecisions { nodes { id } } }")).Code);
    }

    [SkippableFact]
    public async Task A_policy_that_is_wrong_is_refused_with_the_path()
    {
        var job = await Cast.OpenJobAsync();
        var policy = new { rules = new object[] { new { id = "a", action = "ACCEPT", when = new { all = new object[] { new { not = new { confidence = new { atLeast = 1.5 } } } } } } } };
        var refused = await Owner.RefusedAsync(SetLoop, new { job, policy });
        Assert.Equal(("INVALID", "rules[0].when.all[0].not.confidence.atLeast"), (refused.Code, refused.Violations[0].GetProperty("path").GetString()));
    }

    [SkippableFact]
    public async Task Predictions_come_with_tasks_or_later_and_bad_lines_are_told_by_number()
    {
        var job = await Cast.DraftAsync(tasks: 0);
        const string Tasks =
            """
            {"externalId":"a","input":{"text":"a"},"predictions":[{"model":"net","version":"1","scores":{"cat":0.8,"dog":0.2}}]}
            {"externalId":"b","input":{"text":"b"}}
            """;
        Assert.Equal(2, (await Owner.ImportAsync(job, Tasks)).Body.GetProperty("added").GetInt32());
        var wrong = (await Owner.ImportAsync(job, """{"externalId":"c","input":{},"predictions":[{"model":"net","version":"1","label":"yak"}]}""")).Body;
        Assert.Equal("PREDICTION_INVALID", wrong.GetProperty("badLines")[0].GetProperty("code").GetString());

        const string Later =
            """
            {"externalId":"a","model":"net","version":"1","scores":{"cat":0.8,"dog":0.2}}
            {"externalId":"b","model":"net","version":"1","label":"dog","confidence":0.6,"rationale":"tail"}
            {"externalId":"a","model":"net","version":"1","label":"dog"}
            {"externalId":"nowhere","model":"net","version":"1","label":"dog"}
            nonsense
            """;
        foreach (var added in new[] { 1, 0 })
        {
            var report = await PredictAsync(Owner, job, Later);
            Assert.Equal((5, added, 2 - added, 3), (report.GetProperty("lines").GetInt32(), report.GetProperty("added").GetInt32(), report.GetProperty("known").GetInt32(), report.GetProperty("bad").GetInt32()));
            Assert.Equal(
                ["3 IDEMPOTENCY_CONFLICT", "4 NOT_FOUND", "5 JSON_INVALID"],
                report.GetProperty("badLines").EnumerateArray().Select(l => $"{l.GetProperty("line")} {l.GetProperty("code").GetString()}").Order(StringComparer.Ordinal));
        }

        var tasks = await Owner.SendAsync("query($job: ID!) { job(id: $job) { tasks(first: 5) { nodes { externalId predictions { model label { choice } confidence } } } loopTotals { predictions } } }", new { job });
        Assert.Equal(2, tasks.GetProperty("loopTotals").GetProperty("predictions").GetInt32());
        Assert.Equal(
            ["a cat 0.8", "b dog 0.6"],
            tasks.GetProperty("tasks").GetProperty("nodes").EnumerateArray().Select(t => $"{t.GetProperty("externalId")} {t.GetProperty("predictions")[0].GetProperty("label").GetProperty("choice")} {t.GetProperty("predictions")[0].GetProperty("confidence")}"));
    }

    [SkippableTheory]
    [InlineData("NEVER", false, false)]
    [InlineData("FIRST", true, true)]
    [InlineData("ON_REQUEST", false, true)]
    [InlineData("AFTER_ANSWER", false, false)]
    public async Task Workers_see_predictions_only_when_the_policy_says_so_and_what_they_saw_is_kept(string show, bool atOnce, bool seenBefore)
    {
        var job = await Cast.DraftAsync(tasks: 0);
        await Owner.ImportAsync(job, """{"externalId":"a","input":{"text":"a"},"predictions":[{"model":"net","version":"1","label":"cat","confidence":0.7}]}""");
        await Owner.SendAsync(SetLoop, new { job, policy = new { arms = new[] { new { name = "one", share = 1, show } } } });
        await Owner.FundAsync(job, 100 * Sketch.AnswerMicros);
        await Owner.DoAsync("openJob", job);
        var work = (await WorkerA.SendAsync("mutation($job: ID!) { requestWork(job: $job) { id task prediction { label { choice } } showsPrediction } }", new { job }))[0];
        Assert.Equal(atOnce, work.GetProperty("prediction").ValueKind == JsonValueKind.Object);
        var assignment = work.GetProperty("id").GetString()!;
        const string Show = "mutation($assignment: ID!) { showPrediction(assignment: $assignment) { model label { choice } } }";
        if (show is "FIRST" or "ON_REQUEST")
            Assert.Equal("cat", (await WorkerA.SendAsync(Show, new { assignment })).GetProperty("label").GetProperty("choice").GetString());
        else
            Assert.Equal("FORBIDDEN", (await WorkerA.RefusedAsync(Show, new { assignment })).Code);
        await WorkerA.SubmitAsync(assignment, "dog");
        if (show == "AFTER_ANSWER")
            Assert.Equal("cat", (await WorkerA.SendAsync(Show, new { assignment })).GetProperty("label").GetProperty("choice").GetString());
        Assert.Equal("NOT_FOUND", (await WorkerB.RefusedAsync(Show, new { assignment })).Code);
        var kept = (await Owner.SendAsync("query($task: ID!) { task(id: $task) { assignments { arm saw { model } } } }", new { task = work.GetProperty("task").GetString() })).GetProperty("assignments")[0];
        Assert.Equal(("one", seenBefore), (kept.GetProperty("arm").GetString(), kept.GetProperty("saw").ValueKind == JsonValueKind.Object));
    }

    private static object Question(string job, string key, string label, double confidence, int size) =>
        new { job, key, input = new { text = "who?", size }, prediction = new { model = "net", version = "1", label = new { choice = label }, confidence } };

    private static async Task<JsonElement> PredictAsync(Person person, string job, string lines)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(lines));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/x-ndjson");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/jobs/{job}/predictions") { Content = content };
        request.Headers.Add("X-Crowd-Request", "1");
        using var response = await person.Http.SendAsync(request);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}

[Collection(SqliteStage.Name)]
public sealed class SqliteLoopTests(SqliteStage stage) : LoopStories(() => stage.Cast);

[Collection(PostgresStage.Name)]
public sealed class PostgresLoopTests(PostgresStage stage) : LoopStories(() => stage.Cast);
