using System.Text.Json;
using Crowd.Api.Tests.Servers;

namespace Crowd.Api.Tests.Tasks;

/// <summary>What a quality manager decides from: the queue of reviews, gold, inspections, and work done again.</summary>
public abstract class QualityStories(Func<Cast> cast) : Story(cast)
{
    private const string Queue =
        """
        query($job: ID, $cause: ReviewCause, $kind: LabelKind, $below: Float, $before: DateTime, $first: Int, $after: String) {
          reviewQueue(job: $job, cause: $cause, kind: $kind, confidenceBelow: $below, raisedBefore: $before, first: $first, after: $after) {
            totalCount pageInfo { endCursor hasNextPage }
            nodes { taskId cause kind jobTitle confidence task { version posterior { label { choice } probability } assignments { worker answer { choice } weight } } }
          }
        }
        """;

    private const string Adjudicate =
        "mutation($task: ID!, $label: String!, $seen: Long) { adjudicate(task: $task, label: { choice: $label }, reason: \"the tail\", seen: $seen) { decidedBy version } }";

    private Person Manager => Cast.QualityManager;

    [SkippableFact]
    public async Task What_workers_disagree_on_is_queued_filtered_paged_and_leaves_the_queue_when_it_is_settled()
    {
        var job = await DisagreeAsync(tasks: 3, "ESCALATE");
        var all = await Manager.SendAsync(Queue, new { job });
        Assert.Equal(3, all.GetProperty("totalCount").GetInt32());
        var first = all.GetProperty("nodes")[0];
        Assert.Equal(("ESCALATED", "SINGLE_CHOICE", "Torn"), (Text(first, "cause"), Text(first, "kind"), Text(first, "jobTitle")));
        Assert.Equal([0.5, 0.5], first.GetProperty("task").GetProperty("posterior").EnumerateArray().Select(p => Math.Round(p.GetProperty("probability").GetDouble(), 6)));

        foreach (var (filter, found) in new (object, int)[]
        {
            (new { job, cause = "LOW_CONFIDENCE" }, 0), (new { job, cause = "ESCALATED" }, 3), (new { job, kind = "BOXES" }, 0), (new { job, kind = "SINGLE_CHOICE" }, 3),
            (new { job, below = 0.4 }, 0), (new { job, below = 0.6 }, 3), (new { job, before = "2020-01-01T00:00:00Z" }, 0), (new { job, before = "2100-01-01T00:00:00Z" }, 3),
        })
            Assert.Equal(found, (await Manager.SendAsync(Queue, filter)).GetProperty("totalCount").GetInt32());

        var seen = new List<string>();
        string? after = null;
        do
        {
            var page = await Manager.SendAsync(Queue, new { job, first = 2, after });
            seen.AddRange(Names(page.GetProperty("nodes"), "taskId"));
            after = page.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean() ? Text(page.GetProperty("pageInfo"), "endCursor") : null;
        }
        while (after is not null);
        Assert.Equal(Names(all.GetProperty("nodes"), "taskId"), seen);

        await Manager.SendAsync(Adjudicate, new { task = seen[0], label = "cat" });
        Assert.Equal(seen.Skip(1), Names((await Manager.SendAsync(Queue, new { job })).GetProperty("nodes"), "taskId"));
    }

    [SkippableFact]
    public async Task Two_managers_do_not_settle_one_task_unaware_of_each_other()
    {
        var job = await DisagreeAsync(tasks: 1, "ESCALATE");
        var node = (await Manager.SendAsync(Queue, new { job })).GetProperty("nodes")[0];
        var (task, seen) = (Text(node, "taskId"), node.GetProperty("task").GetProperty("version").GetInt64());
        await Manager.SendAsync(Adjudicate, new { task, label = "cat", seen });
        await Manager.SendAsync(Adjudicate, new { task, label = "cat", seen });
        Assert.Equal("VERSION_CONFLICT", (await Cast.Administrator.RefusedAsync(Adjudicate, new { task, label = "dog", seen })).Code);
    }

