using System.Text.Json;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Crowd.Browser.Stage;

/// <summary>Somebody in a browser of their own: a page, and the API with the same session.</summary>
public sealed class Visitor : IAsyncDisposable
{
    /// <summary>How long a page may take to show something; only a story that fails ever waits so long.</summary>
    public const float PatienceMilliseconds = 20_000;

    // Violations alone are looked at; axe would otherwise send every node that passed.
    private static readonly AxeRunOptions Everything = new() { ResultTypes = [ResultType.Violations] };

    // The themes differ in nothing but colours.
    private static readonly AxeRunOptions Colours = new() { ResultTypes = [ResultType.Violations], RunOnly = RunOnlyOptions.Rules("color-contrast", "link-in-text-block") };

    private readonly BrowserStage _stage;
    private readonly List<string> _complaints = [];

    private Visitor(BrowserStage stage, IBrowserContext context, IPage page) => (_stage, Context, Page) = (stage, context, page);

    public IBrowserContext Context { get; }

    public IPage Page { get; }

    public string Email { get; set; } = "";

    /// <summary>The visitor's id as a worker.</summary>
    public string Worker { get; set; } = "";

    /// <summary>The organisation that the visitor owns.</summary>
    public string Organisation { get; set; } = "";

    public static async Task<Visitor> OpenAsync(BrowserStage stage, IBrowser browser, Screen screen)
    {
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = stage.Address.ToString(),
            ViewportSize = new() { Width = screen.Width, Height = screen.Height },
            HasTouch = screen.Touch,
            IsMobile = screen.Touch,
            Locale = "en-US",
            ColorScheme = ColorScheme.Light,
        });
        context.SetDefaultTimeout(PatienceMilliseconds);
        var visitor = new Visitor(stage, context, await context.NewPageAsync());
        visitor.Page.PageError += (_, error) => visitor._complaints.Add(error);
        visitor.Page.Console += (_, message) =>
        {
            // A refused connection is what stories about lost networks are about, a refused file what those about imports are.
            if (message.Type == "error" && !message.Text.Contains("ERR_", StringComparison.Ordinal) && !message.Text.Contains("status of 422", StringComparison.Ordinal))
                visitor._complaints.Add(message.Text);
        };
        return visitor;
    }

    /// <summary>Sends an operation to the API in this visitor's session and gives the value of its only root field.</summary>
    public async Task<JsonElement> SendAsync(string query, object? variables = null)
    {
        var response = await Context.APIRequest.PostAsync("/graphql", new() { DataObject = new { query, variables } });
        var root = (await response.JsonAsync())!.Value;
        Assert.True(!root.TryGetProperty("errors", out var errors), $"{response.Status}: {errors}");
        return root.GetProperty("data").EnumerateObject().Single().Value.Clone();
    }

    /// <summary>Uploads tasks, each the JSON of an input.</summary>
    public async Task ImportAsync(string job, IEnumerable<string> inputs)
    {
        var lines = string.Join('\n', inputs.Select((input, i) => $$"""{"externalId":"t{{i}}","input":{{input}}}"""));
        await ImportLinesAsync(job, lines);
    }

    /// <summary>Uploads tasks as lines of JSON, as the API takes them.</summary>
    public async Task ImportLinesAsync(string job, string lines)
    {
        var response = await Context.APIRequest.PostAsync($"/jobs/{job}/tasks", new()
        {
            Headers = [new("Content-Type", "application/x-ndjson"), new("X-Crowd-Request", "1")],
            DataByte = System.Text.Encoding.UTF8.GetBytes(lines),
        });
        Assert.True(response.Ok, $"{response.Status}: {await response.TextAsync()}");
    }

    /// <summary>Makes a job with tasks and money, open to work on.</summary>
    /// <param name="schema">A LabelSchemaInput.</param>
    /// <param name="inputs">The tasks' inputs, each as JSON.</param>
    /// <param name="policies">Over the defaults: 5 cents for every valid answer, one answer a task.</param>
    /// <param name="title">The job's title.</param>
    /// <param name="instructions">Markdown.</param>
    /// <param name="examples">A list of JobExampleInput.</param>
    /// <param name="currency">Of its pay; the money is the organisation's.</param>
    public async Task<string> OpenJobAsync(
        object schema, IReadOnlyList<string> inputs, IDictionary<string, object>? policies = null, string title = "A job", string instructions = "Do it **well**.",
        object[]? examples = null, string currency = "USD")
    {
        var all = new Dictionary<string, object>(StringComparer.Ordinal) { ["payMicros"] = 50_000, ["minAnswers"] = 1, ["maxAnswers"] = 1, ["payFor"] = "ALL" };
        foreach (var (name, value) in policies ?? new Dictionary<string, object>(StringComparer.Ordinal))
            all[name] = value;
        var job = (await SendAsync("mutation($requester: ID!, $job: JobInput!) { createJob(requester: $requester, job: $job) { id } }",
            new { requester = Organisation, job = new { title, instructions, schema, policies = all, examples, currency } })).GetProperty("id").GetString()!;
        await ImportAsync(job, inputs);
        await SendAsync("mutation($job: ID!) { fundJob(id: $job, amountMicros: 20000000) { id } }", new { job });
        await SendAsync("mutation($job: ID!) { openJob(id: $job) { id } }", new { job });
        return job;
    }

    /// <summary>Goes to an address of the client.</summary>
    public Task GoAsync(string path) => Page.GotoAsync(path);

    /// <summary>The heading of the page, which shows that it is there.</summary>
    public Task SeesAsync(string heading) => Assertions.Expect(Page.GetByRole(AriaRole.Heading, new() { Name = heading, Exact = true }).First).ToBeVisibleAsync();

    /// <summary>
    /// Looks at the page as it is: a screenshot in the light, in the dark and (from a desk) at the size of a phone, axe in both themes, nothing wider than the
    /// window, and no complaint in the console.
    /// </summary>
    public async Task LookAsync(string name)
    {
        foreach (var scheme in (ColorScheme[])[ColorScheme.Dark, ColorScheme.Light])
        {
            await Page.EmulateMediaAsync(new() { ColorScheme = scheme });
            var theme = scheme.ToString().ToLowerInvariant();
            await ShootAsync($"{name}-{theme}");
            var found = await Page.RunAxe(scheme == ColorScheme.Light ? Everything : Colours);
            _stage.Judged(name, theme, found.Violations.Length);
            Assert.True(found.Violations.Length == 0, $"{name} in the {theme}:\n" + string.Join('\n', found.Violations.Select(v =>
                $"{v.Id}: {v.Help}\n" + string.Join('\n', v.Nodes.Select(n => $"    {n.Html}\n    {string.Join("; ", n.Any.Select(c => c.Message))}")))));
        }

        await FitsAsync(name);
        var size = Page.ViewportSize!;
        if (size.Width > Screen.Phone.Width)
        {
            await Page.SetViewportSizeAsync(Screen.Phone.Width, Screen.Phone.Height);
            await ShootAsync($"{name}-narrow");
            await FitsAsync($"{name} at the width of a phone");
            await Page.SetViewportSizeAsync(size.Width, size.Height);
        }

        Assert.True(_complaints.Count == 0, string.Join('\n', _complaints));
    }

    private Task ShootAsync(string name) =>
        Page.ScreenshotAsync(new() { Path = Path.Combine(BrowserStage.Screenshots, $"{name}.png"), FullPage = true, Animations = ScreenshotAnimations.Disabled });

    private async Task FitsAsync(string name)
    {
        var overflow = await Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(overflow <= 0, $"{name} is {overflow} pixels wider than the window.");
    }

    public async ValueTask DisposeAsync() => await Context.CloseAsync();
}
