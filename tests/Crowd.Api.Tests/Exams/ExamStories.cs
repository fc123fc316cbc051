using System.Text.Json.Nodes;
using Crowd.Api.Tests.Servers;

namespace Crowd.Api.Tests.Exams;

/// <summary>Exams, problems with tasks, and what workers are told of a settlement.</summary>
[Collection(SqliteStage.Name)]
public sealed class ExamStories(SqliteStage stage) : Story(() => stage.Cast)
{
    private const string Publish = "mutation($exam: ExamInput!, $requester: ID, $id: ID) { publishExam(exam: $exam, requester: $requester, id: $id) { id qualification questionCount questions { answer { choice } } } }";
    private const string Begin = "mutation($id: ID!) { beginExam(id: $id) { until questions { number input } } }";
    private const string Submit = "mutation($id: ID!, $answers: [AnswerInput]!) { submitExam(id: $id, answers: $answers) { right questions passed attemptsLeft } }";

    [Fact]
    public async Task Who_passes_an_exam_may_work_where_it_is_wanted_and_nobody_is_told_the_answers()
    {
        var exam = (await Cast.QualityManager.SendAsync(Publish, new { exam = Exam("felines") })).GetProperty("id").GetString()!;
        var job = await Cast.OpenJobAsync(policies: p => p["qualifications"] = new JsonArray("felines"));
        Assert.Equal("QUALIFICATION_MISSING", (await WorkerA.RefusedAsync("mutation($job: ID!) { requestWork(job: $job) { id } }", new { job })).Code);

        var seen = await WorkerA.SendAsync("query($id: ID!) { exam(id: $id) { title questions { answer { choice } } begunCount mine { attempts } } }", new { id = exam });
        Assert.Equal(System.Text.Json.JsonValueKind.Null, seen.GetProperty("questions").ValueKind);
        var sitting = await WorkerA.SendAsync(Begin, new { id = exam });
        Assert.DoesNotContain("choice", sitting.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, sitting.GetProperty("questions").GetArrayLength());
        var result = await WorkerA.SendAsync(Submit, new { id = exam, answers = Answers("cat", "dog") });
        Assert.True(result.GetProperty("passed").GetBoolean());
        Assert.Single(await WorkerA.TakeAsync(job));
        var history = await WorkerA.SendAsync("query($w: ID!) { worker(id: $w) { history { type data } } }", new { w = Cast.WorkerIds[0] });
        Assert.DoesNotContain("\"cat\"", history.ToString(), StringComparison.Ordinal);
        Assert.Equal("ALREADY_EXISTS", (await WorkerA.RefusedAsync(Begin, new { id = exam })).Code);
    }

    [Fact]
    public async Task Who_fails_waits_and_a_retired_exam_is_seen_by_those_who_made_it()
    {
        var exam = (await Cast.QualityManager.SendAsync(Publish, new { exam = Exam("canines") })).GetProperty("id").GetString()!;
        await WorkerB.SendAsync(Begin, new { id = exam });
        var result = await WorkerB.SendAsync(Submit, new { id = exam, answers = Answers("dog", null) });
        Assert.Equal((false, 0, 2), (result.GetProperty("passed").GetBoolean(), result.GetProperty("right").GetInt32(), result.GetProperty("attemptsLeft").GetInt32()));
        Assert.Equal("WINDOW_CLOSED", (await WorkerB.RefusedAsync(Begin, new { id = exam })).Code);

        Assert.Equal("FORBIDDEN", (await Owner.RefusedAsync("mutation($id: ID!) { retireExam(id: $id) { id } }", new { id = exam })).Code);
        Assert.True((await Cast.QualityManager.SendAsync("mutation($id: ID!) { retireExam(id: $id) { retired } }", new { id = exam })).GetProperty("retired").GetBoolean());
        const string List = "{ exams(first: 100) { nodes { id } } }";
        Assert.DoesNotContain(exam, Names((await WorkerB.SendAsync(List)).GetProperty("nodes"), "id"));
        Assert.Contains(exam, Names((await Cast.QualityManager.SendAsync(List)).GetProperty("nodes"), "id"));
    }

