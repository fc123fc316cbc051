using System.Text.Json.Nodes;
using Crowd.Api.Tests.Servers;

namespace Crowd.Api.Tests.Jobs;

/// <summary>The life of a job.</summary>
public abstract class JobStories(Func<Cast> cast) : Story(cast)
{
    [SkippableFact]
    public async Task A_job_is_drafted_funded_opened_paused_and_closed()
    {
        var before = await BalanceAsync(Owner, Cast.Organisation);
        var job = await Cast.DraftAsync(tasks: 2);
        Assert.Equal("DRAFT", await Owner.ReadJobAsync(job, "status"));

        Assert.Equal(600_000, (await Owner.FundAsync(job, 600_000)).GetProperty("heldMicros").GetInt64());
        Assert.Equal(before - 600_000, await BalanceAsync(Owner, Cast.Organisation));
        Assert.Equal("OPEN", await Owner.DoAsync("openJob", job));
        Assert.Equal("OPEN", await Owner.DoAsync("openJob", job));
        Assert.Equal("PAUSED", await Owner.DoAsync("pauseJob", job));
        Assert.Equal("JOB_STATUS", (await WorkerA.RefusedAsync("mutation($job: ID!) { requestWork(job: $job) { id } }", new { job })).Code);
        Assert.Equal("OPEN", await Owner.DoAsync("openJob", job));

        await WorkerA.WorkAsync(job, "cat");
        await Owner.DoAsync("closeJob", job);
        await EventuallyAsync("CLOSED", () => Owner.ReadJobAsync(job, "status"));
        Assert.Equal("480000", await Owner.ReadJobAsync(job, "returnedMicros"));
        await EventuallyAsync($"{before - Sketch.AnswerMicros}", async () => $"{await BalanceAsync(Owner, Cast.Organisation)}");
        Assert.Equal("JOB_STATUS", (await Owner.RefusedAsync("mutation($job: ID!) { openJob(id: $job) { id } }", new { job })).Code);
    }

    [SkippableFact]
    public async Task A_cancelled_job_pays_what_was_submitted_and_decides_nothing_more()
    {
        var job = await Cast.OpenJobAsync(tasks: 2, policies: p => (p["minAnswers"], p["maxAnswers"], p["payFor"]) = (2, 2, "ALL"));
        var earned = await BalanceAsync(WorkerA, Cast.WorkerIds[0]);
        await WorkerA.WorkAsync(job, "cat");
        await Owner.DoAsync("cancelJob", job);
        await EventuallyAsync("CANCELLED", () => Owner.ReadJobAsync(job, "status"));
        Assert.Equal("0", await Owner.ReadJobAsync(job, "decidedCount"));
        Assert.Equal(earned + 100_000, await BalanceAsync(WorkerA, Cast.WorkerIds[0]));
        Assert.Equal((99 * Sketch.AnswerMicros).ToString(), await Owner.ReadJobAsync(job, "returnedMicros"));
    }

    [SkippableFact]
    public async Task A_job_cannot_be_opened_without_tasks_or_without_money_for_an_answer()
    {
        var empty = await Cast.DraftAsync(tasks: 0);
        Assert.Equal("JOB_STATUS", (await Owner.RefusedAsync("mutation($job: ID!) { openJob(id: $job) { id } }", new { job = empty })).Code);
        var poor = await Cast.DraftAsync();
        await Owner.FundAsync(poor, Sketch.AnswerMicros - 1);
        Assert.Equal("INSUFFICIENT_FUNDS", (await Owner.RefusedAsync("mutation($job: ID!) { openJob(id: $job) { id } }", new { job = poor })).Code);
        Assert.Equal("DRAFT", await Owner.ReadJobAsync(poor, "status"));
    }

    [SkippableFact]
    public async Task Money_an_organisation_does_not_have_is_not_held()
    {
        var job = await Cast.DraftAsync();
        var available = await BalanceAsync(Owner, Cast.Organisation);
        var refused = await Owner.RefusedAsync("mutation($job: ID!, $micros: Long!) { fundJob(id: $job, amountMicros: $micros) { id } }", new { job, micros = available + 1 });
        Assert.Equal("INSUFFICIENT_FUNDS", refused.Code);
        Assert.Equal(available, await BalanceAsync(Owner, Cast.Organisation));
        Assert.Equal("0", await Owner.ReadJobAsync(job, "heldMicros"));
        foreach (var micros in (long[])[0, -5])
            Assert.Equal("INVALID", (await Owner.RefusedAsync("mutation($job: ID!, $micros: Long!) { fundJob(id: $job, amountMicros: $micros) { id } }", new { job, micros })).Code);
    }

    [SkippableFact]
    public async Task A_job_that_has_ended_takes_no_more_money()
    {
        var job = await Cast.DraftAsync();
        await Owner.DoAsync("cancelJob", job);
        await EventuallyAsync("CANCELLED", () => Owner.ReadJobAsync(job, "status"));
        var before = await BalanceAsync(Owner, Cast.Organisation);
        Assert.Equal("JOB_STATUS", (await Owner.RefusedAsync("mutation($job: ID!) { fundJob(id: $job, amountMicros: 1000000) { id } }", new { job })).Code);
        Assert.Equal(before, await BalanceAsync(Owner, Cast.Organisation));
    }

