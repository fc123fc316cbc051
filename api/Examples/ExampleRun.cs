using System.Text.Json;
using System.Text.Json.Nodes;
using Crowd.Api.Demo;

namespace Crowd.Api.Examples;

/// <summary>
/// An example as it is played over HTTP, with the documents of its page: accounts are made, a job is posted, the people of the world work, the judge decides what waits
/// for one, and the report is fetched and held against the truth.
/// </summary>
internal abstract class ExampleRun(HttpClient http, string name, ExampleWorld world)
{
    /// <summary>Requests for decisions that are under way at the same time.</summary>
    private const int Together = 8;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly Dictionary<string, ExampleItem> _byInput = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ExampleItem> _byKey = new(StringComparer.Ordinal);
    private readonly List<ExampleWorker> _workers = [];
    private Action<int> _progress = static _ => { };
    private string _organisation = "";
    private long _answerMicros;
    private int _steps;

    /// <summary>What the page shows.</summary>
    public ExampleDocuments Documents { get; } = new(name);

    protected ApiClient Requester { get; private set; } = null!;

    protected ApiClient Judge { get; private set; } = null!;

    /// <summary>The job's id.</summary>
    protected string Job { get; private set; } = "";

    /// <summary>Answers that are given and decisions that are asked for, roughly: by which progress is told.</summary>
    public abstract int Steps { get; }

    /// <summary>Plays it.</summary>
    /// <param name="progress">Told how many steps are done.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<ExampleReport> RunAsync(Action<int> progress, CancellationToken cancellationToken)
    {
        _progress = progress;
        await PrepareAsync(cancellationToken);
        await PlayAsync(cancellationToken);
        var cases = await CasesAsync(cancellationToken);
        var report = await Requester.GetAsync($"/jobs/{Job}/report{ReportQuery}", cancellationToken);
        return new()
        {
            Example = name,
            Seed = world.Seed,
            Job = Job,
            Report = report,
            Truth = ExampleTruth.Of(cases),
            Figures = await FiguresAsync(cases, report, cancellationToken),
        };
    }

    /// <summary>Parameters of the report.</summary>
    protected virtual string ReportQuery => "";

    /// <summary>What happens in it.</summary>
    protected abstract Task PlayAsync(CancellationToken cancellationToken);

    /// <summary>What the example is about, in figures.</summary>
    protected abstract Task<IReadOnlyList<ExampleFigure>> FiguresAsync(IReadOnlyList<ExampleCase> cases, JsonElement report, CancellationToken cancellationToken);

    /// <summary>An answer with such a label.</summary>
    protected virtual JsonObject AnswerOf(string label) => new() { ["choice"] = label };

    /// <summary>Sends a document of the page and gives the value of its first field.</summary>
    protected async Task<JsonElement> SendAsync(ApiClient client, string operation, JsonObject variables, CancellationToken cancellationToken) =>
        (await client.SendAsync(Documents[operation], variables, cancellationToken)).EnumerateObject().First().Value;

    /// <summary>Opens the job with money for so many answers.</summary>
    protected async Task OpenAsync(int answers, CancellationToken cancellationToken)
    {
        await Backstage.TopUpAsync(Requester, _organisation, answers * _answerMicros, cancellationToken);
        await SendAsync(Requester, "Open", new() { ["job"] = Job, ["amount"] = answers * _answerMicros }, cancellationToken);
    }

    /// <summary>Imports tasks; those that a model has looked at with what it said.</summary>
    protected async Task ImportAsync(IReadOnlyList<ExampleItem> items, CancellationToken cancellationToken)
    {
        foreach (var item in items)
            Know(item);
        var taken = await Requester.PostLinesAsync($"/jobs/{Job}/tasks", items.Select(LineOf), cancellationToken);
        if (taken.GetProperty("refused").GetBoolean())
            throw new InvalidDataException($"The tasks were refused; the first bad line is {taken.GetProperty("badLines")[0]}.");
    }

    /// <summary>Has the model compared with people, and lets it decide from now on as the page's rules say.</summary>
    protected async Task ApproveAsync(CancellationToken cancellationToken)
    {
        await SendAsync(Requester, "Measure", new() { ["job"] = Job, ["model"] = world.Model }, cancellationToken);
        await SendAsync(Requester, "Approve", new() { ["job"] = Job, ["model"] = world.Model }, cancellationToken);
        await SendAsync(Requester, "Rules", new() { ["job"] = Job }, cancellationToken);
    }

