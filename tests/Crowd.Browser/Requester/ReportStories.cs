using Crowd.Api.Loop;
using Crowd.Browser.Stage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Crowd.Browser.Requester;

[Collection(BrowserStage.Name)]
public sealed class ReportStories(BrowserStage stage)
{
    private const string Take = "mutation($job: ID!) { requestWork(job: $job) { id input } }";
    private const string Submit = "mutation($a: ID!, $answer: AnswerInput!) { submitAnswer(assignment: $a, answer: $answer) { repeated } }";

    [SkippableFact]
    public async Task The_report_shows_machine_and_people_in_plots_and_tables_and_an_alert_as_it_is_raised()
    {
        await using var rita = await stage.RequesterAsync();
        await using var wanda = await stage.WorkerAsync();
        var job = await rita.OpenJobAsync(
            new { singleChoice = new { labels = (string[])["complaint", "question"] } }, ["""{"n":100,"text":"Good morning"}"""],
            new Dictionary<string, object>(StringComparer.Ordinal) { ["repeatShare"] = 0.2, ["repeatDistance"] = 2 }, title: "What does the customer want?");
        await rita.ImportLinesAsync(job, string.Concat(Enumerable.Range(0, 34).Select(i =>
            $$"""{"externalId":"m{{i}}","input":{"n":{{i}},"text":"Message {{i}}: where is my parcel?"},"metadata":{"region":"{{(i % 3 == 0 ? "north" : "south")}}"},"predictions":[{"model":"net","version":"1","label":"{{(i % 4 == 0 ? "question" : "complaint")}}","confidence":0.{{60 + i}}}]}""" + "\n")));
        for (var i = 0; i < 60; i++)
        {
            var work = await wanda.SendAsync(Take, new { job });
            await wanda.SendAsync(Submit, new { a = work[0].GetProperty("id").GetString(), answer = new { choice = work[0].GetProperty("input").GetProperty("n").GetInt32() % 3 == 1 ? "question" : "complaint" } });
            if ((await rita.SendAsync("query($job: ID!) { job(id: $job) { decidedCount } }", new { job })).GetProperty("decidedCount").GetInt32() == 35)
                break;
        }

        var page = rita.Page;
        await rita.GoAsync($"/requester/jobs/{job}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Report", Exact = true }).ClickAsync();
        var accuracy = page.GetByRole(AriaRole.Table, new() { Name = "Accuracy of machine, people and both" });
        await Assertions.Expect(accuracy.GetByRole(AriaRole.Row)).ToHaveCountAsync(6);
        await Assertions.Expect(accuracy.GetByRole(AriaRole.Row, new() { Name = "The machine alone" })).ToContainTextAsync("%");
        await Assertions.Expect(page.GetByRole(AriaRole.Img, new() { Name = "Share right against stated confidence", Exact = false })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Table, new() { Name = "Agreement of people with the machine over time" }).GetByRole(AriaRole.Row)).ToHaveCountAsync(5);
        await Assertions.Expect(page.GetByRole(AriaRole.Table, new() { Name = "Share of hidden repeats answered as before" })).ToContainTextAsync("100");

        await page.GetByLabel("Groups by (path)").FillAsync("metadata.region");
        await page.GetByLabel("Favourable label").SelectOptionAsync("complaint");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Table, new() { Name = "Favourable outcomes by group: As given out" })).ToContainTextAsync("north");

        // A rule that is broken already is told of with the next round, without the page being loaded again.
        await page.GetByLabel("Alert on").SelectOptionAsync("CALIBRATION_ERROR");
        await page.GetByLabel("Above, %").FillAsync("1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add the rule" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Calibration error above 1%")).ToBeVisibleAsync();
        await stage.Server.Services.GetRequiredService<AlertWatch>().RunOnceAsync(CancellationToken.None);
        await Assertions.Expect(page.GetByText("raised", new() { Exact = true })).ToBeVisibleAsync();
        await rita.LookAsync("requester-report");
    }
}
