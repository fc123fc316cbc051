using System.Text;
using Crowd.Browser.Stage;
using Microsoft.Playwright;

namespace Crowd.Browser.Requester;

[Collection(BrowserStage.Name)]
public sealed class FiveStepsStories(BrowserStage stage)
{
    [SkippableFact]
    public async Task A_requester_goes_from_nothing_to_an_open_job_past_a_line_that_is_not_right()
    {
        await using var rita = await stage.RequesterAsync();
        var page = rita.Page;
        await rita.GoAsync("/requester");
        await rita.SeesAsync("No jobs yet");
        await rita.LookAsync("requester-no-jobs");
        await page.GetByRole(AriaRole.Link, new() { Name = "Make the first job" }).ClickAsync();

        await page.GetByLabel("Title").FillAsync("What does the customer want?");
        await page.GetByLabel("Labels").FillAsync("complaint\nquestion\nspam");
        await rita.LookAsync("requester-step-1");
        await NextAsync(page);

        await Assertions.Expect(page.GetByLabel("What workers read")).ToBeVisibleAsync();
        await page.GetByLabel("What workers read").FillAsync("Choose the **main** intent.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add an example" }).ClickAsync();
        var example = page.GetByRole(AriaRole.Region, new() { Name = "Example 1" });
        await NextAsync(page);
        await Assertions.Expect(example.GetByText("Choose a label.")).ToBeVisibleAsync(); // it has no answer yet
        await example.GetByLabel("What is shown").FillAsync("The lid is broken!");
        await example.GetByRole(AriaRole.Radio, new() { Name = "complaint" }).CheckAsync();
        await example.GetByLabel("Why").FillAsync("Something *went wrong*.");
        var preview = page.GetByRole(AriaRole.Region, new() { Name = "What a worker will see" });
        await Assertions.Expect(preview.Locator("strong", new() { HasText = "main" })).ToBeVisibleAsync();
        await Assertions.Expect(preview.Locator(".input-text", new() { HasText = "Where is my parcel?" })).ToBeVisibleAsync();
        await Assertions.Expect(preview.GetByRole(AriaRole.List, new() { Name = "Examples" })).ToContainTextAsync("The lid is broken!");
        await Assertions.Expect(preview.GetByText("complaint").Last).ToBeVisibleAsync();
        await rita.LookAsync("requester-step-2");
        await NextAsync(page);

        await page.GetByLabel("Fewest answers").FillAsync("0");
        await page.GetByLabel("Fewest answers").FillAsync("2");
        await page.GetByLabel("Most answers", new() { Exact = true }).FillAsync("4");
        await rita.LookAsync("requester-step-3");
        await NextAsync(page);

        await page.GetByLabel("Pay for an answer").FillAsync("0.10");
        await Assertions.Expect(page.GetByText("$0.12")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("a task (", new() { Exact = false })).ToBeVisibleAsync();
        await rita.LookAsync("requester-step-4");
        await NextAsync(page);

        await DropAsync(page, "messages.jsonl",
            """
            {"externalId":"m1","input":{"text":"Where is my parcel?"}}
            {"externalId":"m2","input":
            {"externalId":"m3","input":{"text":"Do you deliver on Saturdays?"}}
            """);
        await Assertions.Expect(page.GetByText("1 of 3 lines is not right; nothing was taken.", new() { Exact = false })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Table, new() { Name = "Lines that are not right" }).GetByRole(AriaRole.Cell, new() { Name = "2", Exact = true })).ToBeVisibleAsync();
        await rita.LookAsync("requester-step-5-bad-line");
        await page.GetByRole(AriaRole.Button, new() { Name = "Take the 2 good lines" }).ClickAsync();
        await Assertions.Expect(page.GetByText("2 tasks are there")).ToBeVisibleAsync();

        await page.GetByLabel("Amount to set aside").FillAsync("5");
        await page.GetByRole(AriaRole.Button, new() { Name = "Set aside" }).ClickAsync();
        await Assertions.Expect(page.GetByText("$5.00 set aside")).ToBeVisibleAsync();
        await rita.LookAsync("requester-step-5");
        await page.GetByRole(AriaRole.Button, new() { Name = "Open the job" }).ClickAsync();
        await Assertions.Expect(page.GetByText("0 of 2 tasks decided")).ToBeVisibleAsync();
        await rita.LookAsync("requester-job-fresh");

        var jobs = (await rita.SendAsync("query($r: ID!) { jobs(requester: $r) { nodes { status taskCount heldMicros examples { input answer { choice } why } policies { payMicros minAnswers maxAnswers } } } }", new { r = rita.Organisation })).GetProperty("nodes");
        Assert.Equal("""[{"status":"OPEN","taskCount":2,"heldMicros":5000000,"examples":[{"input":{"text":"The lid is broken!"},"answer":{"choice":"complaint"},"why":"Something *went wrong*."}],"policies":{"payMicros":100000,"minAnswers":2,"maxAnswers":4}}]""", jobs.GetRawText());
    }

    [SkippableFact]
    public async Task What_the_server_refuses_is_said_at_its_field()
    {
        await using var rita = await stage.RequesterAsync();
        var page = rita.Page;
        await rita.GoAsync("/requester/new");
        await page.GetByLabel("Title").FillAsync("Cats");
        await page.GetByLabel("Labels").FillAsync("cat");
        await NextAsync(page);
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByLabel("Labels")).ToHaveAttributeAsync("aria-invalid", "true");
        await rita.LookAsync("requester-step-1-refused");
    }

    [SkippableFact]
    public async Task The_steps_work_on_a_phone()
    {
        await using var rita = await stage.RequesterAsync(screen: Screen.Phone);
        var job = (await rita.SendAsync("mutation($r: ID!, $job: JobInput!) { createJob(requester: $r, job: $job) { id } }", new
        {
            r = rita.Organisation,
            job = new { title = "Mark every name", schema = new { spans = new { classes = (string[])["person", "place"] } }, policies = new { payMicros = 50_000 } },
        })).GetProperty("id").GetString();
        foreach (var step in Enumerable.Range(1, 5))
        {
            await rita.GoAsync($"/requester/jobs/{job}/edit?step={step}");
            await rita.SeesAsync("Mark every name");
            await Assertions.Expect(rita.Page.Locator("#step .card").First).ToBeVisibleAsync();
            await rita.LookAsync($"requester-phone-step-{step}");
        }
    }

    private static Task NextAsync(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Save and go on" }).ClickAsync();

    private static async Task DropAsync(IPage page, string name, string text)
    {
        var file = await page.EvaluateHandleAsync("([name, text]) => { const all = new DataTransfer(); all.items.add(new File([text], name)); return all }", new[] { name, text });
        await page.Locator(".drop").DispatchEventAsync("drop", new { dataTransfer = file });
    }
}
