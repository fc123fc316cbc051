using Crowd.Api.Tests.Servers;

namespace Crowd.Api.Tests.Access;

/// <summary>Who may do what: each rule, with everybody who may not.</summary>
[Collection(SqliteStage.Name)]
public sealed class RoleTests(SqliteStage stage)
{
    private const string NoJob = "job_00000000000000000000000000";
    private const string NoWorker = "wrk_00000000000000000000000000";

    private Cast Cast => stage.Cast;

    [Theory]
    [InlineData("{ apiKeys { id } }")]
    [InlineData("{ marketplace { nodes { id } } }")]
    [InlineData("{ myAssignments { nodes { id } } }")]
    [InlineData("{ myPayouts { id } }")]
    [InlineData("{ workers { nodes { id } } }")]
    [InlineData("{ escalations { nodes { id } } }")]
    [InlineData("{ appeals { nodes { assignment } } }")]
    [InlineData("{ auditTrail { nodes { type } } }")]
    [InlineData("{ accounts(of: \"platform:fees\") { name } }")]
    [InlineData("{ job(id: \"" + NoJob + "\") { id } }")]
    [InlineData("{ task(id: \"task_00000000000000000000000000\") { id } }")]
    [InlineData("{ worker(id: \"" + NoWorker + "\") { id } }")]
    [InlineData("{ statement(of: \"" + NoJob + "\") { nodes { id } } }")]
    [InlineData("{ jobHistory(job: \"" + NoJob + "\") { nodes { type } } }")]
    [InlineData("mutation { becomeWorker }")]
    [InlineData("mutation { createOrganisation(name: \"Nobody's\") { id } }")]
    [InlineData("mutation { requestWork(job: \"" + NoJob + "\") { id } }")]
    [InlineData("mutation { openJob(id: \"" + NoJob + "\") { id } }")]
    [InlineData("mutation { requestPayout }")]
    [InlineData("mutation { suspendWorker(worker: \"" + NoWorker + "\", until: \"2100-01-01T00:00:00Z\", reason: \"x\") { id } }")]
    [InlineData("mutation { grantStaffRole(email: \"a@b\", role: ADMINISTRATOR) }")]
    public async Task Nobody_does_anything_without_signing_in(string document) =>
        Assert.Equal("UNAUTHENTICATED", (await stage.Server.Anonymous.RefusedAsync(document)).Code);

