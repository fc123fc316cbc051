using Crowd.Browser.Stage;
using Microsoft.Playwright;

namespace Crowd.Browser.Quality;

/// <summary>A quality manager's day in the browser.</summary>
[Collection(BrowserStage.Name)]
public sealed class QualityStories(BrowserStage stage)
{
    private static readonly Dictionary<string, object> Torn = new(StringComparer.Ordinal)
    {
        ["payFor"] = "AGREEING",
        ["minAnswers"] = 2,
        ["maxAnswers"] = 2,
        ["targetConfidence"] = 0.9,
        ["whenUnsettled"] = "ESCALATE",
    };

    private static readonly object Moods = new { singleChoice = new { labels = (string[])["complaint", "praise", "question"] } };

    [SkippableFact]
    public async Task Ten_escalations_are_settled_by_keyboard_only()
    {
        await using var world = await QualityWorld.MakeAsync(stage, 2, "Keyboard Ltd");
        var job = await world.Requester.OpenJobAsync(Moods, Messages(11), Torn, "What does the customer want?", "Choose the **main** intent.");
        await QualityWorld.WorkAsync(world.Workers[0], job, 11, _ => new { choice = "complaint" });
        await QualityWorld.WorkAsync(world.Workers[1], job, 11, _ => new { choice = "question" });

        await using var manager = await stage.QualityManagerAsync();
        var page = manager.Page;
        await manager.GoAsync($"/quality?job={job}");
        await manager.SeesAsync("Queue");
        await Assertions.Expect(page.GetByText("11 waiting")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "What the votes say" }).GetByRole(AriaRole.Meter)).ToHaveCountAsync(3); // the posterior of each label
        await manager.LookAsync("quality-queue");
        await page.Keyboard.PressAsync("r");
        await page.Keyboard.TypeAsync("The second sentence says it.");
        await page.Keyboard.PressAsync("Enter");
        for (var left = 10; left >= 1; left--)
        {
            await page.Keyboard.PressAsync("3");
            await Assertions.Expect(page.GetByText($"{left} waiting")).ToBeVisibleAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "question" })).ToBeEnabledAsync();
        }

        Assert.Equal(1, await WaitingAsync(manager, job));
        var trail = await manager.SendAsync("query { auditTrail(type: \"task.decided\", first: 10) { nodes { data } } }");
        Assert.All(trail.GetProperty("nodes").EnumerateArray(), e => Assert.Equal("The second sentence says it.", e.GetProperty("data").GetProperty("reason").GetString()));
    }

    [SkippableFact]
    public async Task The_queue_is_filtered_and_says_when_nothing_matches_and_a_phone_shows_it()
    {
        await using var world = await QualityWorld.MakeAsync(stage, 2, "Phone Ltd");
        var job = await world.Requester.OpenJobAsync(Moods, Messages(2), Torn, "Torn on the phone");
        await QualityWorld.WorkAsync(world.Workers[0], job, 2, _ => new { choice = "complaint" });
        await QualityWorld.WorkAsync(world.Workers[1], job, 2, _ => new { choice = "praise" });
        await using var manager = await stage.QualityManagerAsync(screen: Screen.Phone);
        await manager.GoAsync($"/quality?job={job}");
        await Assertions.Expect(manager.Page.GetByText("2 waiting")).ToBeVisibleAsync();
        await manager.LookAsync("quality-queue-phone");
        await manager.Page.GetByLabel("Why it waits").SelectOptionAsync("LOW_CONFIDENCE");
        await manager.SeesAsync("Nothing matches");
        await manager.LookAsync("quality-queue-empty");
        await manager.Page.GetByLabel("Why it waits").SelectOptionAsync("ESCALATED");
        await manager.Page.GetByRole(AriaRole.Button, new() { Name = "Skip" }).ClickAsync();
        await manager.Page.GetByRole(AriaRole.Button, new() { Name = "praise" }).ClickAsync();
        await Assertions.Expect(manager.Page.GetByText("1 waiting")).ToBeVisibleAsync();
    }

    [SkippableFact]
    public async Task Boxes_are_seen_over_each_other_one_answer_is_taken_over_and_settles_the_task()
    {
        await using var world = await QualityWorld.MakeAsync(stage, 2, "Boxes Ltd");
        var job = await world.Requester.OpenJobAsync(new { boxes = new { classes = (string[])["cat", "dog"] } }, [$$"""{"n":0,"image":"{{Picture}}"}"""], Torn, "Where is the cat?");
        await QualityWorld.WorkAsync(world.Workers[0], job, 1, _ => new { boxes = new[] { new { @class = "cat", x = 20.0, y = 20.0, width = 80.0, height = 60.0 } } });
        await QualityWorld.WorkAsync(world.Workers[1], job, 1, _ => new { boxes = new[] { new { @class = "dog", x = 150.0, y = 90.0, width = 60.0, height = 50.0 } } });
        await using var manager = await stage.QualityManagerAsync();
        await manager.GoAsync($"/quality?job={job}");
        await Assertions.Expect(manager.Page.GetByRole(AriaRole.Img, new() { NameRegex = new("The image with 2 boxes:") })).ToBeVisibleAsync();
        await manager.LookAsync("quality-boxes");
        await manager.Page.GetByRole(AriaRole.Button, new() { Name = "Take over answer 1" }).ClickAsync();
        await manager.Page.GetByRole(AriaRole.Button, new() { Name = "Settle", Exact = true }).ClickAsync();
        await manager.SeesAsync("Nothing matches");
    }

    [SkippableFact]
    public async Task Spans_are_stacked_and_the_task_is_settled()
    {
        await using var world = await QualityWorld.MakeAsync(stage, 2, "Spans Ltd");
        var job = await world.Requester.OpenJobAsync(new { spans = new { classes = (string[])["person", "place"] } }, ["""{"n":0,"text":"Ada Lovelace lived in London and wrote to Charles Babbage."}"""], Torn, "Names in a text");
        await QualityWorld.WorkAsync(world.Workers[0], job, 1, _ => new { spans = new[] { new { @class = "person", start = 0, end = 12 } } });
        await QualityWorld.WorkAsync(world.Workers[1], job, 1, _ => new { spans = new[] { new { @class = "place", start = 22, end = 28 } } });
        await using var manager = await stage.QualityManagerAsync();
        await manager.GoAsync($"/quality?job={job}");
        await manager.Page.GetByRole(AriaRole.Button, new() { Name = "Take over answer 1" }).ClickAsync();
        await manager.LookAsync("quality-spans");
        await manager.Page.GetByRole(AriaRole.Button, new() { Name = "Settle", Exact = true }).ClickAsync();
        await manager.SeesAsync("Nothing matches");
    }

    [SkippableFact]
    public async Task A_reliability_is_set_and_cleared_a_worker_is_suspended_and_qualified_and_the_history_says_why()
    {
        await using var world = await QualityWorld.MakeAsync(stage, 3, "Inspected Ltd");
        var policies = new Dictionary<string, object>(Torn, StringComparer.Ordinal) { ["minAnswers"] = 3, ["maxAnswers"] = 3 };
        var job = await world.Requester.OpenJobAsync(Moods, Messages(24), policies, "Inspected job");
        object Truth(int n) => new { choice = n % 2 == 0 ? "complaint" : "question" };
        await QualityWorld.WorkAsync(world.Workers[0], job, 24, Truth);
        await QualityWorld.WorkAsync(world.Workers[1], job, 24, Truth);
        await QualityWorld.WorkAsync(world.Workers[2], job, 24, _ => new { choice = "praise" });
        await using var manager = await stage.QualityManagerAsync();
        var page = manager.Page;

        await manager.SendAsync("mutation($w: ID!) { overrideReliability(worker: $w, value: 0.02, reason: \"A first look.\") { id } }", new { w = world.Workers[2].Worker });
        await manager.GoAsync("/quality/workers");
        await manager.SeesAsync("Workers");
        await Assertions.Expect(page.GetByRole(AriaRole.Table)).ToBeVisibleAsync();
        await page.GetByLabel("Order").SelectOptionAsync("Least reliable first");
        await Assertions.Expect(page.GetByRole(AriaRole.Table).Locator("tbody tr").First.GetByRole(AriaRole.Link)).ToHaveAttributeAsync("href", $"/quality/workers/{world.Workers[2].Worker}");
        await manager.LookAsync("quality-workers");
        await page.GetByLabel("Job", new() { Exact = true }).SelectOptionAsync(job);
        await Assertions.Expect(page.GetByText("One label too often").First).ToBeVisibleAsync();
        await manager.LookAsync("quality-workers-of-job");

        await manager.GoAsync($"/quality/workers/{world.Workers[2].Worker}?job={job}");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "What they confuse" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Evidence of spam and collusion" })).ToContainTextAsync("One label too often");
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Agreement with others" }).GetByRole(AriaRole.Link)).ToHaveCountAsync(2);
        await manager.LookAsync("quality-worker-on-job");
        await page.GetByRole(AriaRole.Tab, new() { Name = "Speed and accuracy" }).ClickAsync();
        await manager.LookAsync("quality-worker-activity");

        await page.GetByRole(AriaRole.Button, new() { Name = "Set reliability" }).ClickAsync();
        await page.GetByLabel("Probability of a right answer, in percent").FillAsync("12.5");
        await page.GetByLabel("Reason").FillAsync("Answers praise to everything.");
        await manager.LookAsync("quality-worker-override");
        await page.GetByRole(AriaRole.Button, new() { Name = "Set it" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Reliability set to 12.5% for all jobs.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Tab, new() { Name = "Reliability by job" }).ClickAsync();
        await manager.LookAsync("quality-worker");
        await page.GetByRole(AriaRole.Button, new() { Name = "Clear", Exact = true }).First.ClickAsync();
        await page.GetByLabel("Reason").FillAsync("Set on the wrong worker.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Clear it" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Reliability set to")).ToHaveCountAsync(0);

        await page.GetByRole(AriaRole.Button, new() { Name = "Grant qualification" }).ClickAsync();
        await page.GetByLabel("Qualification", new() { Exact = true }).FillAsync("lang:de");
        await page.GetByLabel("Reason").FillAsync("Showed a certificate.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Grant", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("lang:de")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Suspend" }).ClickAsync();
        await page.GetByLabel("Reason").FillAsync("Clicks at random.");
        await manager.LookAsync("quality-worker-suspend");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Suspend" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Suspended until")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Redo work" }).ClickAsync();
        await page.GetByLabel("Reason").FillAsync("Clicks at random.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Redo", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("tasks are done again by others.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Lift suspension" }).ClickAsync();
        await page.GetByLabel("Reason").FillAsync("Talked to them.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Lift it" }).ClickAsync();

        await page.GetByRole(AriaRole.Tab, new() { Name = "History" }).ClickAsync();
        foreach (var happened in (string[])["Worker reliability overridden", "Worker reliability override cleared", "Worker qualification granted", "Worker suspended", "Worker suspension lifted", "“Set on the wrong worker.”"])
            await Assertions.Expect(page.GetByText(happened, new() { Exact = true }).First).ToBeVisibleAsync();
        await manager.LookAsync("quality-worker-history");
        await page.SetViewportSizeAsync(390, 844);
        await manager.LookAsync("quality-worker-phone");
    }

    [SkippableFact]
    public async Task One_appeal_is_upheld_and_paid_and_one_is_dismissed()
    {
        await using var world = await QualityWorld.MakeAsync(stage, 3, "Appeals Ltd");
        var policies = new Dictionary<string, object>(Torn, StringComparer.Ordinal) { ["minAnswers"] = 3, ["maxAnswers"] = 3, ["targetConfidence"] = 0.6 };
        var job = await world.Requester.OpenJobAsync(Moods, Messages(2), policies, "Appealed job");
        for (var i = 0; i < 3; i++)
            await QualityWorld.WorkAsync(world.Workers[i], job, 2, _ => new { choice = i < 2 ? "complaint" : "praise" });
        var appellant = world.Workers[2];
        foreach (var rejected in (await appellant.SendAsync("{ myAssignments(status: REJECTED) { nodes { id } } }")).GetProperty("nodes").EnumerateArray())
            await appellant.SendAsync("mutation($a: ID!) { appeal(assignment: $a, message: \"It praises the parcel in its first line.\") }", new { a = rejected.GetProperty("id").GetString() });

        await using var manager = await stage.QualityManagerAsync();
        var page = manager.Page;
        await manager.GoAsync("/quality/appeals");
        await manager.SeesAsync("Appeals");
        await Assertions.Expect(page.GetByText("2 in all")).ToBeVisibleAsync();
        foreach (var (verdict, left) in new[] { ("Uphold and pay", "1 in all"), ("Dismiss", null) })
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Look at it" }).First.ClickAsync();
            await page.GetByLabel("Your answer").FillAsync("Read again with a colleague.");
            if (left is not null)
                await manager.LookAsync("quality-appeals");
            await page.Locator(".appeal").GetByRole(AriaRole.Button, new() { Name = verdict }).ClickAsync();
            if (left is not null)
                await Assertions.Expect(page.GetByText(left)).ToBeVisibleAsync();
        }

        await manager.SeesAsync("No appeals wait");
        await page.GetByRole(AriaRole.Tab, new() { Name = "Upheld" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Read again with a colleague.")).ToBeVisibleAsync();
        await manager.LookAsync("quality-appeals-upheld");
        var earned = await appellant.SendAsync("query($of: String!) { accounts(of: $of) { balanceMicros } }", new { of = appellant.Worker });
        Assert.Equal(50_000, earned[0].GetProperty("balanceMicros").GetInt64());
    }

    [SkippableFact]
    public async Task A_decided_task_is_made_gold_and_retired()
    {
        await using var world = await QualityWorld.MakeAsync(stage, 1, "Gold Ltd");
        var job = await world.Requester.OpenJobAsync(Moods, Messages(3), title: "Job with gold");
        await QualityWorld.WorkAsync(world.Workers[0], job, 2, _ => new { choice = "praise" });
        await using var manager = await stage.QualityManagerAsync();
        var page = manager.Page;
        await manager.GoAsync($"/quality/gold?job={job}");
        await manager.SeesAsync("No gold tasks");
        await page.GetByRole(AriaRole.Tab, new() { Name = "Make from decided" }).ClickAsync();
        await manager.LookAsync("quality-gold-candidates");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("Make gold: t.") }).First.ClickAsync();
        await page.GetByLabel("Why this task").FillAsync("Clear to everybody.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make it gold" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = new("Make gold: t.") })).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Tab, new() { Name = "Gold tasks" }).ClickAsync();
        await Assertions.Expect(page.GetByText("in use")).ToBeVisibleAsync();
        await manager.LookAsync("quality-gold");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("Retire t.") }).ClickAsync();
        await page.GetByLabel("Why").FillAsync("Everybody knows it.");
        await manager.LookAsync("quality-gold-retire");
        await page.GetByRole(AriaRole.Button, new() { Name = "Retire it" }).ClickAsync();
        await Assertions.Expect(page.GetByText("retired", new() { Exact = true })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new("^t[0-9]$") }).First.ClickAsync();
        await Assertions.Expect(page.GetByText("Task gold retired")).ToBeVisibleAsync();
        await manager.LookAsync("quality-task");
    }

    [SkippableFact]
    public async Task The_audit_trail_is_filtered()
    {
        await using var worker = await stage.WorkerAsync();
        await using var manager = await stage.QualityManagerAsync();
        var page = manager.Page;
        await manager.SendAsync("mutation($w: ID!) { grantQualification(worker: $w, qualification: \"audited\", reason: \"for the trail\") { id } }", new { w = worker.Worker });
        await manager.GoAsync("/quality/audit");
        await manager.SeesAsync("Audit trail");
        await Assertions.Expect(page.GetByText("Worker qualification granted").First).ToBeVisibleAsync();
        await manager.LookAsync("quality-audit");
        await page.GetByLabel("Of", new() { Exact = true }).FillAsync(worker.Worker);
        await page.Keyboard.PressAsync("Enter");
        await page.GetByLabel("What").SelectOptionAsync("worker.qualification-granted");
        await Assertions.Expect(page.Locator(".history > li")).ToHaveCountAsync(1);
        await page.GetByText("Worker qualification granted", new() { Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("\"qualification\": \"audited\"")).ToBeVisibleAsync();
        await manager.LookAsync("quality-audit-filtered");
        await page.GetByLabel("From").FillAsync("2100-01-01T00:00");
        await manager.SeesAsync("Nothing matches");
    }

    [SkippableFact]
    public async Task An_administrator_gives_a_role_and_takes_it_away()
    {
        await using var candidate = await stage.SignUpAsync("Candidate");
        await using var admin = await stage.AdministratorAsync();
        var page = admin.Page;
        await admin.GoAsync("/quality/platform");
        await admin.SeesAsync("Platform");
        await page.GetByLabel("E-mail address").FillAsync(candidate.Email);
        await page.GetByRole(AriaRole.Button, new() { Name = "Give the role" }).ClickAsync();
        await Assertions.Expect(page.GetByText(candidate.Email)).ToBeVisibleAsync();
        await admin.LookAsync("quality-platform");
        await page.GetByRole(AriaRole.Button, new() { Name = "Take away the role Quality manager from Candidate" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Take it away" }).ClickAsync();
        await Assertions.Expect(page.GetByText(candidate.Email)).ToHaveCountAsync(0);
    }

    private const string Picture =
        "data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHdpZHRoPSIyNDAiIGhlaWdodD0iMTYwIj48cmVjdCB3aWR0aD0iMjQwIiBoZWlnaHQ9IjE2MCIgZmlsbD0iI2NkZSIvPjxjaXJjbGUgY3g9IjYwIiBjeT0iNTAiIHI9IjMwIiBmaWxsPSIjODY0Ii8+PGNpcmNsZSBjeD0iMTgwIiBjeT0iMTE1IiByPSIyMiIgZmlsbD0iIzQ0NiIvPjwvc3ZnPg==";

    private static string[] Messages(int count) =>
        [.. Enumerable.Range(0, count).Select(n => $$"""{"n":{{n}},"text":"The parcel came at last, and what a parcel! Only: where do I send the wrong half of it back to? (Message {{n}})"}""")];

    private static async Task<int> WaitingAsync(Visitor manager, string job) =>
        (await manager.SendAsync("query($job: ID!) { reviewQueue(job: $job) { totalCount } }", new { job })).GetProperty("totalCount").GetInt32();
}