    /// <summary>Asks for decisions.</summary>
    /// <param name="items">What is to be decided.</param>
    /// <param name="then">Done with each answer at once.</param>
    /// <param name="cancellationToken">Ends it.</param>
    protected async Task AskAsync(IReadOnlyList<ExampleItem> items, Func<ExampleItem, JsonElement, Task>? then, CancellationToken cancellationToken)
    {
        foreach (var item in items)
            Know(item);
        await Parallel.ForEachAsync(items, new ParallelOptions { MaxDegreeOfParallelism = Together, CancellationToken = cancellationToken }, async (item, token) =>
        {
            var decision = await SendAsync(
                Requester, "Ask", new() { ["job"] = Job, ["key"] = item.Id, ["input"] = item.Input.DeepClone(), ["prediction"] = PredictionOf(item) }, token);
            Step(1);
            if (then is not null)
                await then(item, decision);
        });
    }

    /// <summary>Has people work and the judge decide until nothing waits any more.</summary>
    protected async Task WorkAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var turn = await Task.WhenAll(_workers.Select(w => w.WorkAsync(Job, Step, cancellationToken)));
            var judged = await JudgeAsync(cancellationToken);
            if (turn.Sum() + judged > 0)
                continue;
            if (await IsDoneAsync(cancellationToken))
                return;
            await Task.Delay(Pause, cancellationToken);
        }
    }

    /// <summary>What the judge has to do beside the gate; how many things were done.</summary>
    protected virtual Task<int> JudgeMoreAsync(CancellationToken cancellationToken) => Task.FromResult(0);

    /// <summary>What the judge says of such an input.</summary>
    protected JsonObject JudgementOf(JsonElement input) => AnswerOf(world.AnswerOf(world.Judge, Find(input)));

    /// <summary>All decisions that went out.</summary>
    protected Task<List<JsonElement>> DecisionsAsync(CancellationToken cancellationToken) => PagesAsync(Requester, "Decisions", new() { ["job"] = Job }, static d => d, cancellationToken);

    /// <summary>Whether each of the imported tasks was routed.</summary>
    protected async Task WaitForRoutingAsync(int count, CancellationToken cancellationToken)
    {
        while ((await LabelsAsync(cancellationToken)).Count(t => t.GetProperty("routing").ValueKind != JsonValueKind.Null) < count)
            await Task.Delay(Pause, cancellationToken);
    }

    /// <summary>Figures that every gate has: who released, and whether anything went out that must not.</summary>
    protected async Task<List<ExampleFigure>> GateFiguresAsync(CancellationToken cancellationToken)
    {
        var decisions = await DecisionsAsync(cancellationToken);
        string? By(JsonElement d) => d.GetProperty("releasedBy").GetString();
        int Released(JsonElement d) => d.GetProperty("history").EnumerateArray().Count(e => e.GetProperty("type").GetString() == "decision.released");
        var held = decisions.Where(d => d.GetProperty("waitsFor").ValueKind == JsonValueKind.String).ToList();
        return
        [
            new("decisions", decisions.Count),
            new("releasedByMachine", decisions.Count(d => By(d) == "MACHINE")),
            new("releasedByConsensus", decisions.Count(d => By(d) == "CONSENSUS")),
            new("releasedByPerson", decisions.Count(d => By(d) == "PERSON")),
            new("held", held.Count),
            new("heldForPerson", held.Count(d => d.GetProperty("waitsFor").GetString() == "HOLD")),
            new("heldReleasedWithoutPerson", held.Count(d => By(d) == "MACHINE" || (d.GetProperty("waitsFor").GetString() == "HOLD" && By(d) != "PERSON"))),
            new("releasedMoreThanOnce", decisions.Count(d => Released(d) != 1)),
        ];
    }

    /// <summary>Pages of a connection by a document of the page.</summary>
    protected async Task<List<JsonElement>> PagesAsync(ApiClient client, string operation, JsonObject variables, Func<JsonElement, JsonElement> connection, CancellationToken cancellationToken)
    {
        var found = new List<JsonElement>();
        while (true)
        {
            var page = connection(await SendAsync(client, operation, (JsonObject)variables.DeepClone(), cancellationToken));
            found.AddRange(page.GetProperty("nodes").EnumerateArray());
            if (!page.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean())
                return found;
            variables["after"] = page.GetProperty("pageInfo").GetProperty("endCursor").GetString();
        }
    }

    /// <summary>All tasks with their labels.</summary>
    protected Task<List<JsonElement>> LabelsAsync(CancellationToken cancellationToken) =>
        PagesAsync(Requester, "Labels", new() { ["job"] = Job }, static j => j.GetProperty("tasks"), cancellationToken);

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var backstage = new Backstage(http);
        string Email(string who) => $"{who}@{name}.crowd.example";
        var administrator = await backstage.SignInAsync(Backstage.Administrator, "Administrator", cancellationToken);
        Requester = await backstage.SignInAsync(Email("requester"), "Requester", cancellationToken);
        Judge = await backstage.AppointAsync(administrator, Email("judge"), "Judge", cancellationToken);
        _organisation = await Backstage.OrganisationAsync(Requester, $"Example: {name}", cancellationToken);
        foreach (var person in world.People)
        {
            var (client, id) = await backstage.HireAsync(Email(person.Name), person.Name, cancellationToken);
            if (person.Qualification is { } qualification)
                await SendAsync(Judge, "Grant", new() { ["worker"] = id, ["qualification"] = qualification }, cancellationToken);
            _workers.Add(new(client, id, Documents, input => AnswerOf(world.AnswerOf(person, Find(input)))));
        }

        var posted = await SendAsync(Requester, "Post", new() { ["requester"] = _organisation }, cancellationToken);
        (Job, _answerMicros) = (posted.GetProperty("id").GetString()!, posted.GetProperty("costOfAnswerMicros").GetInt64());
    }

    /// <summary>Decides what is held for a person or was escalated.</summary>
    private async Task<int> JudgeAsync(CancellationToken cancellationToken)
    {
        var count = await JudgeMoreAsync(cancellationToken);
        foreach (var status in (string[])["HELD", "ESCALATED"])
        {
            foreach (var decision in await PagesAsync(Judge, "Held", new() { ["job"] = Job, ["status"] = status }, static d => d, cancellationToken))
            {
                if (status == "HELD" && decision.GetProperty("waitsFor").GetString() != "HOLD")
                    continue;
                await SendAsync(
                    Judge, "Resolve",
                    new() { ["decision"] = decision.GetProperty("id").GetString(), ["label"] = JudgementOf(decision.GetProperty("input")), ["reason"] = "Looked at by a person." },
                    cancellationToken);
                count++;
            }
        }

        return count;
    }

    private async Task<bool> IsDoneAsync(CancellationToken cancellationToken)
    {
        var job = await SendAsync(Requester, "Progress", new() { ["job"] = Job }, cancellationToken);
        var totals = job.GetProperty("loopTotals");
        int Total(string of) => totals.GetProperty(of).GetInt32();
        return job.GetProperty("taskCount").GetInt32() == job.GetProperty("decidedCount").GetInt32()
            && Total("requested") == Total("byMachine") + Total("byPerson") + Total("byConsensus") + Total("refused")
            && (Total("requested") == 0 || (await DecisionsAsync(cancellationToken)).TrueForAll(d => !d.GetProperty("audited").GetBoolean() || d.GetProperty("auditLabel").ValueKind != JsonValueKind.Null));
    }

    private async Task<IReadOnlyList<ExampleCase>> CasesAsync(CancellationToken cancellationToken)
    {
        var cases = new List<ExampleCase>();
        foreach (var decision in await DecisionsAsync(cancellationToken))
            cases.Add(new(_byKey[decision.GetProperty("key").GetString()!], LabelOf(decision.GetProperty("label"))!, decision.GetProperty("releasedBy").GetString() == "MACHINE"));
        foreach (var task in (await LabelsAsync(cancellationToken)).Where(t => _byKey.ContainsKey(t.GetProperty("externalId").GetString()!)))
        {
            var routing = task.GetProperty("routing");
            var accepted = routing.ValueKind == JsonValueKind.Object && routing.GetProperty("action").GetString() == "ACCEPT";
            cases.Add(new(_byKey[task.GetProperty("externalId").GetString()!], LabelOf(task.GetProperty("label"))!, accepted));
        }

        return cases;
    }

    private static string? LabelOf(JsonElement label)
    {
        foreach (var property in label.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.String))
            return property.Name == "preferred" ? property.Value.GetString()!.ToLowerInvariant() : property.Value.GetString();
        return null;
    }

    private JsonObject LineOf(ExampleItem item)
    {
        var line = new JsonObject { ["externalId"] = item.Id, ["input"] = item.Input.DeepClone() };
        if (item.Said is not null)
        {
            line["predictions"] = new JsonArray(new JsonObject
            {
                ["model"] = world.Model,
                ["version"] = ExampleWorld.Version,
                ["label"] = item.Said,
                ["confidence"] = item.Confidence,
            });
        }

        return line;
    }

    private JsonObject PredictionOf(ExampleItem item) => new()
    {
        ["model"] = world.Model,
        ["version"] = ExampleWorld.Version,
        ["label"] = AnswerOf(item.Said!),
        ["confidence"] = item.Confidence,
    };

    /// <summary>Keeps what is told the model said later.</summary>
    protected void Know(ExampleItem item)
    {
        using var input = JsonDocument.Parse(item.Json);
        _byInput[DemoTasks.KeyOf(input.RootElement)] = item;
        _byKey[item.Id] = item;
    }

    private ExampleItem Find(JsonElement input) => _byInput[DemoTasks.KeyOf(input)];

    private void Step(int count) => _progress(Interlocked.Add(ref _steps, count));
}

/// <summary>Something that was decided.</summary>
/// <param name="Given">The label that was given out.</param>
/// <param name="Accepted">Whether the rules gave it to the machine.</param>
internal sealed record ExampleCase(ExampleItem Item, string Given, bool Accepted);