    [SkippableFact]
    public async Task The_same_hold_the_same_key_and_the_same_top_up_have_one_effect()
    {
        var key = $"import of {await BalanceAsync(Owner, Cast.Organisation)}";
        const string Create = "mutation($requester: ID!, $job: JobInput!, $key: String) { createJob(requester: $requester, job: $job, key: $key) { id } }";
        var job = (await Owner.SendAsync(Create, new { requester = Cast.Organisation, job = Sketch.Job(), key })).GetProperty("id").GetString()!;
        Assert.Equal(job, (await Owner.SendAsync(Create, new { requester = Cast.Organisation, job = Sketch.Job(), key })).GetProperty("id").GetString());
        Assert.Equal("IDEMPOTENCY_CONFLICT", (await Owner.RefusedAsync(Create, new { requester = Cast.Organisation, job = Sketch.Job(title: "Other animals"), key })).Code);

        const string Fund = "mutation($job: ID!, $hold: ID!, $micros: Long!) { fundJob(id: $job, amountMicros: $micros, hold: $hold) { heldMicros } }";
        var hold = $"hold_{job[4..]}";
        Assert.Equal(500_000, (await Owner.SendAsync(Fund, new { job, hold, micros = 500_000 })).GetProperty("heldMicros").GetInt64());
        Assert.Equal(500_000, (await Owner.SendAsync(Fund, new { job, hold, micros = 500_000 })).GetProperty("heldMicros").GetInt64());
        Assert.Equal("IDEMPOTENCY_CONFLICT", (await Owner.RefusedAsync(Fund, new { job, hold, micros = 600_000 })).Code);

        const string TopUp = "mutation($requester: ID!, $topUp: ID!, $micros: Long!) { topUp(requester: $requester, amountMicros: $micros, topUp: $topUp) }";
        var topUp = $"top_{job[4..]}";
        var before = await BalanceAsync(Owner, Cast.Organisation);
        await Owner.SendAsync(TopUp, new { requester = Cast.Organisation, topUp, micros = 1_000_000 });
        await Owner.SendAsync(TopUp, new { requester = Cast.Organisation, topUp, micros = 1_000_000 });
        Assert.Equal("IDEMPOTENCY_CONFLICT", (await Owner.RefusedAsync(TopUp, new { requester = Cast.Organisation, topUp, micros = 2_000_000 })).Code);
        Assert.Equal(before + 1_000_000, await BalanceAsync(Owner, Cast.Organisation));
    }

    [SkippableFact]
    public async Task A_new_price_holds_for_work_given_out_from_then_on_and_the_schema_stays()
    {
        var job = await Cast.OpenJobAsync(tasks: 2);
        var old = (await WorkerA.TakeAsync(job))[0];
        const string Change = "mutation($id: ID!, $job: JobInput!) { changeJob(id: $id, job: $job) { title costOfAnswerMicros } }";
        var changed = await Owner.SendAsync(Change, new { id = job, job = Sketch.Job(p => p["payMicros"] = 200_000, "Better paid") });
        Assert.Equal(240_000, changed.GetProperty("costOfAnswerMicros").GetInt64());
        Assert.Equal(100_000, old.GetProperty("payMicros").GetInt64());
        Assert.Equal(200_000, (await WorkerB.TakeAsync(job))[0].GetProperty("payMicros").GetInt64());

        var other = Sketch.Job();
        other["schema"] = new JsonObject { ["rating"] = new JsonObject { ["from"] = 1, ["to"] = 5 } };
        Assert.Equal("JOB_STATUS", (await Owner.RefusedAsync(Change, new { id = job, job = other })).Code);
        Assert.Equal("Better paid", await Owner.ReadJobAsync(job, "title"));
    }

    [SkippableFact]
    public async Task A_specification_that_breaks_rules_is_refused_with_each_rule_and_its_path()
    {
        var wrong = Sketch.Job(p => (p["minAnswers"], p["targetConfidence"]) = (0, 2.0), title: "x");
        var refused = await Owner.RefusedAsync(
            "mutation($requester: ID!, $job: JobInput!) { createJob(requester: $requester, job: $job) { id } }", new { requester = Cast.Organisation, job = wrong });
        Assert.Equal("INVALID", refused.Code);
        Assert.Subset(Names(refused.Violations, "path").ToHashSet(), new HashSet<string> { "title", "policies.redundancy.minAnswers", "policies.redundancy.targetConfidence" });
    }

    [SkippableFact]
    public async Task Jobs_are_listed_newest_first_by_status_and_in_pages()
    {
        var (first, second) = (await Cast.DraftAsync(tasks: 0, title: "Listed first"), await Cast.DraftAsync(tasks: 0, title: "Listed second"));
        const string List =
            "query($requester: ID!, $after: String) { jobs(requester: $requester, status: DRAFT, first: 1, after: $after) { totalCount nodes { id } pageInfo { hasNextPage endCursor } } }";
        var page = await Owner.SendAsync(List, new { requester = Cast.Organisation });
        Assert.Equal([second], Names(page.GetProperty("nodes"), "id"));
        Assert.True(page.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean());
        Assert.True(page.GetProperty("totalCount").GetInt32() >= 2);
        var next = await Owner.SendAsync(List, new { requester = Cast.Organisation, after = page.GetProperty("pageInfo").GetProperty("endCursor").GetString() });
        Assert.Equal([first], Names(next.GetProperty("nodes"), "id"));
    }
}

[Collection(SqliteStage.Name)]
public sealed class SqliteJobTests(SqliteStage stage) : JobStories(() => stage.Cast);

[Collection(PostgresStage.Name)]
public sealed class PostgresJobTests(PostgresStage stage) : JobStories(() => stage.Cast);
