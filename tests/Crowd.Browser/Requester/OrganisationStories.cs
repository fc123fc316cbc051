using Crowd.Browser.Stage;
using Crowd.Browser.Worker;
using Microsoft.Playwright;

namespace Crowd.Browser.Requester;

[Collection(BrowserStage.Name)]
public sealed class OrganisationStories(BrowserStage stage)
{
    [SkippableFact]
    public async Task An_owner_looks_after_members_keys_and_webhooks()
    {
        await using var rita = await stage.RequesterAsync();
        await using var eddy = await stage.SignUpAsync("Eddy Editor");
        var page = rita.Page;
        await rita.GoAsync("/requester/organisation");
        await rita.SeesAsync("Labels Ltd");
        await page.GetByLabel("E-mail address").FillAsync(eddy.Email);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await page.GetByLabel("Role of Eddy Editor").SelectOptionAsync("VIEWER");
        await Assertions.Expect(page.GetByLabel("Role of Eddy Editor")).ToHaveValueAsync("VIEWER");
        await rita.LookAsync("requester-members");
        await page.GetByRole(AriaRole.Button, new() { Name = "Take out Eddy Editor" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Take out" }).ClickAsync();
        await Assertions.Expect(page.GetByText(eddy.Email)).ToHaveCountAsync(0);

        await page.GetByRole(AriaRole.Tab, new() { Name = "API keys" }).ClickAsync();
        await rita.SeesAsync("You have no keys");
        await page.GetByLabel("Name").FillAsync("nightly import");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make it" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Secret", new() { Exact = true })).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("^crowd_"));
        await rita.LookAsync("requester-new-key");
        await page.GetByRole(AriaRole.Button, new() { Name = "I have kept it" }).ClickAsync();
        await rita.LookAsync("requester-keys");
        await page.GetByRole(AriaRole.Button, new() { Name = "Revoke nightly import" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Revoke" }).ClickAsync();
        await rita.SeesAsync("You have no keys");

        await page.GetByRole(AriaRole.Tab, new() { Name = "Webhooks" }).ClickAsync();
        await rita.SeesAsync("No webhooks");
        await page.GetByLabel("Address").FillAsync("https://10.0.0.1/crowd");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add it" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("public internet");
        await page.GetByLabel("Address").FillAsync("https://hooks.crowd.invalid/labels");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add it" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Secret", new() { Exact = true })).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("^whsec_"));
        await page.GetByRole(AriaRole.Button, new() { Name = "I have kept it" }).ClickAsync();
        var card = page.GetByRole(AriaRole.Region, new() { Name = "https://hooks.crowd.invalid/labels" });
        await card.GetByRole(AriaRole.Button, new() { Name = "Deliveries" }).ClickAsync();
        await Assertions.Expect(card.GetByText("Nothing was sent yet.")).ToBeVisibleAsync();
        await card.GetByRole(AriaRole.Button, new() { Name = "Send a test" }).ClickAsync();
        await Assertions.Expect(card.GetByRole(AriaRole.Status)).ToContainTextAsync("The test was not taken: the name was not found.");
        await card.GetByRole(AriaRole.Button, new() { Name = "Replace the secret" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Replace it" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Secret", new() { Exact = true })).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("^whsec_"));
        await page.GetByRole(AriaRole.Button, new() { Name = "I have kept it" }).ClickAsync();
        await card.GetByRole(AriaRole.Button, new() { Name = "Disable" }).ClickAsync();
        await page.GetByLabel("Reason").FillAsync("The server moves.");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Disable" }).ClickAsync();
        await Assertions.Expect(card.GetByText("The server moves.")).ToBeVisibleAsync();
        await rita.LookAsync("requester-webhooks");
    }

    [SkippableFact]
    public async Task Money_is_paid_in_and_every_movement_stands_in_the_statement()
    {
        await using var rita = await stage.RequesterAsync();
        var page = rita.Page;
        await rita.GoAsync("/requester/funds");
        await rita.SeesAsync("Funds");
        await page.GetByLabel("Amount").FillAsync("250");
        await page.GetByRole(AriaRole.Button, new() { Name = "Pay in" }).ClickAsync();
        await Assertions.Expect(page.Locator(".stat-value")).ToHaveTextAsync("$1,250.00");
        await Assertions.Expect(page.GetByRole(AriaRole.Table, new() { Name = "Movements" }).Locator("tbody tr")).ToHaveCountAsync(2);
        await rita.LookAsync("requester-funds");

        await page.GetByRole(AriaRole.Tab, new() { Name = "Payments and refunds" }).ClickAsync();
        await rita.Button("Send back of $250.00").ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByLabel("Amount").FillAsync("300");
        await Assertions.Expect(page.GetByText("Give an amount up to $250.00.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Dialog).GetByLabel("Amount").FillAsync("50");
        await rita.LookAsync("requester-refund");
        await rita.Button("Send back $50.00").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Table, new() { Name = "Refunds" })).ToContainTextAsync("$50.00");
        await Assertions.Expect(page.Locator(".stat-value")).ToHaveTextAsync("$1,200.00");
        await rita.LookAsync("requester-payments");

        await page.GetByRole(AriaRole.Tab, new() { Name = "Disputes" }).ClickAsync();
        await rita.SeesAsync("No disputes");
        // The sandbox has no banks: what a dispute looks like is tried with an answer as the API gives it.
        await page.RouteAsync("**/graphql", route => route.Request.PostData?.Contains("query Disputes", StringComparison.Ordinal) == true
            ? route.FulfillAsync(new() { ContentType = "application/json", Body = Dispute })
            : route.ContinueAsync());
        await page.ReloadAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Table, new() { Name = "Disputes" })).ToContainTextAsync("$250.00");
        await rita.LookAsync("requester-disputes");
    }

    private const string Dispute =
        """
        {"data":{"disputes":{"nodes":[
          {"id":"dp_1","topUp":"top_1","amountMicros":250000000,"owedMicros":40000000,"currency":"USD","status":"open","reason":"fraudulent","openedAt":"2026-03-01T10:00:00Z","endedAt":null},
          {"id":"dp_2","topUp":"top_2","amountMicros":90000000,"owedMicros":0,"currency":"USD","status":"won","reason":"product_not_received","openedAt":"2026-02-01T10:00:00Z","endedAt":"2026-02-20T10:00:00Z"}]}}}
        """;
}
