using Crowd.Browser.Stage;
using Microsoft.Playwright;

namespace Crowd.Browser.Worker;

[Collection(BrowserStage.Name)]
public sealed class ExamStories(BrowserStage stage)
{
    [SkippableFact]
    public async Task A_worker_takes_a_test_resumes_it_passes_and_may_start_the_job_that_wants_it()
    {
        await using var manager = await stage.QualityManagerAsync();
        await using var requester = await stage.RequesterAsync();
        await using var worker = await stage.WorkerAsync("Elsa Examined");
        await manager.SendAsync("mutation($exam: ExamInput!) { publishExam(exam: $exam) { id } }", new
        {
            exam = new
            {
                title = "Know your owls",
                qualification = "owls",
                instructions = "An **owl** says *hoo*.",
                schema = Desk.Animals,
                passMark = 0.66,
                questions = new[] { Question("It says hoo.", "owl"), Question("It says woof.", "dog"), Question("It says miaow.", "cat") },
            },
        });
        await requester.OpenJobAsync(Desk.Animals, Desk.Texts(1), new Dictionary<string, object> { ["qualifications"] = new[] { "owls" } }, "Only for those who know owls");
        var page = worker.Page;
        await worker.GoAsync("/work");
        await page.GetByLabel("Words in the title").FillAsync("know owls");
        await page.Locator("a[href='/work/qualifications?for=owls']").ClickAsync();
        await worker.SeesAsync("Know your owls");
        await worker.LookAsync("qualifications");
        await page.GetByRole(AriaRole.Link, new() { Name = "Take the test: Know your owls" }).ClickAsync();
        await worker.Button("Begin").ClickAsync();
        await worker.SeesAsync("Question 1 of 3");
        await page.Keyboard.PressAsync("3");
        await worker.LookAsync("exam");
        await page.ReloadAsync();
        await worker.Button("Go on with the try").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Radio, new() { Name = "owl" })).ToBeCheckedAsync();
        await page.Keyboard.PressAsync("Enter");
        await worker.SeesAsync("Question 2 of 3");
        await page.Keyboard.PressAsync("2");
        await page.Keyboard.PressAsync("Enter");
        await worker.SeesAsync("Question 3 of 3");
        await page.Keyboard.PressAsync("Enter"); // the last is left out
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Hand in" }).ClickAsync();
        await worker.SeesAsync("Passed");
        await Assertions.Expect(page.GetByText("2 of 3 answers were right")).ToBeVisibleAsync();
        await worker.LookAsync("exam-passed");
        await page.GetByRole(AriaRole.Link, new() { Name = "Find work" }).First.ClickAsync();
        await page.GetByLabel("Words in the title").FillAsync("know owls");
        await page.GetByRole(AriaRole.Link, new() { Name = "Start: Only for those who know owls" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Animal number 1:")).ToBeVisibleAsync();
    }

    [SkippableFact]
    public async Task A_quality_manager_makes_an_exam_and_ends_it()
    {
        await using var manager = await stage.QualityManagerAsync();
        var page = manager.Page;
        await manager.GoAsync("/quality/exams");
        await manager.Button("New exam").ClickAsync();
        await page.GetByLabel("Title").FillAsync("Know your cats");
        await page.GetByLabel("Grants the qualification").FillAsync("cats");
        await page.GetByLabel("Labels").FillAsync("cat\nno cat");
        await page.GetByLabel("Question 1", new() { Exact = true }).Last.FillAsync("It says miaow.");
        await page.GetByRole(AriaRole.Radio, new() { Name = "cat", Exact = true }).CheckAsync();
        await manager.LookAsync("quality-exams-new");
        await manager.Button("Publish").ClickAsync();
        await manager.Button("End Know your cats").ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "End it" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Row, new() { Name = "Know your cats" })).ToContainTextAsync("ended");
        await manager.LookAsync("quality-exams");
    }

    [SkippableFact]
    public async Task A_requester_makes_an_exam_of_the_organisation_and_wants_it_passed_for_a_job()
    {
        await using var rita = await stage.RequesterAsync();
        var page = rita.Page;
        await rita.GoAsync("/requester/exams");
        await rita.SeesAsync("No exams yet");
        await rita.Button("New exam").ClickAsync();
        await page.GetByLabel("Title").FillAsync("Know our parcels");
        await page.GetByLabel("Grants the qualification").FillAsync("parcels");
        await page.GetByLabel("Labels").FillAsync("late\nlost");
        await page.GetByLabel("Question 1", new() { Exact = true }).Last.FillAsync("It never came.");
        await page.GetByRole(AriaRole.Radio, new() { Name = "lost", Exact = true }).CheckAsync();
        await rita.Button("Publish").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Row, new() { Name = "Know our parcels" })).ToContainTextAsync($"org-{rita.Organisation[^8..]}:parcels");
        await rita.LookAsync("requester-exams");

        var job = (await rita.SendAsync("mutation($r: ID!, $job: JobInput!) { createJob(requester: $r, job: $job) { id } }",
            new { r = rita.Organisation, job = new { title = "For who knows parcels", schema = Desk.Animals, policies = new { payMicros = 50_000 } } })).GetProperty("id").GetString();
        await rita.GoAsync($"/requester/jobs/{job}/edit?step=3");
        await rita.Button("Want “Know our parcels” passed").ClickAsync();
        await rita.Button("Save and go on").ClickAsync();
        await Assertions.Expect(page.GetByLabel("Pay for an answer")).ToBeVisibleAsync();
        var policies = (await rita.SendAsync("query($job: ID!) { job(id: $job) { policies { qualifications } } }", new { job })).GetProperty("policies");
        Assert.Equal($"org-{rita.Organisation[^8..]}:parcels", Assert.Single(policies.GetProperty("qualifications").EnumerateArray()).GetString());
    }

    private static object Question(string text, string answer) => new { input = new { text }, answer = new { choice = answer } };
}
