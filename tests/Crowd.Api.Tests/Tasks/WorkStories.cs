using Crowd.Api.Tests.Servers;

namespace Crowd.Api.Tests.Tasks;

/// <summary>What workers do, from the marketplace to their pay.</summary>
public abstract class WorkStories(Func<Cast> cast) : Story(cast)
{
    private const string Marketplace =
        """
        query($search: String, $least: Long, $qualified: Boolean!) {
          marketplace(search: $search, leastPayMicros: $least, qualifiedOnly: $qualified) { nodes { id title requester payMicros missingQualifications } }
        }
        """;

    [SkippableFact]
    public async Task The_marketplace_shows_open_jobs_by_words_pay_and_qualification()
    {
        var open = await Cast.OpenJobAsync(title: "Unusual zebras");
        await Cast.DraftAsync(title: "Unusual zebras in draft");
        var wanting = await Cast.OpenJobAsync(policies: p => p["qualifications"] = new System.Text.Json.Nodes.JsonArray("zebra-expert"), title: "Unusual ZEBRAS for experts");

        Assert.Equal([wanting, open], Names((await WorkerA.SendAsync(Marketplace, new { search = "unusual zebra", qualified = false })).GetProperty("nodes"), "id"));
        var mine = (await WorkerA.SendAsync(Marketplace, new { search = "unusual zebra", qualified = true })).GetProperty("nodes");
        Assert.Equal([open], Names(mine, "id"));
        Assert.Equal("Labels Ltd", mine[0].GetProperty("requester").GetString());
        Assert.Equal(0, (await WorkerA.SendAsync(Marketplace, new { search = "unusual zebra", least = 100_001, qualified = false })).GetProperty("nodes").GetArrayLength());
    }

    [SkippableFact]
    public async Task Asking_for_work_again_gives_the_same_work_and_several_at_once_when_asked()
    {
        var job = await Cast.OpenJobAsync(tasks: 3);
        var first = await WorkerA.TakeAsync(job);
        Assert.Equal("animal 1", first[0].GetProperty("input").GetProperty("text").GetString());
        Assert.Equal(first[0].GetProperty("id").GetString(), (await WorkerA.TakeAsync(job))[0].GetProperty("id").GetString());
        var two = await WorkerA.TakeAsync(job, 2);
        Assert.Equal(2, two.Select(w => w.GetProperty("task").GetString()).Distinct().Count());
        Assert.Single(await WorkerB.TakeAsync(job, 3));
        Assert.Equal("NO_WORK", (await WorkerC.RefusedAsync("mutation($job: ID!) { requestWork(job: $job) { id } }", new { job })).Code);
    }

    [SkippableFact]
    public async Task An_answer_is_taken_once_paid_once_and_stands()
    {
        var job = await Cast.OpenJobAsync();
        var before = await BalanceAsync(WorkerA, Cast.WorkerIds[0]);
        var assignment = (await WorkerA.TakeAsync(job))[0].GetProperty("id").GetString()!;
        Assert.False((await WorkerA.SubmitAsync(assignment, "cat")).GetProperty("repeated").GetBoolean());
        Assert.True((await WorkerA.SubmitAsync(assignment, "cat")).GetProperty("repeated").GetBoolean());
        Assert.Equal("ALREADY_SUBMITTED", (await WorkerA.SubmitRefusedAsync(assignment, "dog")).Code);
        Assert.Equal(before + 100_000, await BalanceAsync(WorkerA, Cast.WorkerIds[0]));
        Assert.Equal("1", await Owner.ReadJobAsync(job, "decidedCount"));
        Assert.Equal("1", await Owner.ReadJobAsync(job, "answerCount"));
    }

    [SkippableFact]
    public async Task An_answer_that_does_not_fit_is_refused_with_the_rule_and_the_lease_stays()
    {
        var job = await Cast.OpenJobAsync();
        var assignment = (await WorkerA.TakeAsync(job))[0].GetProperty("id").GetString()!;
        var refused = await WorkerA.SubmitRefusedAsync(assignment, "horse");
        Assert.Equal("ANSWER_INVALID", refused.Code);
        Assert.NotEmpty(refused.Violations.EnumerateArray());
        Assert.All(refused.Violations.EnumerateArray(), v => Assert.NotEqual("", v.GetProperty("rule").GetString()));
        var other = await WorkerA.RefusedAsync("mutation($a: ID!) { submitAnswer(assignment: $a, answer: { rating: 3 }) { repeated } }", new { a = assignment });
        Assert.Equal("ANSWER_INVALID", other.Code);
        await WorkerA.SubmitAsync(assignment, "dog");
    }

    [SkippableFact]
    public async Task Another_workers_assignment_is_not_found_and_unknown_ids_are_refused()
    {
        var job = await Cast.OpenJobAsync();
        var assignment = (await WorkerA.TakeAsync(job))[0].GetProperty("id").GetString()!;
        Assert.Equal("NOT_FOUND", (await WorkerB.SubmitRefusedAsync(assignment, "cat")).Code);
        Assert.Equal("NOT_FOUND", (await WorkerB.RefusedAsync("mutation($a: ID!) { returnAssignment(assignment: $a) }", new { a = assignment })).Code);
        Assert.Equal("BAD_USER_INPUT", (await WorkerB.SubmitRefusedAsync("asg_nonsense", "cat")).Code);
        Assert.Equal("NOT_FOUND", (await WorkerB.RefusedAsync("mutation { requestWork(job: \"job_00000000000000000000000000\") { id } }")).Code);
        Assert.Equal("BAD_USER_INPUT", (await WorkerB.RefusedAsync("mutation { requestWork(job: \"task_00000000000000000000000000\") { id } }")).Code);
        Assert.Equal("0", await Owner.ReadJobAsync(job, "answerCount"));
    }

