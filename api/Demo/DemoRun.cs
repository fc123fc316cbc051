using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Crowd.Api.Hosting;
using Crowd.Domain;

namespace Crowd.Api.Demo;

/// <summary>
/// The main job on real input, over HTTP: an organisation posts and funds a job, 25 simulated workers answer it, the job closes, and what came of it
/// is measured against the truth.
/// </summary>
internal sealed partial class DemoRun(HttpClient http, DemoTasks tasks, int seed, Reads reads)
{
    private const int Redundancy = 5;
    private const long PayMicros = 20_000;
    private const string Organisation = "Demo organisation";

    private static readonly (WorkerKind Kind, int Count)[] Staff =
        [(WorkerKind.Good, 9), (WorkerKind.Average, 8), (WorkerKind.Lazy, 3), (WorkerKind.Spamming, 3), (WorkerKind.Colluding, 2)];

    /// <summary>One account of each role, to sign in with.</summary>
    public static readonly IReadOnlyList<(string Role, string Email)> Accounts =
    [
        ("administrator", Backstage.Administrator), ("requester", "requester@demo.crowd.example"),
        ("quality manager", "quality@demo.crowd.example"), ("worker", "good-1@demo.crowd.example"),
    ];

    private readonly Backstage _backstage = new(http);

    /// <summary>Prepares the accounts and the job, has it done and measures.</summary>
    /// <param name="begun">Told the job and how many tasks it has, before work begins.</param>
    /// <param name="progress">Told how many tasks are decided and answers given.</param>
    /// <param name="cancellationToken">Ends the demo.</param>
    public async Task<DemoReport> RunAsync(Action<string, int> begun, Action<int, int> progress, CancellationToken cancellationToken)
    {
        var admin = await _backstage.SignInAsync(Accounts[0].Email, "Demo administrator", cancellationToken);
        var requester = await _backstage.SignInAsync(Accounts[1].Email, "Demo requester", cancellationToken);
        await _backstage.AppointAsync(admin, Accounts[2].Email, "Demo quality manager", cancellationToken);
        var workers = await HireAsync(cancellationToken);
        var (job, funded) = await PostAsync(requester, cancellationToken);
        begun(job, tasks.Truth.Count);

        var answers = 0;
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var turn = await Task.WhenAll(workers.Select(w => w.WorkAsync(job, n => progress(-1, Interlocked.Add(ref answers, n)), cancellationToken)));
            var decided = (await JobAsync(requester, job, cancellationToken)).GetProperty("decidedCount").GetInt32();
            progress(decided, answers);
            if (decided == tasks.Truth.Count || turn.Sum() == 0)
                break;
        }

        watch.Stop();
        await Backstage.CloseAsync(requester, job, cancellationToken);
        return await MeasureAsync(requester, job, funded, answers / Math.Max(watch.Elapsed.TotalSeconds, 1e-3), workers, cancellationToken);
    }

    private async Task<List<DemoWorker>> HireAsync(CancellationToken cancellationToken)
    {
        var workers = new List<DemoWorker>();
        foreach (var (kind, count) in Staff)
        {
            for (var i = 1; i <= count; i++)
            {
                var name = $"{kind.ToString().ToLowerInvariant()}-{i}";
                var (client, id) = await _backstage.HireAsync($"{name}@demo.crowd.example", name, cancellationToken);
                workers.Add(new(client, id, kind, seed + i, tasks));
            }
        }

        return workers;
    }

    private async Task<(string Job, long FundedMicros)> PostAsync(ApiClient requester, CancellationToken cancellationToken)
    {
        var organisation = await Backstage.OrganisationAsync(requester, Organisation, cancellationToken);
        var policies = new JsonObject
        {
            ["payMicros"] = PayMicros,
            ["minAnswers"] = 3,
            ["maxAnswers"] = Redundancy,
            ["targetConfidence"] = 0.9,
            ["leaseTime"] = "PT5M",
            ["leasesPerWorker"] = 5,
        };
        var spec = new JsonObject
        {
            ["title"] = "What does the customer want?",
            ["instructions"] = "Read the text and choose the label that fits best.",
            ["schema"] = new JsonObject { ["singleChoice"] = new JsonObject { ["labels"] = new JsonArray([.. tasks.Labels.Select(l => (JsonNode)l)]) } },
            ["policies"] = policies,
        };
        var created = (await requester.SendAsync(
            "mutation($requester: ID!, $job: JobInput!) { createJob(requester: $requester, job: $job) { id costOfAnswerMicros } }",
            new() { ["requester"] = organisation, ["job"] = spec }, cancellationToken)).GetProperty("createJob");
        var job = created.GetProperty("id").GetString()!;
        var report = await requester.ImportAsync(job, new MemoryStream(tasks.Upload), tasks.ContentType, cancellationToken);
        if (report.GetProperty("refused").GetBoolean())
            throw new InvalidDataException($"The tasks were refused; the first bad line is {report.GetProperty("badLines")[0]}.");

        var funded = created.GetProperty("costOfAnswerMicros").GetInt64() * Redundancy * tasks.Truth.Count;
        await Backstage.TopUpAsync(requester, organisation, funded, cancellationToken);
        await requester.SendAsync("mutation($job: ID!, $amount: Long!) { fundJob(id: $job, amountMicros: $amount) { id } openJob(id: $job) { status } }",
            new() { ["job"] = job, ["amount"] = funded }, cancellationToken);
        return (job, funded);
    }

    private static async Task<JsonElement> JobAsync(ApiClient requester, string job, CancellationToken cancellationToken) =>
        (await requester.SendAsync("query($job: ID!) { job(id: $job) { status decidedCount answerCount returnedMicros } }", new() { ["job"] = job }, cancellationToken)).GetProperty("job");
}
