using Crowd.Browser.Stage;
using Microsoft.Playwright;

namespace Crowd.Browser.Worker;

/// <summary>A worker's day: finding, answering, skipping, reporting, losing the network and the lease.</summary>
[Collection(BrowserStage.Name)]
public sealed class WorkStories(BrowserStage stage)
{
    [SkippableFact]
    public async Task Work_is_found_by_words_pay_kind_and_what_one_qualifies_for()
    {
        await using var requester = await stage.RequesterAsync();
        await using var worker = await stage.WorkerAsync();
        await requester.OpenJobAsync(Desk.Animals, Desk.Texts(2), title: "Quokkas by name");
        await requester.OpenJobAsync(new { rating = new { from = 1, to = 5 } }, Desk.Texts(2), new Dictionary<string, object> { ["payMicros"] = 250_000 }, "Quokkas by beauty, a job with a long title that says everything there is to say about it and then some more");
        await requester.OpenJobAsync(Desk.Animals, Desk.Texts(2), new Dictionary<string, object> { ["qualifications"] = new[] { "quokka-expert", "lang:en" } }, "Quokkas for experts");
        var page = worker.Page;
        var rows = page.GetByRole(AriaRole.List, new() { Name = "Open jobs" }).Locator("> li");
        await worker.GoAsync("/work");
        await page.GetByLabel("Words in the title").FillAsync("quokka");
        await Assertions.Expect(rows).ToHaveCountAsync(3);
        await Assertions.Expect(page.GetByText("quokka-expert missing")).ToBeVisibleAsync();
        await worker.LookAsync("find-work");
        await page.GetByLabel("Only what I qualify for").CheckAsync();
        await Assertions.Expect(rows).ToHaveCountAsync(2);
        await page.GetByLabel("Least pay").FillAsync("0.20");
        await Assertions.Expect(rows).ToHaveCountAsync(1);
        await page.GetByLabel("Kind of task").SelectOptionAsync("One choice");
        await worker.SeesAsync("No job is like that");
        await worker.LookAsync("find-work-none");
    }

    [SkippableFact]
    public async Task Ten_tasks_are_done_from_the_sign_in_on_with_the_keyboard_alone()
    {
        await using var requester = await stage.RequesterAsync();
        await using var worker = await stage.WorkerAsync();
        var job = await requester.OpenJobAsync(Desk.Animals, Desk.Texts(10), title: "Keyboard animals");
        await worker.Context.ClearCookiesAsync();
        var (page, keyboard) = (worker.Page, worker.Page.Keyboard);
        await worker.GoAsync("/");
        await worker.SeesAsync("Sign in");
        await keyboard.TypeAsync(worker.Email);
        await keyboard.PressAsync("Tab");
        await keyboard.TypeAsync(Api.Tests.Servers.TestServer.Password);
        await keyboard.PressAsync("Enter");
        await worker.SeesAsync("Find work");
        await Assertions.Expect(page.GetByText("Keyboard animals")).ToBeVisibleAsync();
        await worker.TabToAsync("Start: Keyboard animals");
        await keyboard.PressAsync("Enter");
        for (var i = 1; i <= 10; i++)
        {
            await Assertions.Expect(page.GetByText("Animal number")).ToBeVisibleAsync();
            var before = await page.Locator(".input-text").InnerTextAsync();
            await keyboard.PressAsync("1");
            await keyboard.PressAsync("Enter");
            await Assertions.Expect(page.GetByText(before)).ToBeHiddenAsync();
        }

        await worker.DoneAsync();
        await worker.LookAsync("work-done");
        Assert.Equal(10, (await requester.AnswersAsync(job)).Length);
    }

