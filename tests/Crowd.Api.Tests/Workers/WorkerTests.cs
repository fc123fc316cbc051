using Crowd.Api.Tests.Servers;

namespace Crowd.Api.Tests.Workers;

/// <summary>What quality managers do with workers, and what workers earn.</summary>
[Collection(SqliteStage.Name)]
public sealed class WorkerTests(SqliteStage stage) : Story(() => stage.Cast)
{
    private const string Override = "mutation($w: ID!, $job: ID, $value: Float!) { overrideReliability(worker: $w, job: $job, value: $value, reason: \"known\") { reliabilityOverride } }";

    [Fact]
    public async Task A_reliability_is_overridden_and_cleared_and_the_measured_one_stays_beside_it()
    {
        var job = await Cast.OpenJobAsync();
        await WorkerB.WorkAsync(job, "cat");
        var w = Cast.WorkerIds[1];
        Assert.Equal("INVALID", (await Cast.QualityManager.RefusedAsync(Override, new { w, job, value = 1.5 })).Code);
        await Cast.QualityManager.SendAsync(Override, new { w, job, value = 0.25 });
        Assert.Equal("0.25 0.25", await ReliabilityAsync(w, job));
        await Cast.QualityManager.SendAsync("mutation($w: ID!, $job: ID) { clearReliability(worker: $w, job: $job, reason: \"mistaken\") { id } }", new { w, job });
        Assert.EndsWith(" ", await ReliabilityAsync(w, job), StringComparison.Ordinal);

        await Cast.QualityManager.SendAsync(Override, new { w, value = 0.75 });
        Assert.Equal("0.75 0.75", await ReliabilityAsync(w, job));
        await Cast.QualityManager.SendAsync("mutation($w: ID!) { clearReliability(worker: $w, reason: \"mistaken\") { id } }", new { w });
        var trail = (await Cast.QualityManager.SendAsync("query($w: String!) { auditTrail(stream: $w, first: 10) { nodes { type data } } }", new { w })).GetProperty("nodes");
        Assert.Equal(
            ["worker.reliability-override-cleared", "worker.reliability-overridden", "worker.reliability-override-cleared", "worker.reliability-overridden"], Names(trail, "type").Take(4));
        Assert.Equal("mistaken", trail[0].GetProperty("data").GetProperty("reason").GetString());
    }

    [Fact]
    public async Task A_suspended_worker_gets_no_work_until_the_suspension_is_lifted()
    {
        var job = await Cast.OpenJobAsync();
        var w = Cast.WorkerIds[2];
        const string Suspend = "mutation($w: ID!, $until: DateTime!) { suspendWorker(worker: $w, until: $until, reason: \"three complaints\") { suspendedUntil suspensionReason } }";
        Assert.Equal("INVALID", (await Cast.QualityManager.RefusedAsync(Suspend, new { w, until = "2001-01-01T00:00:00Z" })).Code);
        Assert.Equal("three complaints", (await Cast.QualityManager.SendAsync(Suspend, new { w, until = "2100-01-01T00:00:00Z" })).GetProperty("suspensionReason").GetString());
        var refused = await WorkerC.RefusedAsync("mutation($job: ID!) { requestWork(job: $job) { id } }", new { job });
        Assert.Equal("WORKER_SUSPENDED", refused.Code);
        Assert.Contains("three complaints", refused.Message, StringComparison.Ordinal);
        await Cast.QualityManager.SendAsync("mutation($w: ID!) { liftSuspension(worker: $w, reason: \"cleared up\") { id } }", new { w });
        Assert.Single(await WorkerC.TakeAsync(job));
    }

    [Fact]
    public async Task A_worker_unknown_to_the_platform_is_not_found() =>
        Assert.Equal("NOT_FOUND", (await Cast.QualityManager.RefusedAsync(Override, new { w = "wrk_00000000000000000000000000", value = 0.5 })).Code);

