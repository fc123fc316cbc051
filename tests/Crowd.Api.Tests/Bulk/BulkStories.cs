using System.Net;
using System.Text.Json;
using Crowd.Api.Tests.Servers;

namespace Crowd.Api.Tests.Bulk;

/// <summary>Tasks in and results out, as files.</summary>
public abstract class BulkStories(Func<Cast> cast) : Story(cast)
{
    private const string OneBad =
        """
        {"externalId":"a","input":{"text":"one"}}
        {"externalId":"b"}

        not json
        {"externalId":"c","input":{"text":"three"},"gold":"horse"}
        {"externalId":"d","input":{"text":"four"},"colour":"red"}
        """;

    [SkippableFact]
    public async Task A_file_with_bad_lines_is_refused_whole_with_a_number_and_a_reason_for_each()
    {
        var job = await Cast.DraftAsync(tasks: 0);
        var (status, report) = await Owner.ImportAsync(job, OneBad);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.True(report.GetProperty("refused").GetBoolean());
        Assert.Equal(["2 INPUT_MISSING", "4 JSON_INVALID", "5 GOLD_INVALID", "6 JSON_INVALID"],
            report.GetProperty("badLines").EnumerateArray().Select(l => $"{l.GetProperty("line")} {l.GetProperty("code")}"));
        Assert.All(Names(report.GetProperty("badLines"), "message"), m => Assert.NotEqual("", m));
        Assert.Equal("5 0 4", Counts(report));
        Assert.Equal("0", await Owner.ReadJobAsync(job, "taskCount"));
    }

    [SkippableFact]
    public async Task Good_lines_are_taken_when_that_is_asked_for()
    {
        var job = await Cast.DraftAsync(tasks: 0);
        var (status, report) = await Owner.ImportAsync(job, OneBad, query: "?onBadLines=skip");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("5 1 4", Counts(report));
        Assert.Equal("1", await Owner.ReadJobAsync(job, "taskCount"));
    }

    [SkippableFact]
    public async Task The_same_upload_again_adds_nothing_and_a_changed_line_is_a_conflict()
    {
        var job = await Cast.DraftAsync(tasks: 3);
        var again = (await Owner.ImportAsync(job, Sketch.Tasks(3))).Body;
        Assert.Equal("0 3", $"{again.GetProperty("added")} {again.GetProperty("known")}");
        var (_, changed) = await Owner.ImportAsync(job, Sketch.Tasks(4).Replace("animal 2", "another animal", StringComparison.Ordinal));
        Assert.Equal("4 1 1", Counts(changed));
        Assert.Equal("2 EXTERNAL_ID_CONFLICT", $"{changed.GetProperty("badLines")[0].GetProperty("line")} {changed.GetProperty("badLines")[0].GetProperty("code").GetString()}");
        Assert.Equal("4", await Owner.ReadJobAsync(job, "taskCount"));
    }

    [SkippableFact]
    public async Task CSV_columns_become_inputs_and_bad_rows_have_their_line()
    {
        var job = await Cast.DraftAsync(tasks: 0);
        const string Csv = "externalId,priority,text,note\r\nx1,5,\"a, b\",first\r\nx2,many,second,\r\nx3,,third,\r\n";
        var (status, refused) = await Owner.ImportAsync(job, Csv, "text/csv");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Equal("3 PRIORITY_INVALID", $"{refused.GetProperty("badLines")[0].GetProperty("line")} {refused.GetProperty("badLines")[0].GetProperty("code").GetString()}");
        Assert.Equal("3 2 1", Counts((await Owner.ImportAsync(job, Csv, "text/csv; charset=utf-8", "?onBadLines=skip")).Body));
        var tasks = (await Owner.SendAsync("query($job: ID!) { job(id: $job) { tasks { nodes { externalId priority input } } } }", new { job })).GetProperty("tasks").GetProperty("nodes");
        Assert.Equal(["x1 5 a, b", "x3 0 third"],
            tasks.EnumerateArray().Select(t => $"{t.GetProperty("externalId")} {t.GetProperty("priority")} {t.GetProperty("input").GetProperty("text")}"));
    }

    [SkippableFact]
    public async Task An_import_says_what_is_wrong_with_the_request_itself()
    {
        var job = await Cast.DraftAsync(tasks: 0);
        Assert.Equal("BadRequest INVALID", Problem(await Owner.ImportAsync(job, Sketch.Tasks(1), "application/xml")));
        Assert.Equal("NotFound NOT_FOUND", Problem(await Owner.ImportAsync("job_nonsense", Sketch.Tasks(1))));
        Assert.Equal("NotFound NOT_FOUND", Problem(await Cast.Stranger.ImportAsync(job, Sketch.Tasks(1))));
        Assert.Equal("Forbidden FORBIDDEN", Problem(await Cast.Viewer.ImportAsync(job, Sketch.Tasks(1))));
        Assert.Equal("Unauthorized UNAUTHENTICATED", Problem(await Cast.Server.Anonymous.ImportAsync(job, Sketch.Tasks(1))));
        await Owner.DoAsync("cancelJob", job);
        Assert.Equal("Conflict JOB_STATUS", Problem(await Owner.ImportAsync(job, Sketch.Tasks(1))));
    }