    [SkippableFact]
    public async Task Instructions_and_examples_are_one_key_away_and_an_incomplete_answer_is_said_so()
    {
        await using var requester = await stage.RequesterAsync();
        await using var worker = await stage.WorkerAsync();
        var job = await requester.OpenJobAsync(Desk.Animals, Desk.Texts(1), instructions: "# What counts\n\nOnly **living** animals.\n\n| says | is |\n|---|---|\n| miaow | cat |\n| woof | dog |",
            examples: [new { input = new { text = "It says hoo, and again hoo." }, answer = new { choice = "owl" }, why = "Only *owls* say hoo." }]);
        await worker.BeginAsync(job);
        await worker.Page.Keyboard.PressAsync("?");
        await worker.SeesAsync("What counts");
        var example = worker.Page.GetByRole(AriaRole.List, new() { Name = "Examples" }).GetByRole(AriaRole.Listitem);
        await Assertions.Expect(example).ToContainTextAsync(new System.Text.RegularExpressions.Regex("hoo, and again hoo\\..*Right answer\\s*owl\\s*Only owls say hoo\\."));
        await worker.LookAsync("work-instructions");
        await worker.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(worker.Page.GetByText("What counts")).ToBeHiddenAsync();
        await worker.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(worker.Page.GetByText("Choose a label.")).ToBeVisibleAsync();
    }

    [SkippableFact]
    public async Task A_task_is_skipped_another_reported_a_third_given_back_and_requester_and_quality_manager_read_why()
    {
        await using var requester = await stage.RequesterAsync();
        await using var manager = await stage.QualityManagerAsync();
        await using var worker = await stage.WorkerAsync();
        var job = await requester.OpenJobAsync(Desk.Animals, Desk.Texts(3), title: "Skipped and reported");
        await worker.BeginAsync(job);
        await Assertions.Expect(worker.Page.GetByText("Animal number 1:")).ToBeVisibleAsync();
        await worker.Page.Keyboard.PressAsync("s");
        await Assertions.Expect(worker.Page.GetByText("Animal number 2:")).ToBeVisibleAsync();
        await worker.Page.Keyboard.PressAsync("r");
        await worker.Page.GetByLabel("Something else").CheckAsync();
        await worker.Page.GetByLabel("What exactly").FillAsync("It is about a stone.");
        await worker.LookAsync("work-report");
        await worker.Button("Report and go on").ClickAsync();
        await Assertions.Expect(worker.Page.GetByText("Animal number 3:")).ToBeVisibleAsync();
        await worker.Button("Give back and leave").ClickAsync();
        await worker.SeesAsync("Find work");
        Assert.Equal(0, (await worker.SendAsync("{ myAssignments(status: LEASED) { nodes { id } } }")).GetProperty("nodes").GetArrayLength());

        await requester.GoAsync($"/requester/jobs/{job}/problems");
        var told = requester.Page.GetByRole(AriaRole.Table, new() { Name = "Problems that workers reported" });
        await Assertions.Expect(told).ToContainTextAsync("It is about a stone.");
        await requester.LookAsync("requester-problems");
        await told.GetByRole(AriaRole.Link).ClickAsync();
        await Assertions.Expect(requester.Page.GetByRole(AriaRole.Region, new() { Name = "Problems that workers reported" })).ToContainTextAsync("It is about a stone.");

        await manager.GoAsync("/quality/problems");
        await manager.Page.GetByLabel("Problem", new() { Exact = true }).SelectOptionAsync("Something else");
        await manager.LookAsync("quality-problems");
        await manager.Page.GetByRole(AriaRole.Row, new() { Name = "It is about a stone." }).GetByRole(AriaRole.Link).First.ClickAsync();
        await Assertions.Expect(manager.Page.GetByRole(AriaRole.Region, new() { Name = "Problems that workers reported" })).ToContainTextAsync("It is about a stone.");
    }

