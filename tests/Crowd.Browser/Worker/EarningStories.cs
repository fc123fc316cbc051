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

    [SkippableFact]
    public async Task Somebody_paid_in_two_currencies_sets_up_the_account_to_be_paid_to_and_has_it_paid_out_by_itself()
    {
        await using var requester = await stage.RequesterAsync();
        await using var worker = await stage.WorkerAsync("Sven Scheduled");
        await requester.SendAsync("mutation($r: ID!) { topUp(requester: $r, amountMicros: 50000000, currency: \"EUR\") }", new { r = requester.Organisation });
        await EarnAsync(await requester.OpenJobAsync(Desk.Animals, Desk.Texts(60), new Dictionary<string, object> { ["leasesPerWorker"] = 60 }, "Animals in dollars"), 60);
        await EarnAsync(await requester.OpenJobAsync(Desk.Animals, Desk.Texts(1), title: "Animals in euros", currency: "EUR"), 1);
        var page = worker.Page;
        await worker.GoAsync("/work/earnings");
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Earnings in EUR" }).Locator(".stat", new() { HasText = "Available" })).ToContainTextAsync("€0.05");
        var lines = page.GetByRole(AriaRole.Table, new() { Name = "Lines of the statement" }).Locator("tbody tr");
        await page.GetByLabel("Currency of the statement").SelectOptionAsync("EUR");
        await Assertions.Expect(lines).ToHaveCountAsync(1);
        await page.GetByLabel("Currency of the statement").SelectOptionAsync("USD");
        await Assertions.Expect(lines).ToHaveCountAsync(50);
        await worker.Button("Show more").ClickAsync();
        await Assertions.Expect(lines).ToHaveCountAsync(60);

        var card = page.GetByRole(AriaRole.Region, new() { Name = "How you are paid" });
        // The sandbox is content at once. As long as the page has not asked anew, it is made to look as if the provider wanted to know more.
        var asked = false;
        await page.RouteAsync("**/graphql", async route =>
        {
            var body = route.Request.PostData ?? "";
            asked |= body.Contains("mutation RefreshPayee", StringComparison.Ordinal);
            if (body.Contains("mutation OnboardPayee", StringComparison.Ordinal))
                await route.FulfillAsync(new() { ContentType = "application/json", Body = """{"data":{"onboardPayee":"/work/earnings?from=provider"}}""" });
            else if (!asked && body.Contains("query MyPayee", StringComparison.Ordinal))
            {
                var response = await route.FetchAsync();
                await route.FulfillAsync(new() { Response = response, Body = (await response.TextAsync()).Replace("\"ready\":true", "\"ready\":false", StringComparison.Ordinal).Replace("\"submitted\":true", "\"submitted\":false", StringComparison.Ordinal) });
            }
            else
                await route.ContinueAsync();
        });
        await card.GetByLabel("Country of your bank").FillAsync("de");
        await card.GetByRole(AriaRole.Button, new() { Name = "Set up the account" }).ClickAsync();
        await Assertions.Expect(card.GetByText("Not finished")).ToBeVisibleAsync();
        await card.GetByRole(AriaRole.Button, new() { NameRegex = new("^Go on at ") }).ClickAsync(); // and comes back from there
        await Assertions.Expect(card.GetByText("Ready for payouts")).ToBeVisibleAsync();
        await page.UnrouteAllAsync();
        await Assertions.Expect(card).ToContainTextAsync("DE");
        await card.GetByText("Paid out only when you ask for it").ClickAsync();
        await card.GetByLabel("As soon as so much is available").FillAsync("20");
        await card.GetByLabel("In", new() { Exact = true }).SelectOptionAsync("USD");
        await card.GetByLabel("On", new() { Exact = true }).SelectOptionAsync("Mondays");
        await worker.LookAsync("earnings-schedule");
        await card.GetByRole(AriaRole.Button, new() { Name = "Pay out by itself" }).ClickAsync();
        await Assertions.Expect(card.GetByText("Paid out by itself on Mondays, from $20.00 on")).ToBeVisibleAsync();

        async Task EarnAsync(string job, int tasks)
        {
            foreach (var work in (await worker.SendAsync("mutation($job: ID!, $tasks: Int!) { requestWork(job: $job, count: $tasks) { id } }", new { job, tasks })).EnumerateArray())
                await worker.SendAsync("mutation($a: ID!) { submitAnswer(assignment: $a, answer: { choice: \"cat\" }) { assignment } }", new { a = work.GetProperty("id").GetString() });
        }
    }
}
