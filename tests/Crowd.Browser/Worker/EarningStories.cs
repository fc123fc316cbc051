using Crowd.Browser.Stage;
using Microsoft.Playwright;

namespace Crowd.Browser.Worker;

/// <summary>What a worker's answers come to, why, and what can be done about it.</summary>
[Collection(BrowserStage.Name)]
public sealed class EarningStories(BrowserStage stage)
{
    [SkippableFact]
    public async Task Every_answer_is_explained_and_a_rejected_one_appealed()
    {
        await using var requester = await stage.RequesterAsync();
        await using var worker = await stage.WorkerAsync("Ottilie Odd");
        await using var second = await stage.WorkerAsync("Second Voter");
        await using var third = await stage.WorkerAsync("Third Voter");
        var job = await requester.OpenJobAsync(Desk.Animals, Desk.Texts(2),
            new Dictionary<string, object> { ["payFor"] = "AGREEING", ["minAnswers"] = 3, ["maxAnswers"] = 3 }, "Animals by majority");
        await worker.BeginAsync(job);
        await worker.Page.Keyboard.PressAsync("3");
        await worker.Page.Keyboard.PressAsync("Enter");
        await worker.SavedAsync();
        foreach (var other in (Visitor[])[second, third])
        {
            var work = (await other.SendAsync("mutation($job: ID!) { requestWork(job: $job) { id } }", new { job }))[0].GetProperty("id").GetString();
            await other.SendAsync("mutation($work: ID!) { submitAnswer(assignment: $work, answer: { choice: \"cat\" }) { assignment } }", new { work });
        }

        var page = worker.Page;
        await worker.GoAsync("/work/answers");
        await page.GetByLabel("Status").SelectOptionAsync("Rejected");
        var row = page.GetByRole(AriaRole.List, new() { Name = "Answers" }).Locator("details").First;
        await row.Locator("summary").ClickAsync();
        await Assertions.Expect(row).ToContainTextAsync("It does not agree with the label that the task got.");
        await Assertions.Expect(row).ToContainTextAsync("2 of 3 answers agreed");
        var said = await row.InnerTextAsync();
        foreach (var other in (Visitor[])[second, third])
            Assert.DoesNotContain(other.Worker, said, StringComparison.Ordinal);
        await worker.LookAsync("answers");
        await row.GetByRole(AriaRole.Button, new() { Name = "Appeal" }).ClickAsync();
        await page.GetByLabel("Why is your answer right?").FillAsync("It says hoo.");
        await worker.LookAsync("answers-appeal");
        await worker.Button("Send the appeal").ClickAsync();
        await Assertions.Expect(row).ToContainTextAsync("Appeal open");
    }

    [SkippableFact]
    public async Task Earned_money_is_seen_and_paid_out()
    {
        await using var requester = await stage.RequesterAsync();
        await using var worker = await stage.WorkerAsync("Petra Paid");
        await worker.GoAsync("/work/earnings");
        await worker.SeesAsync("Nothing earned yet");
        await worker.LookAsync("earnings-none");
        await worker.GoAsync("/work/answers");
        await worker.SeesAsync("No answers yet");
        await worker.LookAsync("answers-none");

        var job = await requester.OpenJobAsync(Desk.Animals, Desk.Texts(3), new Dictionary<string, object> { ["payMicros"] = 1_234_567 }, "Well paid animals");
        await worker.BeginAsync(job);
        for (var i = 1; i <= 2; i++)
        {
            await Assertions.Expect(worker.Page.GetByText($"Animal number {i}:")).ToBeVisibleAsync();
            await worker.Page.Keyboard.PressAsync("1");
            await worker.Page.Keyboard.PressAsync("Enter");
        }

        await worker.SavedAsync();
        await worker.GoAsync("/work/earnings");
        await Assertions.Expect(worker.Page.Locator(".stat", new() { HasText = "Available" })).ToContainTextAsync("$2.469134");
        await worker.LookAsync("earnings");
        await worker.Button("Pay out").ClickAsync();
        await worker.Page.GetByLabel("Amount").FillAsync("9");
        await Assertions.Expect(worker.Page.GetByText("Give $1.00 to $2.469134.")).ToBeVisibleAsync();
        await worker.Page.GetByLabel("Amount").FillAsync("");
        await worker.LookAsync("earnings-payout");
        await worker.Button("Pay out all that is available").ClickAsync();
        await Assertions.Expect(worker.Page.GetByRole(AriaRole.Region, new() { Name = "List of payouts" })).ToContainTextAsync("$2.46");
    }
}