    [SkippableFact]
    public async Task A_network_cut_during_submit_loses_nothing_even_when_the_page_is_closed()
    {
        await using var requester = await stage.RequesterAsync();
        await using var worker = await stage.WorkerAsync();
        var job = await requester.OpenJobAsync(Desk.Animals, Desk.Texts(4), title: "Without a network");
        await worker.BeginAsync(job);
        await worker.Page.Keyboard.PressAsync("1");
        await worker.Context.SetOfflineAsync(true);
        await worker.Submit().ClickAsync();
        await Assertions.Expect(worker.Page.GetByText("Animal number 2:")).ToBeVisibleAsync(); // fetched ahead
        await Assertions.Expect(worker.Page.GetByText("1 kept here, not sent yet")).ToBeVisibleAsync();
        await worker.Page.Keyboard.PressAsync("3"); // a draft
        await worker.LookAsync("work-offline");
        Assert.Empty(await requester.AnswersAsync(job));

        await worker.Page.CloseAsync();
        await worker.Context.SetOfflineAsync(false);
        var page = await worker.Context.NewPageAsync();
        await page.GotoAsync($"/work/jobs/{job}");
        await Assertions.Expect(page.GetByText("Animal number 2:")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("All saved")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Radio, new() { Name = "owl" })).ToBeCheckedAsync();
        Assert.Equal("cat", Assert.Single(await requester.AnswersAsync(job)).GetProperty("choice").GetString());
    }

    [SkippableFact]
    public async Task A_reply_that_is_lost_after_the_server_took_the_answer_does_no_harm()
    {
        await using var requester = await stage.RequesterAsync();
        await using var worker = await stage.WorkerAsync();
        var job = await requester.OpenJobAsync(Desk.Animals, Desk.Texts(2), title: "Lost replies");
        await worker.BeginAsync(job);
        var lost = 0;
        await worker.Page.RouteAsync("**/graphql", async route =>
        {
            if (lost == 0 && route.Request.PostData?.Contains("SubmitWork", StringComparison.Ordinal) == true)
            {
                lost++;
                await route.FetchAsync();
                await route.AbortAsync();
            }
            else
            {
                await route.ContinueAsync();
            }
        });
        await worker.Page.Keyboard.PressAsync("1");
        await worker.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(worker.Page.GetByText("1 kept here, not sent yet")).ToBeVisibleAsync();
        await worker.SavedAsync();
        Assert.Equal(1, lost);
        Assert.Equal("cat", Assert.Single(await requester.AnswersAsync(job)).GetProperty("choice").GetString());
    }

    [SkippableFact]
    public async Task The_end_of_a_lease_is_said_before_and_after()
    {
        await using var requester = await stage.RequesterAsync();
        await using var worker = await stage.WorkerAsync();
        var job = await requester.OpenJobAsync(Desk.Animals, Desk.Texts(1), title: "A lease that ends");
        await worker.Page.Clock.InstallAsync();
        await worker.BeginAsync(job);
        await worker.Page.Clock.FastForwardAsync(570_000);
        await Assertions.Expect(worker.Page.GetByText("This task is yours for another")).ToBeVisibleAsync();
        await worker.Page.Clock.FastForwardAsync(60_000);
        await Assertions.Expect(worker.Page.GetByText("Time for this task is over.")).ToBeVisibleAsync();
        await Assertions.Expect(worker.Submit()).ToBeDisabledAsync();
        await worker.LookAsync("work-lease-over");
    }

    [SkippableFact]
    public async Task A_break_is_suggested_with_its_reason_when_speed_and_agreement_sag()
    {
        const int Good = 12, Tired = 10;
        await using var requester = await stage.RequesterAsync();
        await using var other = await stage.WorkerAsync("Steady Voter");
        await using var worker = await stage.WorkerAsync("Tired Voter");
        var job = await requester.OpenJobAsync(Desk.Animals, Desk.Texts(Good + Tired + 2),
            new Dictionary<string, object> { ["payFor"] = "AGREEING", ["minAnswers"] = 2, ["maxAnswers"] = 2, ["targetConfidence"] = 0.5, ["leaseTime"] = "PT2H", ["leasesPerWorker"] = 30 }, "A long evening");
        // Somebody reliable has answered everything before, so that whoever differs is the one who errs.
        await using var manager = await stage.QualityManagerAsync();
        await manager.SendAsync("mutation($w: ID!) { overrideReliability(worker: $w, value: 0.99, reason: \"a test\") { id } }", new { w = other.Worker });
        foreach (var work in (await other.SendAsync("mutation($job: ID!) { requestWork(job: $job, count: 24) { id } }", new { job })).EnumerateArray())
            await other.SendAsync("mutation($a: ID!) { submitAnswer(assignment: $a, answer: { choice: \"cat\" }) { assignment } }", new { a = work.GetProperty("id").GetString() });

        var (page, keyboard) = (worker.Page, worker.Page.Keyboard);
        await page.Clock.InstallAsync();
        await worker.BeginAsync(job);
        for (var i = 1; i <= Good + Tired; i++)
        {
            await Assertions.Expect(page.GetByText($"Animal number {i}:")).ToBeVisibleAsync();
            if (i > Good)
                await page.Clock.FastForwardAsync(5_000);
            await keyboard.PressAsync(i > Good ? "2" : "1");
            if (i == 20) // what became of the answers is asked for after every tenth
                await page.RunAndWaitForResponseAsync(() => keyboard.PressAsync("Enter"), response => response.Request.PostData?.Contains("LatestOutcomes", StringComparison.Ordinal) == true);
            else
                await keyboard.PressAsync("Enter");
        }

        await Assertions.Expect(page.Locator(".notice", new() { HasText = "A short break?" })).ToContainTextAsync("of them agreed, after 100 % before");
        await worker.LookAsync("work-break");
        await worker.Button("I am back, or go on").ClickAsync();
        await Assertions.Expect(page.GetByText("A short break?")).ToBeHiddenAsync();
    }

    [SkippableFact]
    public async Task Two_workers_at_once_on_the_last_open_slot_get_it_once()
    {
        await using var requester = await stage.RequesterAsync();
        await using var first = await stage.WorkerAsync("First Worker");
        await using var second = await stage.WorkerAsync("Second Worker");
        var job = await requester.OpenJobAsync(Desk.Animals, Desk.Texts(1), title: "The last slot");
        await Task.WhenAll(first.GoAsync($"/work/jobs/{job}"), second.GoAsync($"/work/jobs/{job}"));
        Visitor[] both = [first, second];
        foreach (var worker in both)
            await Assertions.Expect(worker.Page.Locator(".task, .empty")).ToBeVisibleAsync();
        var having = new List<Visitor>();
        foreach (var worker in both)
        {
            if (await worker.Page.Locator(".task").CountAsync() == 1)
                having.Add(worker);
        }

        var lucky = Assert.Single(having);
        await both.Single(w => w != lucky).SeesAsync("No task for you right now");
        await lucky.Page.Keyboard.PressAsync("2");
        await lucky.Page.Keyboard.PressAsync("Enter");
        await lucky.DoneAsync();
        Assert.Single(await requester.AnswersAsync(job));
    }

    [SkippableFact]
    public async Task From_submit_to_the_next_task_on_screen()
    {
        const int Count = 60;
        await using var requester = await stage.RequesterAsync();
        await using var worker = await stage.WorkerAsync();
        var job = await requester.OpenJobAsync(Desk.Animals, Desk.Texts(Count), title: "As quick as can be");
        await worker.BeginAsync(job);
        for (var i = 1; i <= Count; i++)
        {
            await Assertions.Expect(worker.Page.Locator(".task .input-text")).ToBeVisibleAsync();
            await worker.Page.Keyboard.PressAsync("1");
            await worker.Page.Keyboard.PressAsync("Enter");
        }

        await worker.DoneAsync();
        var times = await worker.Page.EvaluateAsync<double[]>("performance.getEntriesByName('crowd.next-task').map((entry) => entry.duration).sort((a, b) => a - b)");
        Assert.NotEmpty(times);
        stage.Print($"From submit to the next task on screen, {times.Length} times: median {times[times.Length / 2]:F0} ms, 95th percentile {times[(int)(times.Length * 0.95)]:F0} ms, worst {times[^1]:F0} ms.");
        Assert.Equal(Count, (await requester.AnswersAsync(job)).Length);
    }
}