    [SkippableFact]
    public async Task A_worker_whom_a_later_label_proves_right_is_paid_without_an_appeal()
    {
        var job = await DisagreeAsync(tasks: 1, "DECIDE");
        var node = (await Manager.SendAsync(Queue, new { job, cause = "LOW_CONFIDENCE" })).GetProperty("nodes")[0];
        var task = Text(node, "taskId");
        var before = (await BalanceAsync(WorkerA, Cast.WorkerIds[0]), await BalanceAsync(WorkerB, Cast.WorkerIds[1]));
        foreach (var label in (string[])["cat", "dog"])
            await Manager.SendAsync(Adjudicate, new { task, label });
        var after = (await BalanceAsync(WorkerA, Cast.WorkerIds[0]), await BalanceAsync(WorkerB, Cast.WorkerIds[1]));
        Assert.Equal(100_000, after.Item1 - before.Item1 + after.Item2 - before.Item2); // one of them had been paid before
        Assert.Equal(["accepted", "accepted"], (await StatusesAsync(task)).Order());
    }

    [SkippableFact]
    public async Task A_decided_task_becomes_gold_measures_workers_and_is_retired()
    {
        var job = await Cast.OpenJobAsync(tasks: 40, policies: p => (p["goldShare"], p["onGoldFailure"]) = (0.5, "MEASURE"));
        var assignment = await WorkerA.WorkAsync(job, "cat");
        var task = $"task_{assignment[4..30]}";
        const string Make = "mutation($task: ID!) { makeGold(task: $task, reason: \"clear\") { stage } }";
        Assert.Equal("DECIDED", Text(await Manager.SendAsync(Make, new { task }), "stage"));
        await Manager.SendAsync(Make, new { task });
        await EventuallyAsync("1 1", async () =>
        {
            foreach (var work in await WorkerB.TakeAsync(job, 3))
                await WorkerB.SubmitAsync(work.GetProperty("id").GetString()!, "cat");
            var gold = (await Manager.SendAsync("query($job: ID!) { goldTasks(job: $job, retired: false) { nodes { taskId known { choice } madeFromDecided answerCount rightCount hitRate warnings } } }", new { job }))
                .GetProperty("nodes")[0];
            Assert.Equal((task, true), (Text(gold, "taskId"), gold.GetProperty("madeFromDecided").GetBoolean()));
            return $"{gold.GetProperty("answerCount")} {gold.GetProperty("rightCount")}";
        });
        Assert.Equal("TASK_STATUS", (await Manager.RefusedAsync(Adjudicate, new { task, label = "dog" })).Code);
        await Manager.SendAsync("mutation($task: ID!) { retireGold(task: $task, reason: \"known\") { id } }", new { task });
        var retired = await Manager.SendAsync("query($job: ID!) { goldTasks(job: $job, retired: true) { totalCount nodes { retireReason } } }", new { job });
        Assert.Equal("known", Text(retired.GetProperty("nodes")[0], "retireReason"));
    }

    [SkippableFact]
    public async Task The_work_of_a_suspended_worker_is_done_again()
    {
        var job = await Cast.OpenJobAsync(tasks: 2, policies: p => (p["minAnswers"], p["maxAnswers"]) = (2, 2));
        var worker = await BeginnerAsync();
        foreach (var work in await worker.Person.TakeAsync(job, 2))
            await worker.Person.SubmitAsync(work.GetProperty("id").GetString()!, "dog");
        const string Redo = "mutation($w: ID!, $job: ID) { redoWork(worker: $w, job: $job, reason: \"clicks\") { redone left } }";
        Assert.Equal("INVALID", (await Manager.RefusedAsync(Redo, new { w = worker.Id, job })).Code);
        await Manager.SendAsync("mutation($w: ID!) { suspendWorker(worker: $w, until: \"2100-01-01T00:00:00Z\", reason: \"clicks\") { id } }", new { w = worker.Id });
        Assert.Equal(2, (await Manager.SendAsync(Redo, new { w = worker.Id, job })).GetProperty("redone").GetInt32());
        Assert.Equal(0, (await Manager.SendAsync(Redo, new { w = worker.Id })).GetProperty("redone").GetInt32());
        foreach (var other in (Person[])[WorkerA, WorkerB])
        {
            await other.WorkAsync(job, "cat");
            await other.WorkAsync(job, "cat");
        }

        Assert.Equal("2", await Owner.ReadJobAsync(job, "decidedCount"));
    }

