using System.Text.Json;
using Crowd.Api.Tests.Servers;

namespace Crowd.Api.Tests.Tasks;

/// <summary>What requesters and quality managers do with answers.</summary>
public abstract class ReviewStories(Func<Cast> cast) : Story(cast)
{
    private const string Reject = "mutation($a: ID!, $reason: String!) { rejectAnswer(assignment: $a, reason: $reason) }";
    private const string Approve = "mutation($a: ID!) { approveAnswer(assignment: $a) }";
    private const string Appeal = "mutation($a: ID!, $message: String!) { appeal(assignment: $a, message: $message) }";
    private const string Resolve = "mutation($a: ID!, $uphold: Boolean!, $reason: String!) { resolveAppeal(assignment: $a, uphold: $uphold, reason: $reason) }";
    private const string Adjudicate =
        "mutation($task: ID!, $label: AnswerInput!, $reason: String!) { adjudicate(task: $task, label: $label, reason: $reason) { stage decidedBy reason label { choice } } }";

    [SkippableFact]
    public async Task An_approved_answer_is_paid_once()
    {
        var (a, before) = await AnswerToReviewAsync();
        Assert.Equal(before, await BalanceAsync(WorkerA, Cast.WorkerIds[0]));
        Assert.True((await Owner.SendAsync(Approve, new { a })).GetBoolean());
        Assert.True((await Cast.Editor.SendAsync(Approve, new { a })).GetBoolean());
        Assert.Equal(before + 100_000, await BalanceAsync(WorkerA, Cast.WorkerIds[0]));
        Assert.Equal("ALREADY_SETTLED", (await Owner.RefusedAsync(Reject, new { a, reason = "second thoughts" })).Code);
    }

    [SkippableFact]
    public async Task A_rejected_answer_is_appealed_and_the_appeal_upheld_is_paid()
    {
        var (a, before) = await AnswerToReviewAsync();
        Assert.Equal("INVALID", (await Owner.RefusedAsync(Reject, new { a, reason = " " })).Code);
        await Owner.SendAsync(Reject, new { a, reason = "That is a fox." });
        Assert.Equal(before, await BalanceAsync(WorkerA, Cast.WorkerIds[0]));

        Assert.Equal("NOT_FOUND", (await WorkerB.RefusedAsync(Appeal, new { a, message = "mine too" })).Code);
        await WorkerA.SendAsync(Appeal, new { a, message = "It has whiskers." });
        var open = (await Cast.QualityManager.SendAsync("{ appeals(first: 100) { nodes { assignment message status } } }")).GetProperty("nodes");
        Assert.Equal("It has whiskers.", open.EnumerateArray().Single(n => n.GetProperty("assignment").GetString() == a).GetProperty("message").GetString());

        Assert.Equal("INVALID", (await Cast.QualityManager.RefusedAsync(Resolve, new { a, uphold = true, reason = "" })).Code);
        await Cast.QualityManager.SendAsync(Resolve, new { a, uphold = true, reason = "It does." });
        await Cast.QualityManager.SendAsync(Resolve, new { a, uphold = true, reason = "It does." });
        Assert.Equal("ALREADY_SETTLED", (await Cast.QualityManager.RefusedAsync(Resolve, new { a, uphold = false, reason = "No." })).Code);
        Assert.Equal(before + 100_000, await BalanceAsync(WorkerA, Cast.WorkerIds[0]));
    }

    [SkippableFact]
    public async Task A_dismissed_appeal_stays_unpaid_and_cannot_be_made_again()
    {
        var (a, before) = await AnswerToReviewAsync();
        await Owner.SendAsync(Reject, new { a, reason = "No." });
        await WorkerA.SendAsync(Appeal, new { a, message = "Yes." });
        await Cast.QualityManager.SendAsync(Resolve, new { a, uphold = false, reason = "The requester is right." });
        Assert.Equal("TASK_STATUS", (await WorkerA.RefusedAsync(Appeal, new { a, message = "Yes!" })).Code);
        Assert.Equal(before, await BalanceAsync(WorkerA, Cast.WorkerIds[0]));
    }

    [SkippableFact]
    public async Task Answers_that_their_consensus_settles_are_not_reviewed_one_by_one()
    {
        var job = await Cast.OpenJobAsync(policies: p => (p["minAnswers"], p["maxAnswers"]) = (2, 2));
        var a = await WorkerA.WorkAsync(job, "cat");
        Assert.Equal("TASK_STATUS", (await Owner.RefusedAsync(Approve, new { a })).Code);
    }

