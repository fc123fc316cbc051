using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Crowd.Api.Tests.Servers;

namespace Crowd.Api.Tests.Loop;

/// <summary>Pairs of responses compared by people, read back by a trainer, scored by a reward model, and reported on.</summary>
public abstract class PreferenceStories(Func<Cast> cast) : Story(cast)
{
    private const string Submission = "mutation($assignment: ID!, $answer: AnswerInput!) { submitAnswer(assignment: $assignment, answer: $answer) { repeated } }";

    [SkippableFact]
    public async Task Pairs_come_out_as_preference_trainers_read_them()
    {
        var job = await JobAsync(pairs: 4, answers: 1);
        await AnswerAllAsync(WorkerA, job, i => i == 3 ? "TIE" : i % 2 == 0 ? "LEFT" : "RIGHT");

        var explicits = await LinesAsync(job, "explicit");
        Assert.Equal(["good 0|bad 0", "good 1|bad 1", "good 2|bad 2"], explicits.Select(l => $"{l.GetProperty("chosen")}|{l.GetProperty("rejected")}").Order(StringComparer.Ordinal));
        Assert.All(explicits, l =>
        {
            Assert.StartsWith("Question ", l.GetProperty("prompt").GetString(), StringComparison.Ordinal);
            Assert.True(l.GetProperty("margin").GetDouble() > 0);
            Assert.Equal(1, l.GetProperty("answers").GetInt32());
        });
        var implicits = await LinesAsync(job, "implicit");
        Assert.All(implicits, l => Assert.False(l.TryGetProperty("prompt", out _)));
        Assert.Contains(implicits, l => l.GetProperty("chosen").GetString() == "Question 0? good 0" && l.GetProperty("rejected").GetString() == "Question 0? bad 0");
        var rankings = await LinesAsync(job, "rankings");
        Assert.Equal([false, false, false, true], rankings.Select(l => l.GetProperty("tied").GetBoolean()).Order());
        Assert.Equal(8, (await LinesAsync(job, "scores")).Count);
        var worker = Assert.Single(await LinesAsync(job, "workers"));
        Assert.Equal("4 1", $"{worker.GetProperty("answers")} {worker.GetProperty("agreement")}");
    }

    [SkippableFact]
    public async Task A_reward_model_s_scores_come_back_as_predictions_and_the_report_holds_them_against_people()
    {
        var job = await JobAsync(pairs: 12, answers: 1);

        // The model has the last three of twelve the wrong way round, and says so with less confidence.
        var scores = string.Concat(Enumerable.Range(0, 12).Select(i => Line(i, i < 9 ? 2 : -0.5)));
        var (status, taken) = await RewardAsync(job, scores);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("12 0 0", Counts(taken));
        Assert.Equal("0 12 0", Counts((await RewardAsync(job, scores)).Body));
        await AnswerAllAsync(WorkerA, job, i => i % 2 == 0 ? "LEFT" : "RIGHT");

        var report = await Owner.SendAsync(
            """
            query($job: ID!) { oversight(job: $job, model: "reward", by: "metadata.topic", favourable: "left") {
              cases accepted machineAccuracy { value low high } hybridAccuracy { value } gain { value } personAccuracy { value count } costMicros
              calibration { count expectedError bins { count } } drift { agreement { value } } parity { by group rate { value count } } workers { agreement { value } } } }
            """, new { job });
        Assert.Equal("12 0", $"{report.GetProperty("cases")} {report.GetProperty("accepted")}");
        Assert.True(report.GetProperty("machineAccuracy").GetProperty("low").GetDouble() <= 0.75 && report.GetProperty("machineAccuracy").GetProperty("high").GetDouble() >= 0.75);
        Assert.InRange(report.GetProperty("gain").GetProperty("value").GetDouble(), 0.01, 0.5);
        Assert.Equal(1, report.GetProperty("personAccuracy").GetProperty("value").GetDouble());
        Assert.Equal(12 * Sketch.AnswerMicros, report.GetProperty("costMicros").GetDouble());
        Assert.Equal(12, report.GetProperty("calibration").GetProperty("bins").EnumerateArray().Sum(b => b.GetProperty("count").GetInt32()));
        Assert.Equal(4, report.GetProperty("drift").GetArrayLength());
        Assert.Equal(["a 0.5", "b 0.5"], report.GetProperty("parity").EnumerateArray().Where(p => p.GetProperty("by").GetString() == "hybrid")
            .Select(p => $"{p.GetProperty("group").GetString()} {p.GetProperty("rate").GetProperty("value")}").Order(StringComparer.Ordinal));

        using var response = await Owner.Http.GetAsync($"/jobs/{job}/report?model=reward&level=0.9");
        var json = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(0.9, json.GetProperty("level").GetDouble());
        Assert.Equal(12, json.GetProperty("cases").GetInt32());
    }

