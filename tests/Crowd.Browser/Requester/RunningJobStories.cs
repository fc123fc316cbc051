using Crowd.Browser.Stage;
using Microsoft.Playwright;

namespace Crowd.Browser.Requester;

[Collection(BrowserStage.Name)]
public sealed class RunningJobStories(BrowserStage stage)
{
    private const string Take = "mutation($job: ID!) { requestWork(job: $job, count: 4) { id input } }";
    private const string Submit = "mutation($a: ID!, $answer: AnswerInput!) { submitAnswer(assignment: $a, answer: $answer) { repeated } }";

    private static readonly object Schema = new { singleChoice = new { labels = (string[])["complaint", "question", "a label with a rather long name, as they happen"] } };
    private static readonly string[] Messages = [.. Enumerable.Range(1, 4).Select(i => $$"""{"text":"Message {{i}}: where is my parcel? It is a week late, and nobody answers the telephone."}""")];

    [SkippableFact]
    public async Task The_page_moves_while_workers_answer_and_the_price_changes_under_way()
    {
        await using var rita = await stage.RequesterAsync();
        await using var wanda = await stage.WorkerAsync();
        await using var will = await stage.WorkerAsync("Will Worker");
        var job = await rita.OpenJobAsync(Schema, Messages, new Dictionary<string, object>(StringComparer.Ordinal) { ["minAnswers"] = 2, ["maxAnswers"] = 2 }, title: "What does the customer want?");
        var page = rita.Page;
        await rita.GoAsync($"/requester/jobs/{job}");
        await Assertions.Expect(page.GetByText("0 of 4 tasks decided")).ToBeVisibleAsync();

        await AnswerAsync(wanda, job, "complaint");
        await Assertions.Expect(page.Locator(".stat", new() { HasText = "Answers" }).Locator(".stat-value").First).ToHaveTextAsync("4");
        await AnswerAsync(will, job, "complaint", "question");
        await Assertions.Expect(page.GetByText("4 of 4 tasks decided")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Table, new() { Name = "Workers by their answers" }).GetByRole(AriaRole.Row)).ToHaveCountAsync(3);
        await Assertions.Expect(page.GetByRole(AriaRole.Table, new() { Name = "Decided labels by class" })).ToContainTextAsync("complaint");
        foreach (var part in (string[])["Answers and decisions over time", "Agreement over time", "Spent over time", "Time of an answer", "Classes", "Hard tasks"])
            await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = part, Exact = true }).First).ToBeVisibleAsync();
        await rita.LookAsync("requester-job");

        await page.GetByRole(AriaRole.Button, new() { Name = "Change the price" }).ClickAsync();
        await page.GetByLabel("Pay for an answer").FillAsync("0.20");
        await rita.LookAsync("requester-job-price");
        await page.GetByRole(AriaRole.Button, new() { Name = "Change it" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The new price holds for tasks given out from now on.")).ToBeVisibleAsync();
        Assert.Equal(200_000, (await rita.SendAsync("query($job: ID!) { job(id: $job) { policies { payMicros } } }", new { job })).GetProperty("policies").GetProperty("payMicros").GetInt64());

        await page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await page.GetByLabel("Reason, for your colleagues").FillAsync("Lunch");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Paused", new() { Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Lunch")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "More" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Close the job" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Close the job" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Closed", new() { Exact = true })).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "History", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("The job was paused")).ToBeVisibleAsync();
        await rita.LookAsync("requester-job-history");
    }

    [SkippableFact]
    public async Task Results_are_filtered_looked_into_and_taken_along()
    {
        await using var rita = await stage.RequesterAsync();
        await using var wanda = await stage.WorkerAsync();
        var job = await rita.OpenJobAsync(Schema, Messages, title: "What does the customer want?");
        await AnswerAsync(wanda, job, "complaint", "question");
        var page = rita.Page;
        await rita.GoAsync($"/requester/jobs/{job}/results");
        var rows = page.GetByRole(AriaRole.Table, new() { Name = "Tasks" }).Locator("tbody tr");
        await Assertions.Expect(rows).ToHaveCountAsync(4);
        await rita.LookAsync("requester-results");

        await page.GetByLabel("Label", new() { Exact = true }).SelectOptionAsync("question");
        await Assertions.Expect(rows).ToHaveCountAsync(1);
        await page.GetByLabel("Text or id").FillAsync("nothing like that");
        await rita.SeesAsync("No task is like that");
        await rita.LookAsync("requester-results-none");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show all tasks" }).ClickAsync();
        await page.GetByLabel("Text or id").FillAsync("message 3");
        await Assertions.Expect(rows).ToHaveCountAsync(1);
        await rows.GetByRole(AriaRole.Link).ClickAsync();
        await Assertions.Expect(page.GetByText("Message 3: where is my parcel?", new() { Exact = false })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Decided", new() { Exact = true }).First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Region, new() { Name = "History" }).GetByText("Answered").ClickAsync();
        await rita.LookAsync("requester-task");

        await page.GetByRole(AriaRole.Link, new() { Name = "Results" }).ClickAsync();
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Download JSON lines" }).ClickAsync());
        var lines = await File.ReadAllLinesAsync(await download.PathAsync());
        Assert.Equal(5, lines.Length);
        Assert.Contains("\"end\":true", lines[^1], StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Answers_are_approved_rejected_with_a_reason_and_rewarded()
    {
        await using var rita = await stage.RequesterAsync();
        await using var wanda = await stage.WorkerAsync();
        var job = await rita.OpenJobAsync(Schema, Messages, new Dictionary<string, object>(StringComparer.Ordinal) { ["payFor"] = "REVIEWED" }, title: "What does the customer want?");
        var page = rita.Page;
        await rita.GoAsync($"/requester/jobs/{job}/review");
        await rita.SeesAsync("Nothing to review");
        await rita.LookAsync("requester-review-none");
        await AnswerAsync(wanda, job, "complaint");
        await page.ReloadAsync();
        await Assertions.Expect(page.GetByText("0 chosen, 4 waiting")).ToBeVisibleAsync();
        await rita.LookAsync("requester-review");

        var cards = page.Locator(".card", new() { HasText = "Answer of worker" });
        await cards.First.GetByRole(AriaRole.Button, new() { Name = "Bonus" }).ClickAsync();
        await page.GetByLabel("Bonus", new() { Exact = true }).FillAsync("0.50");
        await page.GetByLabel("What for").FillAsync("A very careful answer.");
        await rita.LookAsync("requester-bonus");
        await page.GetByRole(AriaRole.Button, new() { Name = "Pay it" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The bonus is paid.")).ToBeVisibleAsync();

        await cards.First.GetByRole(AriaRole.Button, new() { Name = "Reject" }).ClickAsync();
        await page.GetByLabel("Reason, for the worker").FillAsync("That is no complaint.");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Reject" }).ClickAsync();
        await Assertions.Expect(page.GetByText("0 chosen, 3 waiting")).ToBeVisibleAsync();
        await page.GetByLabel("Choose all 3").CheckAsync();
        await page.GetByRole(AriaRole.Group, new() { Name = "Chosen answers" }).GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await rita.SeesAsync("Nothing to review");

        var counts = await rita.SendAsync("query($job: ID!) { job(id: $job) { acceptedCount rejectedCount } }", new { job });
        Assert.Equal("""{"acceptedCount":3,"rejectedCount":1}""", counts.GetRawText());
        var earned = await wanda.SendAsync("query($of: String!) { accounts(of: $of) { balanceMicros } }", new { of = wanda.Worker });
        Assert.Equal(650_000, earned[0].GetProperty("balanceMicros").GetInt64());
    }

    [SkippableFact]
    public async Task The_pages_of_a_job_work_on_a_phone()
    {
        await using var rita = await stage.RequesterAsync(screen: Screen.Phone);
        await using var wanda = await stage.WorkerAsync();
        var job = await rita.OpenJobAsync(Schema, Messages, title: "A title that is as long as titles of jobs sometimes are, when somebody asks for much at once");
        await AnswerAsync(wanda, job, "a label with a rather long name, as they happen");
        await rita.GoAsync("/requester");
        await rita.SeesAsync("Jobs");
        await Assertions.Expect(rita.Page.GetByRole(AriaRole.Table)).ToBeVisibleAsync();
        await rita.LookAsync("requester-phone-jobs");
        await rita.GoAsync($"/requester/jobs/{job}");
        await Assertions.Expect(rita.Page.GetByText("4 of 4 tasks decided")).ToBeVisibleAsync();
        await Assertions.Expect(rita.Page.GetByRole(AriaRole.Table, new() { Name = "Workers by their answers" })).ToBeVisibleAsync();
        await rita.LookAsync("requester-phone-job");
        await rita.GoAsync($"/requester/jobs/{job}/results");
        await Assertions.Expect(rita.Page.GetByRole(AriaRole.Table, new() { Name = "Tasks" })).ToBeVisibleAsync();
        await rita.LookAsync("requester-phone-results");
        await rita.Page.GetByRole(AriaRole.Table, new() { Name = "Tasks" }).GetByRole(AriaRole.Link).First.ClickAsync();
        await Assertions.Expect(rita.Page.GetByRole(AriaRole.Region, new() { Name = "History" })).ToBeVisibleAsync();
        await rita.LookAsync("requester-phone-task");
    }

    /// <summary>A worker answers all the tasks there are, the last one differently if a second label is given.</summary>
    private static async Task AnswerAsync(Visitor worker, string job, string choice, string? last = null)
    {
        var taken = (await worker.SendAsync(Take, new { job })).EnumerateArray().Select(w => w.GetProperty("id").GetString()).ToArray();
        Assert.Equal(4, taken.Length);
        for (var i = 0; i < taken.Length; i++)
            await worker.SendAsync(Submit, new { a = taken[i], answer = new { choice = i == taken.Length - 1 ? last ?? choice : choice } });
    }
}
