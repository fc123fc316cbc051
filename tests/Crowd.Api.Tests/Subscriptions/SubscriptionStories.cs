using Crowd.Api.Tests.Servers;

namespace Crowd.Api.Tests.Subscriptions;

/// <summary>What can be followed as it happens.</summary>
public abstract class SubscriptionStories(Func<Cast> cast) : Story(cast)
{
    [SkippableFact]
    public async Task Progress_of_a_job_comes_at_once_and_after_every_change()
    {
        var job = await Cast.OpenJobAsync(tasks: 2);
        await using var progress = await EventStream.OpenAsync(Owner, "subscription($job: ID!) { jobProgress(job: $job) { answerCount decidedCount } }", new { job });
        Assert.Equal(0, (await progress.NextValueAsync()).GetProperty("answerCount").GetInt32());

        // The first value comes before the log is followed: answers are given until one is told of.
        await WorkerA.WorkAsync(job, "cat");
        var next = progress.NextValueAsync();
        await WorkerB.WorkAsync(job, "dog");
        var seen = (await next).GetProperty("answerCount").GetInt32();
        while (seen < 2)
            seen = (await progress.NextValueAsync()).GetProperty("answerCount").GetInt32();
        Assert.Equal(2, seen);
    }

    [SkippableFact]
    public async Task Decisions_come_with_their_label_and_only_those_of_the_job()
    {
        var (job, other) = (await Cast.OpenJobAsync(tasks: 30), await Cast.OpenJobAsync(tasks: 30));
        await using var decisions = await EventStream.OpenAsync(Owner, "subscription($job: ID!) { decisions(job: $job) { job externalId label { choice } } }", new { job });
        var first = decisions.NextValueAsync();
        for (var i = 0; i < 30 && !first.IsCompleted; i++)
        {
            await WorkerA.WorkAsync(other, "cat");
            await WorkerA.WorkAsync(job, "dog");
        }

        var decided = await first;
        Assert.Equal($"{job} dog", $"{decided.GetProperty("job")} {decided.GetProperty("label").GetProperty("choice")}");
    }

    [SkippableFact]
    public async Task Available_work_comes_when_a_job_is_opened()
    {
        await using var available = await EventStream.OpenAsync(WorkerA, "subscription { availableWork { id title } }");
        var first = available.NextValueAsync();
        var opened = new List<string>();
        for (var i = 0; i < 20 && !first.IsCompleted; i++)
            opened.Add(await Cast.OpenJobAsync(title: "Just opened"));
        Assert.Contains((await first).GetProperty("id").GetString(), opened);
    }

    [SkippableFact]
    public async Task Who_may_not_see_a_job_may_not_follow_it()
    {
        var job = await Cast.DraftAsync();
        foreach (var (person, code) in new[] { (Cast.Stranger, "NOT_FOUND"), (WorkerA, "NOT_FOUND"), (Cast.Server.Anonymous, "UNAUTHENTICATED") })
        {
            await using var stream = await EventStream.OpenAsync(person, "subscription($job: ID!) { decisions(job: $job) { id } }", new { job });
            Assert.Equal(code, (await stream.NextAsync()).GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
        }

        await using var work = await EventStream.OpenAsync(Owner, "subscription { availableWork { id } }");
        Assert.Equal("FORBIDDEN", (await work.NextAsync()).GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
    }
}

[Collection(SqliteStage.Name)]
public sealed class SqliteSubscriptionTests(SqliteStage stage) : SubscriptionStories(() => stage.Cast);

[Collection(PostgresStage.Name)]
public sealed class PostgresSubscriptionTests(PostgresStage stage) : SubscriptionStories(() => stage.Cast);
