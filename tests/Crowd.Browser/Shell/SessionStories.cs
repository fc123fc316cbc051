using Crowd.Api.Tests.Servers;
using Crowd.Browser.Stage;
using Microsoft.Playwright;

namespace Crowd.Browser.Shell;

[Collection(BrowserStage.Name)]
public sealed class SessionStories(BrowserStage stage)
{
    [SkippableFact]
    public async Task Somebody_makes_an_account_to_work_signs_out_and_in_again()
    {
        await using var visitor = await stage.VisitAsync();
        var page = visitor.Page;
        await visitor.GoAsync("/");
        await visitor.SeesAsync("Sign in");
        await visitor.LookAsync("sign-in");
        await page.GetByRole(AriaRole.Link, new() { Name = "Make an account" }).ClickAsync();
        await visitor.LookAsync("sign-up");
        await page.GetByLabel("Name").FillAsync("Ada");
        await page.GetByLabel("E-mail address").FillAsync("ada@browser.example");
        await page.GetByLabel("Password").FillAsync(TestServer.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the account" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Find work" })).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Ada" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Sign out" }).ClickAsync();
        await visitor.SeesAsync("Sign in");
        await page.GetByLabel("E-mail address").FillAsync("ada@browser.example");
        await page.GetByLabel("Password").FillAsync(TestServer.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Find work" })).ToBeVisibleAsync();
    }

    [SkippableFact]
    public async Task A_wrong_password_is_said_so()
    {
        await using var visitor = await stage.VisitAsync();
        await visitor.GoAsync("/sign-in");
        await visitor.Page.GetByLabel("E-mail address").FillAsync("nobody@browser.example");
        await visitor.Page.GetByLabel("Password").FillAsync("not the password");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The e-mail address or the password is wrong.");
        await visitor.LookAsync("sign-in-refused");
    }

    [SkippableFact]
    public async Task One_person_with_every_role_sees_all_areas_and_the_chosen_theme_stays()
    {
        await using var visitor = await stage.QualityManagerAsync("Many Roles");
        await visitor.SendAsync("mutation { becomeWorker }");
        await visitor.SendAsync("mutation { createOrganisation(name: \"Mine\") { id } }");
        var page = visitor.Page;
        await visitor.GoAsync("/account");
        await visitor.SeesAsync("Account");
        var navigation = page.GetByRole(AriaRole.Navigation, new() { Name = "Main" });
        foreach (var area in (string[])["Work", "Requester", "Quality"])
            await Assertions.Expect(navigation.GetByRole(AriaRole.Heading, new() { Name = area, Exact = true })).ToBeVisibleAsync();
        await visitor.LookAsync("account");
        await visitor.GoAsync("/work/no-such-page");
        await visitor.LookAsync("not-found");
        await visitor.GoAsync("/account");
        await visitor.SeesAsync("Account");

        await page.GetByRole(AriaRole.Button, new() { Name = "Many Roles" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitemcheckbox, new() { Name = "Dark" }).ClickAsync();
        await page.ReloadAsync();
        await visitor.SeesAsync("Account");
        Assert.Equal("dark", await page.EvaluateAsync<string>("document.documentElement.dataset.theme"));
    }

    [SkippableFact]
    public async Task Nothing_is_loaded_from_a_foreign_host_and_hashed_files_are_kept_compressed()
    {
        await using var visitor = await stage.VisitAsync();
        var hosts = new HashSet<string>(StringComparer.Ordinal);
        var responses = new List<IResponse>();
        visitor.Page.Response += (_, response) =>
        {
            hosts.Add(new Uri(response.Url).Authority);
            responses.Add(response);
        };
        await visitor.GoAsync("/sign-in");
        await visitor.SeesAsync("Sign in");
        Assert.Equal([stage.Address.Authority], hosts);
        var script = responses.First(r => r.Url.Contains("/assets/", StringComparison.Ordinal) && r.Url.EndsWith(".js", StringComparison.Ordinal));
        Assert.Contains("immutable", script.Headers["cache-control"], StringComparison.Ordinal);
        Assert.Contains(script.Headers["content-encoding"], (string[])["br", "gzip"]);
        Assert.Contains("script-src 'self'", responses[0].Headers["content-security-policy"], StringComparison.Ordinal);
    }
}