    [SkippableFact]
    public async Task Results_come_as_JSON_lines_that_say_when_they_are_complete()
    {
        var job = await DecidedJobAsync();
        using var response = await Owner.Http.GetAsync($"/jobs/{job}/results");
        Assert.Equal("application/x-ndjson", response.Content.Headers.ContentType!.MediaType);
        var lines = (await response.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonSerializer.Deserialize<JsonElement>(l)).ToArray();
        Assert.Equal(3, lines.Length);
        Assert.Equal("""{"end":true,"tasks":2}""", lines[^1].GetRawText());
        Assert.Equal("item-1 decided cat animal 1",
            $"{lines[0].GetProperty("externalId")} {lines[0].GetProperty("stage")} {lines[0].GetProperty("label").GetProperty("label")} {lines[0].GetProperty("input").GetProperty("text")}");
        Assert.Equal("item-2 open", $"{lines[1].GetProperty("externalId")} {lines[1].GetProperty("stage")}");
        Assert.False(lines[1].TryGetProperty("label", out _));
    }

    [SkippableFact]
    public async Task Results_come_as_CSV_when_that_is_asked_for()
    {
        var job = await DecidedJobAsync();
        var csv = await Owner.Http.GetStringAsync($"/jobs/{job}/results?format=csv");
        var lines = csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("taskId,externalId,stage,label,confidence,decidedBy,decidedLabel,decidedConfidence,answers,spentMicros,gold,input,metadata", lines[0]);
        Assert.Equal(3, lines.Length);
        Assert.Contains(",item-1,decided,cat,", lines[1], StringComparison.Ordinal);
        Assert.EndsWith(",\"{\"\"text\"\":\"\"animal 1\"\"}\",", lines[1], StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Results_are_for_those_who_may_see_the_job()
    {
        var job = await Cast.DraftAsync();
        foreach (var (person, wanted) in new[]
        {
            (Cast.Viewer, HttpStatusCode.OK), (Cast.QualityManager, HttpStatusCode.OK), (Cast.Stranger, HttpStatusCode.NotFound),
            (WorkerA, HttpStatusCode.NotFound), (Cast.Server.Anonymous, HttpStatusCode.Unauthorized),
        })
        {
            using var response = await person.Http.GetAsync($"/jobs/{job}/results");
            Assert.Equal(wanted, response.StatusCode);
        }
    }

    [SkippableFact]
    public async Task Gold_tasks_are_imported_given_out_unmarked_and_exclude_who_fails_them()
    {
        var job = await Cast.DraftAsync(tasks: 0, policies: p => (p["goldShare"], p["goldMinAnswers"], p["goldWindow"], p["payFor"]) = (0.5, 2, 2, "ALL"));
        var gold = string.Concat(Enumerable.Range(1, 20).Select(i => $"{{\"externalId\":\"gold-{i}\",\"input\":{{\"text\":\"known {i}\"}},\"gold\":\"cat\"}}\n"));
        await Owner.ImportAsync(job, Sketch.Tasks(60) + gold);
        Assert.Equal("60", await Owner.ReadJobAsync(job, "taskCount"));
        Assert.Equal("20", await Owner.ReadJobAsync(job, "goldTaskCount"));
        await Owner.FundAsync(job, 200 * Sketch.AnswerMicros);
        await Owner.DoAsync("openJob", job);

        var answers = 0;
        string? refused = null;
        while (refused is null && answers < 80)
        {
            var (_, root) = await WorkerC.TryAsync("mutation($job: ID!) { requestWork(job: $job) { id } }", new { job });
            if (root.TryGetProperty("errors", out var errors))
                refused = errors[0].GetProperty("extensions").GetProperty("code").GetString();
            else
                await WorkerC.SubmitAsync(root.GetProperty("data").GetProperty("requestWork")[0].GetProperty("id").GetString()!, "dog");
            answers++;
        }

        Assert.Equal("WORKER_EXCLUDED", refused);
        var reliability = (await Cast.QualityManager.SendAsync("query($w: ID!) { worker(id: $w) { reliability { job goldJudged goldRight } } }", new { w = Cast.WorkerIds[2] })).GetProperty("reliability");
        var ofJob = reliability.EnumerateArray().Single(r => r.GetProperty("job").GetString() == job);
        Assert.Equal("2 0", $"{ofJob.GetProperty("goldJudged")} {ofJob.GetProperty("goldRight")}");
        await Cast.QualityManager.SendAsync("mutation($job: ID!, $w: ID!) { readmitWorker(id: $job, worker: $w, reason: \"a second chance\") }", new { job, w = Cast.WorkerIds[2] });
        Assert.Single(await WorkerC.TakeAsync(job));
    }

    /// <summary>Two tasks, of which the first is decided.</summary>
    private async Task<string> DecidedJobAsync()
    {
        var job = await Cast.OpenJobAsync(tasks: 2);
        await WorkerA.WorkAsync(job, "cat");
        return job;
    }

    private static string Counts(JsonElement report) => $"{report.GetProperty("lines")} {report.GetProperty("added")} {report.GetProperty("bad")}";

    private static string Problem((HttpStatusCode Status, JsonElement Body) response) => $"{response.Status} {response.Body.GetProperty("code").GetString()}";
}

[Collection(SqliteStage.Name)]
public sealed class SqliteBulkTests(SqliteStage stage) : BulkStories(() => stage.Cast);

[Collection(PostgresStage.Name)]
public sealed class PostgresBulkTests(PostgresStage stage) : BulkStories(() => stage.Cast);