    [SkippableFact]
    public async Task What_the_crowd_cannot_settle_is_escalated_and_adjudicated_with_a_reason()
    {
        var (job, task) = await SplitTaskAsync();
        var escalations = (await Cast.QualityManager.SendAsync("{ escalations(first: 100) { nodes { id stage } } }")).GetProperty("nodes");
        Assert.Contains(task, Names(escalations, "id"));
        var before = await BalanceAsync(WorkerB, Cast.WorkerIds[1]);

        Assert.Equal("INVALID", (await Cast.QualityManager.RefusedAsync(Adjudicate, new { task, label = new { choice = "dog" }, reason = "" })).Code);
        Assert.Equal("ANSWER_INVALID", (await Cast.QualityManager.RefusedAsync(Adjudicate, new { task, label = new { choice = "horse" }, reason = "a horse" })).Code);
        var decided = await Cast.QualityManager.SendAsync(Adjudicate, new { task, label = new { choice = "dog" }, reason = "It barks." });
        Assert.Equal("DECIDED ADJUDICATION It barks. dog",
            $"{decided.GetProperty("stage")} {decided.GetProperty("decidedBy")} {decided.GetProperty("reason")} {decided.GetProperty("label").GetProperty("choice")}");
        Assert.Equal("1", await Owner.ReadJobAsync(job, "decidedCount"));
        Assert.Equal(before + 100_000, await BalanceAsync(WorkerB, Cast.WorkerIds[1]));
    }

    [SkippableFact]
    public async Task The_history_of_a_task_tells_everything_in_order_and_who_did_it()
    {
        var (_, task) = await SplitTaskAsync();
        await Cast.QualityManager.SendAsync(Adjudicate, new { task, label = new { choice = "cat" }, reason = "It purrs." });
        var history = (await Owner.SendAsync("query($task: ID!) { task(id: $task) { history { type version actor at data } } }", new { task })).GetProperty("history");
        Assert.Equal(
            ["task.offered", "task.submitted", "task.offered", "task.submitted", "task.escalated", "task.decided", "task.settled"], Names(history, "type"));
        Assert.Equal(Enumerable.Range(1, 7).Select(v => $"{v}"), Names(history, "version"));
        var manager = (await Cast.QualityManager.SendAsync("{ me { id } }")).GetProperty("id").GetString();
        Assert.Equal(manager, history[5].GetProperty("actor").GetString());
        Assert.Equal("It purrs.", history[5].GetProperty("data").GetProperty("reason").GetString());
        var assignments = (await Owner.SendAsync("query($task: ID!) { task(id: $task) { assignments { agrees paidMicros status } votes { agrees weight } } }", new { task }));
        Assert.Equal(["True", "False"], Names(assignments.GetProperty("assignments"), "agrees"));
        Assert.Equal(["100000", "0"], Names(assignments.GetProperty("assignments"), "paidMicros"));
        Assert.Equal(2, assignments.GetProperty("votes").GetArrayLength());
    }

    [SkippableFact]
    public async Task Agreement_of_a_job_is_told_as_pairwise_agreement_and_alpha()
    {
        var job = await Cast.OpenJobAsync(tasks: 2, policies: p => (p["minAnswers"], p["maxAnswers"], p["payFor"]) = (2, 2, "ALL"));
        foreach (var worker in (Person[])[WorkerA, WorkerB])
        {
            foreach (var work in await worker.TakeAsync(job, 2))
                await worker.SubmitAsync(work.GetProperty("id").GetString()!, work.GetProperty("input").GetProperty("text").GetString() == "animal 1" ? "cat" : "dog");
        }

        var agreement = (await Owner.SendAsync("query($job: ID!) { job(id: $job) { agreement { answerCount pairwiseAgreement krippendorffAlpha } } }", new { job })).GetProperty("agreement");
        Assert.Equal(4, agreement.GetProperty("answerCount").GetInt32());
        Assert.Equal(1, agreement.GetProperty("pairwiseAgreement").GetDouble());
        Assert.Equal(1, agreement.GetProperty("krippendorffAlpha").GetDouble());
    }

    private async Task<(string Assignment, long Before)> AnswerToReviewAsync()
    {
        var job = await Cast.OpenJobAsync(policies: p => p["payFor"] = "REVIEWED");
        var before = await BalanceAsync(WorkerA, Cast.WorkerIds[0]);
        return (await WorkerA.WorkAsync(job, "cat"), before);
    }

    /// <summary>A task on which two workers disagree.</summary>
    private async Task<(string Job, string Task)> SplitTaskAsync()
    {
        var job = await Cast.OpenJobAsync(policies: p => (p["minAnswers"], p["maxAnswers"], p["targetConfidence"], p["whenUnsettled"]) = (2, 2, 0.99, "ESCALATE"));
        var task = (await WorkerA.TakeAsync(job))[0].GetProperty("task").GetString()!;
        await WorkerA.WorkAsync(job, "cat");
        await WorkerB.WorkAsync(job, "dog");
        return (job, task);
    }
}

[Collection(SqliteStage.Name)]
public sealed class SqliteReviewTests(SqliteStage stage) : ReviewStories(() => stage.Cast);

[Collection(PostgresStage.Name)]
public sealed class PostgresReviewTests(PostgresStage stage) : ReviewStories(() => stage.Cast);