    [SkippableFact]
    public async Task An_inspection_says_who_is_right_who_agrees_with_whom_and_who_does_not_look()
    {
        var job = await Cast.OpenJobAsync(tasks: 24, policies: p => (p["minAnswers"], p["maxAnswers"]) = (3, 3));
        var clicker = await BeginnerAsync();
        foreach (var (person, answer) in new (Person, Func<int, string>)[] { (WorkerA, Truth), (WorkerB, Truth), (clicker.Person, _ => "cat") })
        {
            for (var i = 0; i < 24; i++)
            {
                var work = (await person.TakeAsync(job))[0];
                var number = int.Parse(Text(work.GetProperty("input"), "text").Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
                await person.SubmitAsync(Text(work, "id"), answer(number));
            }
        }

        var found = await Manager.SendAsync(
            "query($job: ID!) { inspection(job: $job) { answerCount taskCount workers { worker accuracy low high suspicions { kind score evidence } agreements { worker taskCount agreement kappa } confusion { labels counts } } } }",
            new { job });
        Assert.Equal((72, 24), (found.GetProperty("answerCount").GetInt32(), found.GetProperty("taskCount").GetInt32()));
        var worst = found.GetProperty("workers")[0];
        Assert.Equal(clicker.Id, Text(worst, "worker"));
        Assert.Contains("CLASS_BIAS", Names(worst.GetProperty("suspicions"), "kind"));
        Assert.Contains("“cat”", string.Join(' ', Names(worst.GetProperty("suspicions"), "evidence")), StringComparison.Ordinal);
        Assert.Equal("[[12,0],[12,0]]", worst.GetProperty("confusion").GetProperty("counts").ToString());
        var good = await Manager.SendAsync(
            "query($w: ID!, $job: ID!) { inspectedWorker(worker: $w, job: $job) { accuracy suspicions { kind } agreements { worker agreement } } }", new { w = Cast.WorkerIds[0], job });
        Assert.True(good.GetProperty("accuracy").GetDouble() > 0.95);
        Assert.Contains(good.GetProperty("agreements").EnumerateArray(), a => Text(a, "worker") == Cast.WorkerIds[1] && a.GetProperty("agreement").GetDouble() > 0.99);

        var page = await Manager.SendAsync(
            "query($w: ID!, $job: ID) { worker(id: $w) { totals { answerCount judged measured low high } activity(job: $job) { answerCount judged rightCount meanSeconds } reliability { jobTitle low high measured } } }",
            new { w = clicker.Id, job });
        Assert.Equal((24, 24, 12), (page.GetProperty("totals").GetProperty("answerCount").GetInt32(), page.GetProperty("activity")[0].GetProperty("judged").GetInt32(), page.GetProperty("activity")[0].GetProperty("rightCount").GetInt32()));
        var one = page.GetProperty("reliability")[0];
        Assert.True(one.GetProperty("low").GetDouble() < one.GetProperty("measured").GetDouble() && one.GetProperty("measured").GetDouble() < one.GetProperty("high").GetDouble());

        static string Truth(int n) => n % 2 == 0 ? "cat" : "dog";
    }

    [SkippableFact]
    public async Task Workers_are_found_by_standing_and_qualification_and_the_trail_by_the_beginning_of_a_type()
    {
        var worker = await BeginnerAsync();
        await Manager.SendAsync("mutation($w: ID!) { grantQualification(worker: $w, qualification: \"found-by\", reason: \"test\") { id } }", new { w = worker.Id });
        const string Found = "query($suspended: Boolean, $q: String) { workers(suspended: $suspended, qualification: $q) { totalCount nodes { id } } }";
        Assert.Equal([worker.Id], Names((await Manager.SendAsync(Found, new { q = "found-by", suspended = false })).GetProperty("nodes"), "id"));
        await Manager.SendAsync("mutation($w: ID!) { suspendWorker(worker: $w, until: \"2100-01-01T00:00:00Z\", reason: \"test\") { id } }", new { w = worker.Id });
        Assert.Equal(0, (await Manager.SendAsync(Found, new { q = "found-by", suspended = false })).GetProperty("totalCount").GetInt32());
        Assert.Equal([worker.Id], Names((await Manager.SendAsync(Found, new { q = "found-by", suspended = true })).GetProperty("nodes"), "id"));
        var trail = await Manager.SendAsync("query($w: String!) { auditTrail(stream: $w, type: \"worker.\") { nodes { type } } }", new { w = worker.Id });
        Assert.Equal(["worker.suspended", "worker.qualification-granted", "worker.registered"], Names(trail.GetProperty("nodes"), "type"));
    }

    [SkippableFact]
    public async Task Workers_are_listed_by_reliability_and_by_answers_page_by_page()
    {
        var (good, bad, idle) = (await BeginnerAsync(), await BeginnerAsync(), await BeginnerAsync());
        foreach (var worker in new[] { good, bad, idle })
            await Manager.SendAsync("mutation($w: ID!) { grantQualification(worker: $w, qualification: \"ranked\", reason: \"test\") { id } }", new { w = worker.Id });
        foreach (var (worker, value) in new[] { (good, 0.99), (bad, 0.01) })
            await Manager.SendAsync("mutation($w: ID!, $value: Float!) { overrideReliability(worker: $w, value: $value, reason: \"test\") { id } }", new { w = worker.Id, value });
        var job = await Cast.OpenJobAsync(tasks: 2, title: "Ranked");
        foreach (var worker in new[] { good, bad })
            await worker.Person.WorkAsync(job, "cat");

        Assert.Equal([bad.Id, good.Id, idle.Id], await PagesAsync("LEAST_RELIABLE"));
        Assert.Equal([good.Id, bad.Id, idle.Id], await PagesAsync("MOST_RELIABLE"));
        Assert.Equal(idle.Id, (await PagesAsync("MOST_ANSWERS"))[^1]);
        Assert.Equal("INVALID", (await Manager.RefusedAsync("{ workers(order: MOST_ANSWERS, first: 1, after: \"what\") { nodes { id } } }")).Code);

        async Task<List<string>> PagesAsync(string order)
        {
            var found = new List<string>();
            string? after = null;
            do
            {
                var page = await Manager.SendAsync(
                    $"query($after: String) {{ workers(qualification: \"ranked\", order: {order}, first: 1, after: $after) {{ nodes {{ id }} pageInfo {{ hasNextPage endCursor }} }} }}", new { after });
                found.AddRange(Names(page.GetProperty("nodes"), "id"));
                after = page.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean() ? page.GetProperty("pageInfo").GetProperty("endCursor").GetString() : null;
            }
            while (after is not null);
            return found;
        }
    }

    [SkippableFact]
    public async Task Administrators_see_the_staff_and_the_limits()
    {
        var staff = await Cast.Administrator.SendAsync("{ staff { email role since } }");
        Assert.Contains(staff.EnumerateArray(), s => Text(s, "role") == "QUALITY_MANAGER");
        Assert.Contains((await Cast.Administrator.SendAsync("{ serverSettings { name value } }")).EnumerateArray(), s => Text(s, "name") == "Crowd:SessionTime");
    }

    private static string Text(JsonElement e, string property) => e.GetProperty(property).GetString()!;

    private async Task<string[]> StatusesAsync(string task) =>
        [.. (await Manager.SendAsync("query($task: ID!) { task(id: $task) { assignments { status } } }", new { task })).GetProperty("assignments").EnumerateArray().Select(a => Text(a, "status").ToLowerInvariant())];

    private async Task<(Person Person, string Id)> BeginnerAsync()
    {
        var person = await Cast.Server.SignUpAsync("Beginner");
        return (person, await person.BecomeWorkerAsync());
    }

    /// <summary>A job on whose tasks two workers gave different answers.</summary>
    private async Task<string> DisagreeAsync(int tasks, string whenUnsettled)
    {
        var job = await Cast.OpenJobAsync(tasks, p => (p["minAnswers"], p["maxAnswers"], p["targetConfidence"], p["whenUnsettled"]) = (2, 2, 0.9, whenUnsettled), title: "Torn");
        for (var i = 0; i < tasks; i++)
        {
            await WorkerA.WorkAsync(job, "cat");
            await WorkerB.WorkAsync(job, "dog");
        }

        return job;
    }
}

/// <inheritdoc cref="QualityStories"/>
[Collection(SqliteStage.Name)]
public sealed class SqliteQualityStories(SqliteStage stage) : QualityStories(() => stage.Cast);

/// <inheritdoc cref="QualityStories"/>
[Collection(PostgresStage.Name)]
public sealed class PostgresQualityStories(PostgresStage stage) : QualityStories(() => stage.Cast);