    [SkippableFact]
    public async Task A_returned_task_goes_to_somebody_else_and_not_back()
    {
        var job = await Cast.OpenJobAsync();
        var assignment = (await WorkerA.TakeAsync(job))[0];
        var id = assignment.GetProperty("id").GetString()!;
        Assert.True((await WorkerA.SendAsync("mutation($a: ID!) { returnAssignment(assignment: $a, reason: \"too dark\") }", new { a = id })).GetBoolean());
        Assert.Equal("ASSIGNMENT_RETURNED", (await WorkerA.SubmitRefusedAsync(id, "cat")).Code);
        Assert.Equal("NO_WORK", (await WorkerA.RefusedAsync("mutation($job: ID!) { requestWork(job: $job) { id } }", new { job })).Code);
        var next = (await WorkerB.TakeAsync(job))[0];
        Assert.Equal(assignment.GetProperty("task").GetString(), next.GetProperty("task").GetString());
        Assert.NotEqual(id, next.GetProperty("id").GetString());
    }

    [SkippableFact]
    public async Task Caps_and_missing_qualifications_are_refused_by_name()
    {
        var capped = await Cast.OpenJobAsync(tasks: 3, policies: p => p["answersPerWorker"] = 1);
        await WorkerA.WorkAsync(capped, "cat");
        Assert.Equal("WORKER_CAP_REACHED", (await WorkerA.RefusedAsync("mutation($job: ID!) { requestWork(job: $job) { id } }", new { job = capped })).Code);

        var wanting = await Cast.OpenJobAsync(policies: p => p["qualifications"] = new System.Text.Json.Nodes.JsonArray("vet:cats"));
        Assert.Equal("QUALIFICATION_MISSING", (await WorkerB.RefusedAsync("mutation($job: ID!) { requestWork(job: $job) { id } }", new { job = wanting })).Code);
        const string Grant = "mutation($w: ID!, $do: String!) { grantQualification(worker: $w, qualification: $do, reason: \"passed the test\") { qualifications } }";
        var granted = await Cast.QualityManager.SendAsync(Grant, new { w = Cast.WorkerIds[1], @do = "vet:cats" });
        Assert.Contains("vet:cats", granted.GetProperty("qualifications").EnumerateArray().Select(q => q.GetString()));
        Assert.Single(await WorkerB.TakeAsync(wanting));
        await Cast.QualityManager.SendAsync("mutation($w: ID!) { revokeQualification(worker: $w, qualification: \"vet:cats\", reason: \"lapsed\") { id } }", new { w = Cast.WorkerIds[1] });
        Assert.Equal("INVALID", (await Cast.QualityManager.RefusedAsync(Grant, new { w = Cast.WorkerIds[1], @do = "No Such Form" })).Code);
    }

    [SkippableFact]
    public async Task My_assignments_tell_what_became_of_each_and_never_what_is_gold()
    {
        var job = await Cast.OpenJobAsync();
        var assignment = await WorkerC.WorkAsync(job, "dog");
        var mine = (await WorkerC.SendAsync("{ myAssignments(first: 100, status: ACCEPTED) { nodes { id job status paidMicros answer { choice } input } } }")).GetProperty("nodes");
        var one = mine.EnumerateArray().Single(a => a.GetProperty("id").GetString() == assignment);
        Assert.Equal(100_000, one.GetProperty("paidMicros").GetInt64());
        Assert.Equal("dog", one.GetProperty("answer").GetProperty("choice").GetString());
        Assert.Equal("GRAPHQL_VALIDATION_FAILED", (await WorkerC.RefusedAsync("{ myAssignments { nodes { gold } } }")).Code);

        // The latest stand last, whatever the age of their jobs.
        await WorkerC.WorkAsync(await Cast.OpenJobAsync(), "dog");
        const string Last = "query($before: String) { myAssignments(last: 1, before: $before) { nodes { id job } pageInfo { startCursor hasPreviousPage } } }";
        var latest = await WorkerC.SendAsync(Last);
        Assert.NotEqual(job, latest.GetProperty("nodes")[0].GetProperty("job").GetString());
        var next = await WorkerC.SendAsync(Last, new { before = latest.GetProperty("pageInfo").GetProperty("startCursor").GetString() });
        Assert.Equal(assignment, next.GetProperty("nodes")[0].GetProperty("id").GetString());
        Assert.Equal("INVALID", (await WorkerC.RefusedAsync(Last, new { before = "what" })).Code);
    }
}

[Collection(SqliteStage.Name)]
public sealed class SqliteWorkTests(SqliteStage stage) : WorkStories(() => stage.Cast);

[Collection(PostgresStage.Name)]
public sealed class PostgresWorkTests(PostgresStage stage) : WorkStories(() => stage.Cast);