    [Fact]
    public async Task An_organisation_grants_only_qualifications_of_its_own()
    {
        Assert.Equal("FORBIDDEN", (await Cast.Viewer.RefusedAsync(Publish, new { exam = Exam("birds"), requester = Cast.Organisation })).Code);
        Assert.Equal("FORBIDDEN", (await Owner.RefusedAsync(Publish, new { exam = Exam("birds") })).Code);
        var made = await Cast.Editor.SendAsync(Publish, new { exam = Exam("birds"), requester = Cast.Organisation, id = "exam_0000000000000000000000000z" });
        Assert.Equal($"org-{Cast.Organisation[^8..]}:birds", made.GetProperty("qualification").GetString());
        Assert.Equal("cat", made.GetProperty("questions")[0].GetProperty("answer").GetProperty("choice").GetString());
        Assert.Equal("IDEMPOTENCY_CONFLICT", (await Cast.Editor.RefusedAsync(Publish, new { exam = Exam("fish"), requester = Cast.Organisation, id = "exam_0000000000000000000000000z" })).Code);
    }

    [Fact]
    public async Task A_reported_problem_is_read_by_the_requester_and_the_task_goes_to_somebody_else()
    {
        var job = await Cast.OpenJobAsync();
        var work = (await WorkerA.TakeAsync(job))[0];
        await WorkerA.SendAsync("mutation($a: ID!) { reportProblem(assignment: $a, problem: BROKEN, message: \"it is white\") }", new { a = work.GetProperty("id").GetString() });
        Assert.Equal("NO_WORK", (await WorkerA.RefusedAsync("mutation($job: ID!) { requestWork(job: $job) { id } }", new { job })).Code);
        Assert.Single(await WorkerB.TakeAsync(job));
        var reports = (await Owner.SendAsync("query($job: ID!) { job(id: $job) { problemReports { problem message task } } }", new { job })).GetProperty("problemReports");
        Assert.Equal("it is white", Assert.Single(reports.EnumerateArray()).GetProperty("message").GetString());
        Assert.Contains(work.GetProperty("task").GetString()!, Names(await Cast.QualityManager.SendAsync("{ problemReports { task } }"), "task"));
        Assert.Equal("FORBIDDEN", (await WorkerB.RefusedAsync("{ problemReports { task } }")).Code);
    }

    [Fact]
    public async Task A_worker_reads_the_votes_behind_a_settlement_without_names()
    {
        var job = await Cast.OpenJobAsync(policies: p => (p["minAnswers"], p["maxAnswers"]) = (3, 3));
        await WorkerA.WorkAsync(job, "cat");
        const string Mine = "{ myAssignments(last: 1) { nodes { job listing { title } votes { weight agrees mine } } } }";
        await WorkerB.WorkAsync(job, "cat");
        Assert.Empty((await NewestAsync()).GetProperty("votes").EnumerateArray());
        await WorkerC.WorkAsync(job, "dog");

        var node = await NewestAsync();
        Assert.Equal("Cats and dogs", node.GetProperty("listing").GetProperty("title").GetString());
        var votes = node.GetProperty("votes");
        Assert.Equal(["True", "False", "False"], Names(votes, "mine"));
        Assert.Equal(2, Names(votes, "agrees").Count(a => a == "True"));
        Assert.All(Cast.WorkerIds, id => Assert.DoesNotContain(id, node.ToString(), StringComparison.Ordinal));

        async Task<System.Text.Json.JsonElement> NewestAsync()
        {
            var found = (await WorkerA.SendAsync(Mine)).GetProperty("nodes")[0];
            Assert.Equal(job, found.GetProperty("job").GetString());
            return found;
        }
    }

    private static JsonObject Exam(string qualification) => new()
    {
        ["title"] = "Know your animals",
        ["qualification"] = qualification,
        ["schema"] = new JsonObject { ["singleChoice"] = new JsonObject { ["labels"] = new JsonArray("cat", "dog") } },
        ["passMark"] = 1,
        ["questions"] = new JsonArray(Question("miaow", "cat"), Question("woof", "dog")),
    };

    private static JsonObject Question(string text, string answer) => new() { ["input"] = new JsonObject { ["text"] = text }, ["answer"] = new JsonObject { ["choice"] = answer } };

    private static JsonArray Answers(params string?[] labels) => [.. labels.Select(l => l is null ? null : (JsonNode)new JsonObject { ["choice"] = l })];
}
