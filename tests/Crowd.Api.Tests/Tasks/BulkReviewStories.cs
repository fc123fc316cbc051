using System.Text.Json;
using Crowd.Api.Tests.Servers;

namespace Crowd.Api.Tests.Tasks;

/// <summary>Reviews of many answers, filters over tasks, a new price, a job as a template.</summary>
public abstract class BulkReviewStories(Func<Cast> cast) : Story(cast)
{
    private const string Review =
        "mutation($job: ID!, $a: [ID!]!, $approve: Boolean!, $note: String) { reviewAnswers(job: $job, assignments: $a, approve: $approve, note: $note) { assignment code message } }";

    private const string Waiting = "query($job: ID!, $after: String) { job(id: $job) { reviews(first: 2, after: $after) { totalCount nodes { id input answer { choice } } pageInfo { hasNextPage endCursor } } } }";

    [SkippableFact]
    public async Task Answers_that_wait_are_listed_in_pages_and_leave_the_list_when_reviewed()
    {
        var job = await ReviewedAsync(3);
        var page = (await Owner.SendAsync(Waiting, new { job })).GetProperty("reviews");
        Assert.Equal(3, page.GetProperty("totalCount").GetInt32());
        var first = Names(page.GetProperty("nodes"), "id");
        Assert.Equal(2, first.Length);
        var next = (await Owner.SendAsync(Waiting, new { job, after = page.GetProperty("pageInfo").GetProperty("endCursor").GetString() })).GetProperty("reviews");
        Assert.Single(Names(next.GetProperty("nodes"), "id").Except(first));

        var results = await Owner.SendAsync(Review, new { job, a = first, approve = true });
        Assert.All(results.EnumerateArray(), r => Assert.Equal(System.Text.Json.JsonValueKind.Null, r.GetProperty("code").ValueKind));
        Assert.Equal(1, (await Owner.SendAsync(Waiting, new { job })).GetProperty("reviews").GetProperty("totalCount").GetInt32());
        Assert.Equal("2", await Owner.ReadJobAsync(job, "acceptedCount"));
    }

    [SkippableFact]
    public async Task One_that_cannot_be_done_does_not_keep_the_others_from_it()
    {
        var (job, other) = (await ReviewedAsync(2), await ReviewedAsync(1));
        var mine = Names((await Owner.SendAsync(Waiting, new { job })).GetProperty("reviews").GetProperty("nodes"), "id");
        var foreign = Names((await Owner.SendAsync(Waiting, new { job = other })).GetProperty("reviews").GetProperty("nodes"), "id");
        await Owner.SendAsync(Review, new { job, a = (string[])[mine[0]], approve = true });

        var results = await Owner.SendAsync(Review, new { job, a = (string[])[.. mine, .. foreign], approve = false, note = "Not what was asked for." });
        Assert.Equal(["ALREADY_SETTLED", "", "NOT_FOUND"], Names(results, "code"));
        Assert.Equal("1", await Owner.ReadJobAsync(job, "rejectedCount"));
        Assert.Equal("INVALID", (await Owner.RefusedAsync(Review, new { job, a = Array.Empty<string>(), approve = true })).Code);
        Assert.Equal("FORBIDDEN", (await Cast.Viewer.RefusedAsync(Review, new { job, a = mine, approve = true })).Code);
    }

    [SkippableFact]
    public async Task Tasks_are_found_by_label_confidence_origin_and_text()
    {
        var job = await Cast.OpenJobAsync(tasks: 3);
        foreach (var work in await WorkerA.TakeAsync(job, 2))
            await WorkerA.SubmitAsync(work.GetProperty("id").GetString()!, work.GetProperty("input").GetProperty("text").GetString() == "animal 1" ? "cat" : "dog");
        Assert.Equal(["item-1"], await FindAsync(job, "label: { choice: \"cat\" }"));
        Assert.Equal(["item-1", "item-2"], await FindAsync(job, "leastConfidence: 0.1, decidedBy: CONSENSUS"));
        Assert.Empty(await FindAsync(job, "mostConfidence: 0.1"));
        Assert.Equal(["item-3"], await FindAsync(job, "stage: OPEN"));
        Assert.Equal(["item-2"], await FindAsync(job, "search: \"ANIMAL 2\""));
        Assert.Equal(["item-3"], await FindAsync(job, "search: \"item-3\""));
        Assert.Empty(await FindAsync(job, "search: \"%\""));
    }

    [SkippableFact]
    public async Task A_job_serves_as_a_template_and_its_price_is_changed_alone()
    {
        var job = await Cast.OpenJobAsync(title: "The first");
        var changed = await Owner.SendAsync("mutation($job: ID!) { changePrice(id: $job, payMicros: 250000) { costOfAnswerMicros title status } }", new { job });
        Assert.Equal("300000 The first OPEN", $"{changed.GetProperty("costOfAnswerMicros")} {changed.GetProperty("title")} {changed.GetProperty("status")}");
        Assert.Equal("INVALID", (await Owner.RefusedAsync("mutation($job: ID!) { changePrice(id: $job, payMicros: -1) { id } }", new { job })).Code);

        await Owner.SendAsync("mutation($job: ID!) { setLoop(job: $job, policy: { auditRate: 0.5 }) { id } }", new { job });
        const string Clone = "mutation($job: ID!) { cloneJob(id: $job, title: \"The second\", key: \"clone\") { id status title taskCount heldMicros instructions costOfAnswerMicros loop } }";
        var clone = await Owner.SendAsync(Clone, new { job });
        Assert.Equal("DRAFT The second 0 0 Look at the animal. 300000",
            string.Join(' ', new[] { "status", "title", "taskCount", "heldMicros", "instructions", "costOfAnswerMicros" }.Select(p => clone.GetProperty(p).ToString())));
        Assert.Equal(JsonValueKind.Null, clone.GetProperty("loop").ValueKind);
        Assert.Equal(clone.GetProperty("id").GetString(), (await Owner.SendAsync(Clone, new { job })).GetProperty("id").GetString());
        Assert.Equal("NOT_FOUND", (await Cast.Stranger.RefusedAsync(Clone, new { job })).Code);
    }

    private async Task<string[]> FindAsync(string job, string filter) => Names(
        (await Owner.SendAsync($"query($job: ID!) {{ job(id: $job) {{ tasks({filter}) {{ nodes {{ externalId }} }} }} }}", new { job })).GetProperty("tasks").GetProperty("nodes"), "externalId");

    private async Task<string> ReviewedAsync(int tasks)
    {
        var job = await Cast.OpenJobAsync(tasks, p => p["payFor"] = "REVIEWED");
        foreach (var work in await WorkerA.TakeAsync(job, tasks))
            await WorkerA.SubmitAsync(work.GetProperty("id").GetString()!, "cat");
        return job;
    }
}

[Collection(SqliteStage.Name)]
public sealed class SqliteBulkReviewTests(SqliteStage stage) : BulkReviewStories(() => stage.Cast);

[Collection(PostgresStage.Name)]
public sealed class PostgresBulkReviewTests(PostgresStage stage) : BulkReviewStories(() => stage.Cast);