    [Theory]
    [InlineData("{ workers { nodes { id } } }")]
    [InlineData("{ escalations { nodes { id } } }")]
    [InlineData("{ appeals { nodes { assignment } } }")]
    [InlineData("{ auditTrail { nodes { type } } }")]
    [InlineData("{ worker(id: \"" + NoWorker + "\") { id } }")]
    [InlineData("mutation { suspendWorker(worker: \"" + NoWorker + "\", until: \"2100-01-01T00:00:00Z\", reason: \"x\") { id } }")]
    [InlineData("mutation { liftSuspension(worker: \"" + NoWorker + "\", reason: \"x\") { id } }")]
    [InlineData("mutation { overrideReliability(worker: \"" + NoWorker + "\", value: 0.5, reason: \"x\") { id } }")]
    [InlineData("mutation { clearReliability(worker: \"" + NoWorker + "\", reason: \"x\") { id } }")]
    [InlineData("mutation { grantQualification(worker: \"" + NoWorker + "\", qualification: \"abc\", reason: \"x\") { id } }")]
    [InlineData("mutation { revokeQualification(worker: \"" + NoWorker + "\", qualification: \"abc\", reason: \"x\") { id } }")]
    [InlineData("{ reviewQueue { nodes { taskId } } }")]
    [InlineData("{ allJobs { nodes { id } } }")]
    [InlineData("{ goldTasks(job: \"" + NoJob + "\") { nodes { taskId } } }")]
    [InlineData("{ inspection(job: \"" + NoJob + "\") { answerCount } }")]
    [InlineData("{ inspectedWorker(worker: \"" + NoWorker + "\", job: \"" + NoJob + "\") { answerCount } }")]
    [InlineData("mutation { makeGold(task: \"task_00000000000000000000000000\", reason: \"x\") { id } }")]
    [InlineData("mutation { retireGold(task: \"task_00000000000000000000000000\", reason: \"x\") { id } }")]
    [InlineData("mutation { redoWork(worker: \"" + NoWorker + "\", reason: \"x\") { redone } }")]
    [InlineData("mutation { adjudicate(task: \"task_00000000000000000000000000\", label: { choice: \"cat\" }, reason: \"x\") { id } }")]
    public async Task What_quality_managers_do_nobody_else_may(string document)
    {
        foreach (var person in (Person[])[Cast.Owner, Cast.Workers[0], Cast.Stranger])
            Assert.Equal("FORBIDDEN", (await person.RefusedAsync(document)).Code);
        var (_, root) = await Cast.QualityManager.TryAsync(document);
        Assert.DoesNotContain("FORBIDDEN", root.ToString(), StringComparison.Ordinal);
        (_, root) = await Cast.Administrator.TryAsync(document);
        Assert.DoesNotContain("FORBIDDEN", root.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ accounts(of: \"platform:fees\") { name } }")]
    [InlineData("{ staff { email } }")]
    [InlineData("{ serverSettings { name } }")]
    [InlineData("mutation { grantStaffRole(email: \"nobody@crowd.example\", role: ADMINISTRATOR) }")]
    [InlineData("mutation { revokeStaffRole(email: \"nobody@crowd.example\", role: QUALITY_MANAGER) }")]
    public async Task What_administrators_do_nobody_else_may(string document)
    {
        foreach (var person in (Person[])[Cast.Owner, Cast.Workers[0], Cast.QualityManager])
            Assert.Equal("FORBIDDEN", (await person.RefusedAsync(document)).Code);
        var (_, root) = await Cast.Administrator.TryAsync(document);
        Assert.DoesNotContain("FORBIDDEN", root.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ marketplace { nodes { id } } }")]
    [InlineData("{ myAssignments { nodes { id } } }")]
    [InlineData("{ myPayouts { id } }")]
    [InlineData("mutation { requestPayout }")]
    [InlineData("mutation { requestWork(job: \"" + NoJob + "\") { id } }")]
    public async Task What_workers_do_needs_a_worker(string document)
    {
        foreach (var person in (Person[])[Cast.Owner, Cast.QualityManager, Cast.Administrator])
            Assert.Equal("FORBIDDEN", (await person.RefusedAsync(document)).Code);
    }

    [Fact]
    public async Task Viewers_look_editors_run_and_owners_pay()
    {
        var job = await Cast.DraftAsync();
        var jobInput = Sketch.Job();
        foreach (var (person, create, open, fund) in new[]
        {
            (Cast.Viewer, "FORBIDDEN", "FORBIDDEN", "FORBIDDEN"), (Cast.Editor, "", "INSUFFICIENT_FUNDS", "FORBIDDEN"), (Cast.Owner, "", "INSUFFICIENT_FUNDS", ""),
        })
        {
            Assert.Equal(job, await person.ReadJobAsync(job, "id"));
            Assert.Equal(create, await CodeAsync(person, "mutation($r: ID!, $j: JobInput!) { createJob(requester: $r, job: $j) { id } }", new { r = Cast.Organisation, j = jobInput }));
            Assert.Equal(open, await CodeAsync(person, "mutation($job: ID!) { openJob(id: $job) { id } }", new { job }));
            Assert.Equal(fund, await CodeAsync(person, "mutation($job: ID!) { fundJob(id: $job, amountMicros: 1) { id } }", new { job }));
        }

        foreach (var person in (Person[])[Cast.Viewer, Cast.Editor])
        {
            Assert.Equal("FORBIDDEN", await CodeAsync(person, "mutation($r: ID!) { topUp(requester: $r, amountMicros: 1000000) }", new { r = Cast.Organisation }));
            Assert.Equal("FORBIDDEN", await CodeAsync(person, "mutation($r: ID!) { setMember(requester: $r, email: \"administrator@crowd.example\", role: OWNER) }", new { r = Cast.Organisation }));
        }
    }

    [Fact]
    public async Task Another_organisations_job_is_not_found_like_one_that_is_not_there()
    {
        var job = await Cast.DraftAsync();
        foreach (var document in (string[])
            [
                "query($job: ID!) { job(id: $job) { id } }", "query($job: ID!) { jobHistory(job: $job) { nodes { type } } }", "query($job: ID!) { statement(of: $job) { nodes { id } } }",
                "mutation($job: ID!) { openJob(id: $job) { id } }", "mutation($job: ID!) { fundJob(id: $job, amountMicros: 1) { id } }", "mutation($job: ID!) { cancelJob(id: $job) { id } }",
            ])
        {
            var asString = document.Contains("statement", StringComparison.Ordinal) ? document.Replace("ID!", "String!", StringComparison.Ordinal) : document;
            var foreign = await Cast.Stranger.RefusedAsync(asString, new { job });
            var absent = await Cast.Stranger.RefusedAsync(asString, new { job = NoJob });
            Assert.Equal(("NOT_FOUND", foreign.Message), (foreign.Code, absent.Message));
        }

        Assert.Equal("FORBIDDEN", await CodeAsync(Cast.Stranger, "query($r: ID!) { jobs(requester: $r) { nodes { id } } }", new { r = Cast.Organisation }));
        Assert.Equal("FORBIDDEN", await CodeAsync(Cast.Stranger, "query($r: String!) { accounts(of: $r) { name } }", new { r = Cast.Organisation }));
        Assert.Equal("FORBIDDEN", await CodeAsync(Cast.Workers[0], "query($w: String!) { statement(of: $w) { nodes { id } } }", new { w = Cast.WorkerIds[1] }));
        Assert.Equal("DRAFT", await Cast.Owner.ReadJobAsync(job, "status"));
    }

    [Fact]
    public async Task A_member_who_was_taken_out_sees_nothing_at_once_and_the_last_owner_stays()
    {
        var (owner, guest) = (stage.Cast.Stranger, await stage.Server.SignUpAsync("Guest"));
        var requester = await owner.FoundAsync("Guests Ltd");
        var me = await guest.SendAsync("{ me { id email } }");
        await owner.SendAsync("mutation($r: ID!, $e: String!) { setMember(requester: $r, email: $e, role: EDITOR) }", new { r = requester, e = me.GetProperty("email").GetString() });
        var job = await guest.CreateJobAsync(requester, Sketch.Job());
        var members = (await guest.SendAsync("{ me { organisations { role members { name role } } } }")).GetProperty("organisations")[0];
        Assert.Equal("EDITOR 2", $"{members.GetProperty("role")} {members.GetProperty("members").GetArrayLength()}");

        await owner.SendAsync("mutation($r: ID!, $p: ID!) { removeMember(requester: $r, person: $p) }", new { r = requester, p = me.GetProperty("id").GetString() });
        Assert.Equal("NOT_FOUND", await CodeAsync(guest, "query($job: ID!) { job(id: $job) { id } }", new { job }));
        var own = (await owner.SendAsync("{ me { id } }")).GetProperty("id").GetString();
        Assert.Equal("INVALID", await CodeAsync(owner, "mutation($r: ID!, $p: ID!) { removeMember(requester: $r, person: $p) }", new { r = requester, p = own }));
        Assert.Equal("NOT_FOUND", await CodeAsync(owner, "mutation($r: ID!) { setMember(requester: $r, email: \"nobody@crowd.example\", role: VIEWER) }", new { r = requester }));
    }

    private static async Task<string> CodeAsync(Person person, string document, object variables)
    {
        var (_, root) = await person.TryAsync(document, variables);
        return root.TryGetProperty("errors", out var errors) ? errors[0].GetProperty("extensions").GetProperty("code").GetString()! : "";
    }
}