    [Fact]
    public async Task Earned_money_is_paid_out_once_under_its_id_and_the_statement_says_so()
    {
        var worker = await stage.Server.SignUpAsync("Payee");
        var id = await worker.BecomeWorkerAsync();
        Assert.Equal(id, await worker.BecomeWorkerAsync());
        Assert.Equal("INSUFFICIENT_FUNDS", (await worker.RefusedAsync("mutation { requestPayout }")).Code);
        var job = await Cast.OpenJobAsync(tasks: 2, policies: p => p["payMicros"] = 750_000);
        await Owner.FundAsync(job, 2_000_000);
        await worker.WorkAsync(job, "cat");
        await worker.WorkAsync(job, "dog");

        const string Request = "mutation($p: ID!, $micros: Long) { requestPayout(payout: $p, amountMicros: $micros) }";
        var p = $"pay_{id[4..]}";
        Assert.Equal("INVALID", (await worker.RefusedAsync(Request, new { p, micros = 1_000_001 })).Code);
        Assert.Equal("INSUFFICIENT_FUNDS", (await worker.RefusedAsync(Request, new { p, micros = 1_510_000 })).Code);
        for (var i = 0; i < 3; i++)
            Assert.Equal(p, (await worker.SendAsync(Request, new { p, micros = 1_200_000 })).GetString());
        Assert.Equal("IDEMPOTENCY_CONFLICT", (await worker.RefusedAsync(Request, new { p, micros = 1_100_000 })).Code);
        await EventuallyAsync("posted", async () => (await worker.SendAsync("{ myPayouts { status } }"))[0].GetProperty("status").GetString()!);
        var payout = (await worker.SendAsync("{ myPayouts { id amountMicros reference } }")).EnumerateArray().Single();
        Assert.Equal($"sandbox_{p}", payout.GetProperty("reference").GetString());

        var lines = await worker.SendAsync("query($of: String!) { statement(of: $of) { nodes { amountMicros balanceMicros kind reference } } }", new { of = id });
        Assert.Equal(["750000 750000 pay", "750000 1500000 pay", "-1200000 300000 payoutReserved"],
            lines.GetProperty("nodes").EnumerateArray().Select(l => $"{l.GetProperty("amountMicros")} {l.GetProperty("balanceMicros")} {l.GetProperty("kind")}"));
        Assert.Equal(300_000, await BalanceAsync(worker, id));
    }

    [Fact]
    public async Task The_statement_of_a_job_adds_up_to_its_escrow()
    {
        var job = await Cast.OpenJobAsync(tasks: 2);
        await WorkerA.WorkAsync(job, "cat");
        var lines = await Owner.SendAsync("query($of: String!) { statement(of: $of) { nodes { amountMicros balanceMicros kind } } }", new { of = job });
        Assert.Equal(["fee -20000", "hold 12000000", "pay -100000"],
            lines.GetProperty("nodes").EnumerateArray().Select(l => $"{l.GetProperty("kind")} {l.GetProperty("amountMicros")}").Order(StringComparer.Ordinal));
        Assert.Equal(11_880_000, lines.GetProperty("nodes")[2].GetProperty("balanceMicros").GetInt64());
        Assert.Equal(11_880_000, await BalanceAsync(Owner, job));
    }

    [Fact]
    public async Task The_audit_trail_is_filtered_by_type_and_actor_and_paged()
    {
        var job = await Cast.DraftAsync(tasks: 0, title: "Audited");
        var owner = (await Owner.SendAsync("{ me { id } }")).GetProperty("id").GetString();
        const string Trail =
            "query($actor: String!, $after: String) { auditTrail(type: \"job.created\", actor: $actor, first: 1, after: $after) { nodes { stream type position } pageInfo { endCursor } } }";
        var page = await Cast.QualityManager.SendAsync(Trail, new { actor = owner });
        Assert.Equal([job], Names(page.GetProperty("nodes"), "stream"));
        var next = await Cast.QualityManager.SendAsync(Trail, new { actor = owner, after = page.GetProperty("pageInfo").GetProperty("endCursor").GetString() });
        Assert.True(next.GetProperty("nodes")[0].GetProperty("position").GetInt64() < page.GetProperty("nodes")[0].GetProperty("position").GetInt64());
        Assert.Equal("INVALID", (await Cast.QualityManager.RefusedAsync(Trail, new { actor = owner, after = "b3RoZXI" })).Code);
    }

    private async Task<string> ReliabilityAsync(string worker, string job)
    {
        var all = (await Cast.QualityManager.SendAsync("query($w: ID!) { worker(id: $w) { reliability { job value overridden } } }", new { w = worker })).GetProperty("reliability");
        var one = all.EnumerateArray().Single(r => r.GetProperty("job").GetString() == job);
        return $"{one.GetProperty("value")} {one.GetProperty("overridden")}";
    }
}