    [SkippableFact]
    public async Task What_cannot_be_read_is_refused_by_line_and_with_what_to_give()
    {
        var job = await JobAsync(pairs: 2, answers: 1);
        var (status, report) = await RewardAsync(job, "not json\n{\"externalId\":\"p0\",\"scores\":[1]}\n{\"externalId\":\"nobody\",\"scores\":[1,2]}\n");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Equal(["1 INVALID", "2 INVALID", "3 NOT_FOUND"], report.GetProperty("refused").EnumerateArray().Select(r => $"{r.GetProperty("line")} {r.GetProperty("code").GetString()}"));
        Assert.Equal("400 INVALID", await GetAsync(Owner, $"/jobs/{job}/preferences?as=poems"));
        Assert.Equal("400 INVALID", await GetAsync(Owner, $"/jobs/{job}/preferences?as=ratings"));
        Assert.Equal("400 INVALID", await GetAsync(Owner, $"/jobs/{job}/report?level=95"));
        Assert.Equal("400 INVALID", await GetAsync(Owner, $"/jobs/{job}/report?by=metadata.topic&favourable=up"));
        Assert.Equal("404 NOT_FOUND", await GetAsync(Cast.Stranger, $"/jobs/{job}/report"));
        Assert.Equal("404 NOT_FOUND", await GetAsync(Cast.Stranger, $"/jobs/{job}/preferences"));
        Assert.Equal("403 FORBIDDEN", $"{(int)(await RewardAsync(job, "", Cast.Viewer)).Status} {(await RewardAsync(job, "", Cast.Viewer)).Body.GetProperty("code").GetString()}");
    }

    /// <summary>Pairs of a good and a bad response; the good one is left where the number is even.</summary>
    private async Task<string> JobAsync(int pairs, int answers)
    {
        var sketch = Sketch.Job(p => (p["minAnswers"], p["maxAnswers"]) = (answers, answers), title: "Which is better?");
        sketch["schema"] = new JsonObject { ["pairwise"] = new JsonObject { ["tie"] = true } };
        var job = await Owner.CreateJobAsync(Cast.Organisation, sketch);
        var lines = string.Concat(Enumerable.Range(0, pairs).Select(i =>
        {
            var (left, right) = i % 2 == 0 ? ("good", "bad") : ("bad", "good");
            var topic = i < pairs / 2 ? "a" : "b";
            return $"{{\"externalId\":\"p{i}\",\"input\":{{\"prompt\":\"Question {i}? \",\"left\":\"{left} {i}\",\"right\":\"{right} {i}\"}},\"metadata\":{{\"topic\":\"{topic}\"}}}}\n";
        }));
        Assert.Equal(pairs, (await Owner.ImportAsync(job, lines)).Body.GetProperty("added").GetInt32());
        await Owner.FundAsync(job, 100 * Sketch.AnswerMicros);
        Assert.Equal("OPEN", await Owner.DoAsync("openJob", job));
        return job;
    }

    private static async Task AnswerAllAsync(Person worker, string job, Func<int, string> sideOf)
    {
        while (true)
        {
            var (_, root) = await worker.TryAsync("mutation($job: ID!) { requestWork(job: $job, count: 1) { id input } }", new { job });
            if (root.TryGetProperty("errors", out var errors))
            {
                Assert.Equal("NO_WORK", errors[0].GetProperty("extensions").GetProperty("code").GetString());
                return;
            }

            var lease = root.GetProperty("data").GetProperty("requestWork")[0];
            var number = int.Parse(lease.GetProperty("input").GetProperty("left").GetString()!.Split(' ')[1], CultureInfo.InvariantCulture);
            await worker.SendAsync(Submission, new { assignment = lease.GetProperty("id").GetString(), answer = new { preferred = sideOf(number) } });
        }
    }

    /// <summary>Scores by which the good response is ahead by so much.</summary>
    private static string Line(int i, double ahead) =>
        string.Create(CultureInfo.InvariantCulture, $"{{\"externalId\":\"p{i}\",\"scores\":[{(i % 2 == 0 ? ahead : 0)},{(i % 2 == 0 ? 0 : ahead)}]}}\n");

    private async Task<(HttpStatusCode Status, JsonElement Body)> RewardAsync(string job, string lines, Person? by = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/jobs/{job}/rewards?model=reward&version=1") { Content = new StringContent(lines, Encoding.UTF8, "application/x-ndjson") };
        request.Headers.Add("X-Crowd-Request", "1");
        using var response = await (by ?? Owner).Http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }

    private async Task<IReadOnlyList<JsonElement>> LinesAsync(string job, string form)
    {
        var text = await Owner.Http.GetStringAsync($"/jobs/{job}/preferences?as={form}");
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonSerializer.Deserialize<JsonElement>(l))];
    }

    private static async Task<string> GetAsync(Person person, string path)
    {
        using var response = await person.Http.GetAsync(path);
        return $"{(int)response.StatusCode} {(await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString()}";
    }

    private static string Counts(JsonElement report) => $"{report.GetProperty("added")} {report.GetProperty("known")} {report.GetProperty("refused").GetArrayLength()}";
}

[Collection(SqliteStage.Name)]
public sealed class SqlitePreferenceTests(SqliteStage stage) : PreferenceStories(() => stage.Cast);

[Collection(PostgresStage.Name)]
public sealed class PostgresPreferenceTests(PostgresStage stage) : PreferenceStories(() => stage.Cast);
