using System.Collections.Concurrent;
using System.Reflection;
using Crowd.Api.Tests.Servers;

namespace Crowd.Browser.Stage;

/// <summary>The built server with its client on a SQLite file of its own, and a browser: shared by all stories, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserStage : IAsyncLifetime, ICollectionFixture<BrowserStage>
{
    public const string Name = "Browser";

    private static readonly string Repository = Path.GetFullPath(
        typeof(BrowserStage).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "Repository").Value!);

    private static readonly string Client = Path.Combine(Sources, "dist");

    private readonly TestServer _server = new(folder => $"Data Source={Path.Combine(folder, "crowd.db")}", $"--Crowd:WebClient={Client}");
    private Chromium? _chromium;
    private Person? _administrator;
    private int _names;

    /// <summary>Where the client's sources are.</summary>
    internal static string Sources => Path.Combine(Repository, "src", "web");

    /// <summary>Where screenshots go; ignored by git.</summary>
    public static string Screenshots { get; } = Path.Combine(Repository, "artifacts", "screenshots");

    /// <summary>Why there is nothing to see; null when there is.</summary>
    public static string? Missing { get; } =
        Chromium.Executable is null ? "There is no Chromium."
        : !File.Exists(Path.Combine(Client, "index.html")) ? "The browser client is not built: that needs Node.js 20 or later."
        : null;

    /// <summary>Pages that axe looked at, and what it found on each, by theme.</summary>
    private readonly ConcurrentDictionary<(string Page, string Theme), int> _judged = new();

    public Uri Address => _server.Address;

    public TestServer Server => _server;

    public async Task InitializeAsync()
    {
        if (Missing is not null)
            return;
        Directory.CreateDirectory(Screenshots);
        Microsoft.Playwright.Assertions.SetDefaultExpectTimeout(Visitor.PatienceMilliseconds);
        await _server.InitializeAsync();
        _administrator = await _server.AdministratorAsync();
        _chromium = await Chromium.StartAsync();
    }

    public async Task DisposeAsync()
    {
        if (_chromium is not null)
            await _chromium.DisposeAsync();
        if (Missing is null)
        {
            Print($"axe looked at {_judged.Keys.Select(k => k.Page).Distinct(StringComparer.Ordinal).Count()} pages, each in the light and in the dark ({_judged.Count} times): {_judged.Values.Sum()} violations.");
            await _server.DisposeAsync();
        }
    }

    /// <summary>Counts what axe found on a page.</summary>
    internal void Judged(string page, string theme, int violations) => _judged[(page, theme)] = violations;

    /// <summary>Notes a figure that is measured and not asserted, on the console and in <c>artifacts/browser.txt</c>.</summary>
    public void Print(string line)
    {
        Console.WriteLine(line);
        File.AppendAllText(Path.Combine(Repository, "artifacts", "browser.txt"), line + Environment.NewLine);
    }

    /// <summary>Somebody who is not signed in.</summary>
    public async Task<Visitor> VisitAsync(Screen? screen = null)
    {
        Skip.If(Missing is not null, Missing);
        return await Visitor.OpenAsync(this, _chromium!.Browser, screen ?? Screen.Desk);
    }

    /// <summary>Somebody who has just signed up.</summary>
    public async Task<Visitor> SignUpAsync(string name, Screen? screen = null)
    {
        var visitor = await VisitAsync(screen);
        visitor.Email = $"{name.ToLowerInvariant().Replace(' ', '.')}.{Interlocked.Increment(ref _names)}@browser.example";
        await visitor.SendAsync("mutation($email: String!, $password: String!, $name: String!) { signUp(email: $email, password: $password, name: $name) { id } }",
            new { email = visitor.Email, password = TestServer.Password, name });
        return visitor;
    }

    /// <summary>A worker.</summary>
    public async Task<Visitor> WorkerAsync(string name = "Wanda Worker", Screen? screen = null)
    {
        var visitor = await SignUpAsync(name, screen);
        visitor.Worker = (await visitor.SendAsync("mutation { becomeWorker }")).GetString()!;
        return visitor;
    }

    /// <summary>The owner of an organisation with 1,000 dollars.</summary>
    public async Task<Visitor> RequesterAsync(string name = "Rita Requester", string organisation = "Labels Ltd", Screen? screen = null)
    {
        var visitor = await SignUpAsync(name, screen);
        visitor.Organisation = (await visitor.SendAsync("mutation($organisation: String!) { createOrganisation(name: $organisation) { id } }", new { organisation })).GetProperty("id").GetString()!;
        await visitor.SendAsync("mutation($requester: ID!) { topUp(requester: $requester, amountMicros: 1000000000) }", new { requester = visitor.Organisation });
        return visitor;
    }

    /// <summary>An administrator.</summary>
    public async Task<Visitor> AdministratorAsync(string name = "Ann Administrator", Screen? screen = null)
    {
        var visitor = await SignUpAsync(name, screen);
        await _administrator!.SendAsync("mutation($email: String!) { grantStaffRole(email: $email, role: ADMINISTRATOR) }", new { email = visitor.Email });
        return visitor;
    }

    /// <summary>A quality manager.</summary>
    public async Task<Visitor> QualityManagerAsync(string name = "Quinn Quality", Screen? screen = null)
    {
        var visitor = await SignUpAsync(name, screen);
        await _administrator!.SendAsync("mutation($email: String!) { grantStaffRole(email: $email, role: QUALITY_MANAGER) }", new { email = visitor.Email });
        return visitor;
    }
}

/// <summary>The size of a window, and whether it is touched.</summary>
public sealed record Screen(int Width, int Height, bool Touch)
{
    public static Screen Desk { get; } = new(1280, 860, false);

    public static Screen Phone { get; } = new(390, 844, true);
}
