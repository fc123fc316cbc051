using System.Text.Json;
using Crowd.Api.Tests.Servers;

namespace Crowd.Api.Tests.Statistics;

/// <summary>What a requester sees of a job while it runs, and what it is expected to cost.</summary>
public abstract class StatisticsStories(Func<Cast> cast) : Story(cast)
{
    private const string Forecast =
        """
        query($job: ID!, $tasks: Int) { job(id: $job) { forecast(tasks: $tasks) {
          basis taskCount pilotTasks answersPerTask { low expected high } answerCount { low expected high } costMicros { low expected high } mostCostMicros accuracy { low expected high } } } }
        """;

    [SkippableFact]
    public async Task Statistics_add_up_to_what_happened()
    {
        var job = await Cast.OpenJobAsync(tasks: 3, policies: p => (p["minAnswers"], p["maxAnswers"]) = (2, 3));
        foreach (var work in await WorkerA.TakeAsync(job, 3))
            await WorkerA.SubmitAsync(work.GetProperty("id").GetString()!, "cat");
        foreach (var work in await WorkerB.TakeAsync(job, 3))
            await WorkerB.SubmitAsync(work.GetProperty("id").GetString()!, work.GetProperty("input").GetProperty("text").GetString() == "animal 3" ? "dog" : "cat");

        var statistics = (await Owner.SendAsync(
            """
            query($job: ID!) { job(id: $job) { hardTasks(first: 1) { externalId confidence } statistics {
              timeline { from until answerCount decidedCount agreement meanConfidence spentMicros } medianSeconds slowSeconds durations { answerCount }
              classes { label answerCount decidedCount } answersPerTask { answers taskCount } workerCount workers { worker answerCount share agreement } } } }
            """, new { job }));
        var hard = statistics.GetProperty("hardTasks")[0];
        statistics = statistics.GetProperty("statistics");

        Assert.Equal(6, Sum(statistics.GetProperty("timeline"), "answerCount"));
        Assert.Equal(6, Sum(statistics.GetProperty("durations"), "answerCount"));
        Assert.Equal([("cat", 5L), ("dog", 1L)], statistics.GetProperty("classes").EnumerateArray().Select(c => (c.GetProperty("label").GetString()!, c.GetProperty("answerCount").GetInt64())));
        var decided = long.Parse(await Owner.ReadJobAsync(job, "decidedCount"), System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(decided >= 2);
        Assert.Equal(decided, Sum(statistics.GetProperty("timeline"), "decidedCount"));
        Assert.Equal(decided, Sum(statistics.GetProperty("classes"), "decidedCount"));
        Assert.Equal(decided, Sum(statistics.GetProperty("answersPerTask"), "taskCount"));
        Assert.Equal(await Owner.ReadJobAsync(job, "spentMicros"), Sum(statistics.GetProperty("timeline"), "spentMicros").ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(2, statistics.GetProperty("workerCount").GetInt32());
        Assert.Equal([0.5, 0.5], statistics.GetProperty("workers").EnumerateArray().Select(w => w.GetProperty("share").GetDouble()));
        Assert.True(statistics.GetProperty("medianSeconds").GetDouble() <= statistics.GetProperty("slowSeconds").GetDouble());
        Assert.Equal("item-3", hard.GetProperty("externalId").GetString());
    }

    [SkippableFact]
    public async Task A_job_without_answers_has_empty_statistics()
    {
        var job = await Cast.DraftAsync();
        var statistics = (await Owner.SendAsync("query($job: ID!) { job(id: $job) { statistics { timeline { from } medianSeconds classes { label } workers { worker } } } }", new { job })).GetProperty("statistics");
        Assert.Equal("""{"timeline":[],"medianSeconds":null,"classes":[],"workers":[]}""", statistics.GetRawText());
    }

    [SkippableFact]
    public async Task A_forecast_without_a_pilot_lies_within_the_policies()
    {
        var job = await Cast.DraftAsync(tasks: 0, policies: p => (p["minAnswers"], p["maxAnswers"], p["targetConfidence"], p["payFor"]) = (2, 7, 0.95, "ALL"));
        var forecast = (await Owner.SendAsync(Forecast, new { job, tasks = 1_000 })).GetProperty("forecast");
        Assert.Equal("ASSUMED", forecast.GetProperty("basis").GetString());
        var (low, expected, high) = Bounds(forecast, "answersPerTask");
        Assert.InRange(low, 2, expected);
        Assert.InRange(high, expected, 7);
        Assert.True(low < high);
        var cost = Bounds(forecast, "costMicros");
        Assert.Equal(1_000 * expected * Sketch.AnswerMicros, cost.Expected, 1e-3);
        Assert.Equal(7_000 * Sketch.AnswerMicros, forecast.GetProperty("mostCostMicros").GetInt64());
        Assert.InRange(Bounds(forecast, "accuracy").Expected, 0.8, 1);
    }

    [SkippableFact]
    public async Task A_fixed_redundancy_is_forecast_exactly()
    {
        var job = await Cast.DraftAsync(tasks: 10, policies: p => (p["minAnswers"], p["maxAnswers"], p["payFor"]) = (3, 3, "ALL"));
        var forecast = (await Owner.SendAsync(Forecast, new { job })).GetProperty("forecast");
        Assert.Equal((3, 3, 3), Bounds(forecast, "answersPerTask"));
        var cost = Bounds(forecast, "costMicros");
        Assert.Equal(30.0 * Sketch.AnswerMicros, cost.Low, 1e-3);
        Assert.Equal(30.0 * Sketch.AnswerMicros, cost.High, 1e-3);
    }

    [SkippableFact]
    public async Task A_pilot_takes_the_place_of_assumptions()
    {
        var job = await Cast.OpenJobAsync(tasks: 25, policies: p => (p["minAnswers"], p["maxAnswers"], p["payFor"], p["leasesPerWorker"]) = (2, 3, "ALL", 50));
        foreach (var worker in (Person[])[WorkerA, WorkerB])
        {
            foreach (var work in await worker.TakeAsync(job, 25))
                await worker.SubmitAsync(work.GetProperty("id").GetString()!, work.GetProperty("input").GetProperty("text").GetString()!.Length % 2 == 0 ? "cat" : "dog");
        }

        var forecast = (await Owner.SendAsync(Forecast, new { job, tasks = 100_000 })).GetProperty("forecast");
        Assert.Equal("PILOT", forecast.GetProperty("basis").GetString());
        Assert.Equal(25, forecast.GetProperty("pilotTasks").GetInt32());
        Assert.InRange(Bounds(forecast, "answersPerTask").Expected, 2, 2.2);
        Assert.Equal("INVALID", (await Owner.RefusedAsync(Forecast, new { job, tasks = -1 })).Code);
    }

    private static long Sum(JsonElement list, string property) => list.EnumerateArray().Sum(e => e.GetProperty(property).GetInt64());

    private static (double Low, double Expected, double High) Bounds(JsonElement of, string property)
    {
        var estimate = of.GetProperty(property);
        return (estimate.GetProperty("low").GetDouble(), estimate.GetProperty("expected").GetDouble(), estimate.GetProperty("high").GetDouble());
    }
}

[Collection(SqliteStage.Name)]
public sealed class SqliteStatisticsTests(SqliteStage stage) : StatisticsStories(() => stage.Cast);

[Collection(PostgresStage.Name)]
public sealed class PostgresStatisticsTests(PostgresStage stage) : StatisticsStories(() => stage.Cast);
