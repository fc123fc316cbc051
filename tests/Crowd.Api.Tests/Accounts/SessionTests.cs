using System.Net;
using System.Text;
using Crowd.Api.Tests.Servers;

namespace Crowd.Api.Tests.Accounts;

/// <summary>Signing up, in and out, and a session that another site's page cannot use.</summary>
[Collection(SqliteStage.Name)]
public sealed class SessionTests(SqliteStage stage)
{
    private const string CreateKey = """{"query":"mutation { createApiKey(name: \"forged\") { secret } }"}""";

    [Fact]
    public async Task A_person_signs_up_out_and_in_again()
    {
        var (person, email) = (stage.Server.Anonymous, stage.Server.Email("Grace"));
        var id = await person.SignUpAsync($" {email.ToUpperInvariant()} ", "Grace");
        Assert.Equal(id, (await person.SendAsync("{ me { id } }")).GetProperty("id").GetString());
        await person.SendAsync("mutation { signOut }");
        Assert.Equal("", (await person.SendAsync("{ me { id } }")).ToString());

        Assert.Equal(id, (await person.SignInAsync(email, TestServer.Password)).GetProperty("id").GetString());
        Assert.Equal(email, (await person.SendAsync("{ me { email } }")).GetProperty("email").GetString());
    }

    [Fact]
    public async Task An_unknown_address_and_a_wrong_password_are_refused_in_the_same_words()
    {
        var person = stage.Server.Anonymous;
        const string SignIn = "mutation($email: String!, $password: String!) { signIn(email: $email, password: $password) { id } }";
        var wrong = await person.RefusedAsync(SignIn, new { email = TestServer.AdministratorEmail, password = "not the password" });
        var unknown = await person.RefusedAsync(SignIn, new { email = "nobody@crowd.example", password = "not the password" });
        Assert.Equal("UNAUTHENTICATED", wrong.Code);
        Assert.Equal((wrong.Code, wrong.Message), (unknown.Code, unknown.Message));
    }

    [Theory]
    [InlineData("no address", "a good password", "Name", "INVALID")]
    [InlineData("two@at@crowd.example", "a good password", "Name", "INVALID")]
    [InlineData("short@crowd.example", "short", "Name", "INVALID")]
    [InlineData("nameless@crowd.example", "a good password", "  ", "INVALID")]
    [InlineData(TestServer.AdministratorEmail, "a good password", "Name", "ALREADY_EXISTS")]
    public async Task A_sign_up_that_cannot_be_is_refused(string email, string password, string name, string code)
    {
        var refused = await stage.Server.Anonymous.RefusedAsync(
            "mutation($email: String!, $password: String!, $name: String!) { signUp(email: $email, password: $password, name: $name) { id } }", new { email, password, name });
        Assert.Equal(code, refused.Code);
    }

    [Fact]
    public async Task A_changed_password_ends_the_other_sessions()
    {
        var (here, elsewhere, email) = (stage.Server.Anonymous, stage.Server.Anonymous, stage.Server.Email("Alan"));
        await here.SignUpAsync(email, "Alan");
        await elsewhere.SignInAsync(email, TestServer.Password);
        const string Change = "mutation($current: String!, $password: String!) { changePassword(current: $current, password: $password) }";
        Assert.Equal("UNAUTHENTICATED", (await here.RefusedAsync(Change, new { current = "not the password", password = "a better password" })).Code);
        await here.SendAsync(Change, new { current = TestServer.Password, password = "a better password" });
        Assert.NotEqual("", (await here.SendAsync("{ me { id } }")).ToString());
        Assert.Equal("", (await elsewhere.SendAsync("{ me { id } }")).ToString());
        await elsewhere.SignInAsync(email, "a better password");
    }

    [Fact]
    public async Task The_cookie_is_kept_from_scripts_and_other_sites()
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = stage.Server.Address };
        var cookie = await SignInForCookieAsync(http);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("text/plain", null, false)]
    [InlineData("application/x-www-form-urlencoded", null, false)]
    [InlineData("application/json", "cross-site", false)]
    [InlineData("application/json", "same-site", false)]
    [InlineData("application/json", "same-origin", true)]
    [InlineData("application/json", null, true)]
    public async Task A_cookie_counts_only_in_a_request_that_another_site_cannot_make(string contentType, string? site, bool counts)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = stage.Server.Address };
        var cookie = (await SignInForCookieAsync(http)).Split(';')[0];
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = new StringContent(CreateKey, Encoding.UTF8, contentType) };
        request.Headers.Add("Cookie", cookie);
        if (site is not null)
            request.Headers.Add("Sec-Fetch-Site", site);
        using var response = await http.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        Assert.Equal(counts, body.Contains("\"secret\":\"crowd_", StringComparison.Ordinal));
        if (!counts)
            Assert.Contains("\"code\":\"", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_of_another_site_cannot_post_tasks_with_the_cookie_nor_change_anything_with_GET()
    {
        var job = await stage.Cast.DraftAsync(tasks: 0);
        using var form = new HttpRequestMessage(HttpMethod.Post, $"/jobs/{job}/tasks") { Content = new StringContent(Sketch.Tasks(1), Encoding.UTF8, "text/plain") };
        using var refused = await stage.Cast.Owner.Http.SendAsync(form);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal("0", await stage.Cast.Owner.ReadJobAsync(job, "taskCount"));

        using var get = await stage.Cast.Owner.Http.GetAsync("/graphql?query=" + Uri.EscapeDataString("mutation { signOut }"));
        Assert.Contains("METHOD_NOT_ALLOWED", await get.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.NotEqual("", (await stage.Cast.Owner.SendAsync("{ me { id } }")).ToString());
    }

    private static async Task<string> SignInForCookieAsync(HttpClient http)
    {
        var query = $"mutation {{ signIn(email: \"{TestServer.AdministratorEmail}\", password: \"{TestServer.Password}\") {{ id }} }}";
        using var response = await System.Net.Http.Json.HttpClientJsonExtensions.PostAsJsonAsync(http, "/graphql", new { query });
        return response.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("crowd_session=", StringComparison.Ordinal));
    }
}
