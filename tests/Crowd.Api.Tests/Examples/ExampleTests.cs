using System.Text.Json;
using Crowd.Api.Demo;
using Crowd.Api.Examples;
using Crowd.Api.Tests.Servers;

namespace Crowd.Api.Tests.Examples;

/// <summary>Each example once, small, from its first account to its report, over HTTP.</summary>
public sealed class ExampleTests(ExampleServer server) : IClassFixture<ExampleServer>
{
    [Fact]
    public async Task Moderation_lets_the_machine_decide_and_audits_it_and_people_decide_appeals()
    {
        var (report, unused) = await PlayAsync(http => new ModerationRun(http, new(3, past: 40, stream: 80)));
        var figures = Figures(report);
        Assert.Equal(40 + 80 + figures["appeals"], report.GetProperty("truth").GetProperty("cases").GetInt32());
        Assert.Equal(80 + figures["appeals"], figures["decisions"]);
        Assert.True(figures["releasedByMachine"] > 20 && report.GetProperty("report").GetProperty("audited").GetInt32() > 0);
        Assert.True(figures["appeals"] > 0 && figures["heldForPerson"] >= figures["appeals"]);
        CheckGate(figures);
        CheckReport(report.GetProperty("report"));
        Assert.Empty(unused);

        // What errors cost is what the page's rules say, and not every error is critical.
        var critical = report.GetProperty("report").GetProperty("machineCritical").GetProperty("value").GetDouble();
        Assert.True(critical < 1 - report.GetProperty("report").GetProperty("machineAccuracy").GetProperty("value").GetDouble());
        Assert.True(report.GetProperty("report").GetProperty("machineErrorCost").GetProperty("value").GetDouble() > 100_000);
    }

    [Fact]
    public async Task Preferences_train_a_reward_model_whose_scores_decide_clear_pairs()
    {
        var (report, unused) = await PlayAsync(http => new PreferenceRun(http, new(3, first: 10, held: 10, stream: 10)));
        var figures = Figures(report);
        Assert.Equal(report.GetProperty("truth").GetProperty("cases").GetInt32(), figures["pairsExported"]);
        Assert.InRange(figures["spearmanWithTrueQuality"], 0.6, 1);
        Assert.InRange(figures["spearmanOfRewardModel"], 0.5, 1);
        Assert.True(figures["decidedByRewardModel"] > 5);
        CheckReport(report.GetProperty("report"));

        // It asks no gate, and nobody needs a qualification.
        Assert.Equal(["Ask", "Grant", "Resolve"], unused);
    }

    [Fact]
    public async Task Reading_has_two_readers_and_a_senior_and_nothing_without_a_person()
    {
        var (report, unused) = await PlayAsync(http => new ReadingRun(http, new(3, stream: 50)));
        var figures = Figures(report);
        Assert.Equal((50, 0), (figures["decisions"], figures["releasedByMachine"]));
        Assert.Equal(50, figures["releasedByConsensus"] + figures["releasedByPerson"]);
        Assert.Equal(figures["adjudicated"], figures["releasedByPerson"] / 50, 9);
        Assert.InRange(figures["readersAgree"], 0.6, 0.99);
        CheckGate(figures);
        CheckReport(report.GetProperty("report"));

        // No version is approved, nothing is held for a person from the beginning.
        Assert.Equal(["Approve", "Measure", "Resolve"], unused);
    }

    [Fact]
    public async Task Loans_hold_strong_applicants_who_are_denied_and_the_report_tells_groups_apart()
    {
        // A world in which an officer has something to stop.
        var world = Enumerable.Range(1, 100).Select(seed => new LoanWorld(seed, past: 40, stream: 120)).First(w => w.Stream.Any(a => w.Stops(a) && IsAccepted(a)));
        var (report, unused) = await PlayAsync(http => new LoanRun(http, world));
        var figures = Figures(report);
        Assert.Equal(120, figures["decisions"]);
        Assert.True(figures["edgeCaseRuleHits"] > 0 && figures["edgeCasesApproved"] > 0);
        Assert.True(figures["approvedMachineB"] < figures["approvedHybridB"], "People approved no more of group B than the machine.");
        Assert.True(figures["releasedByPerson"] >= figures["heldForPerson"]);
        CheckGate(figures);
        CheckReport(report.GetProperty("report"));
        Assert.Empty(unused);
    }

    private async Task<(JsonElement Report, IReadOnlyList<string> Unused)> PlayAsync(Func<HttpClient, ExampleRun> make)
    {
        using var http = Backstage.Connect(server.Address.ToString());
        var run = make(http);
        var report = await run.RunAsync(static _ => { }, CancellationToken.None);
        return (JsonSerializer.SerializeToElement(report, ApiJson.Default.ExampleReport), [.. run.Documents.Unused]);
    }

    /// <summary>As the rules of the page say.</summary>
    private static bool IsAccepted(ExampleItem application) => application is { Said: "approve", Confidence: >= 0.9 } && (int)application.Input["amount"]! < 50_000;

    private static Dictionary<string, double> Figures(JsonElement report) => report.GetProperty("figures").EnumerateArray()
        .ToDictionary(f => f.GetProperty("name").GetString()!, f => f.GetProperty("value").GetDouble(), StringComparer.Ordinal);

    private static void CheckGate(Dictionary<string, double> figures)
    {
        Assert.Equal(figures["decisions"], figures["releasedByMachine"] + figures["releasedByConsensus"] + figures["releasedByPerson"]);
        Assert.Equal((0, 0), (figures["heldReleasedWithoutPerson"], figures["releasedMoreThanOnce"]));
    }

    private static void CheckReport(JsonElement report)
    {
        foreach (var name in (string[])["machineAccuracy", "peopleAccuracy", "hybridAccuracy", "machineCritical", "peopleCritical", "hybridCritical"])
        {
            var estimate = report.GetProperty(name);
            var (low, value, high) = (estimate.GetProperty("low").GetDouble(), estimate.GetProperty("value").GetDouble(), estimate.GetProperty("high").GetDouble());
            Assert.True(low >= 0 && low <= value && value <= high && high <= 1, $"{name}: {low} {value} {high}");
        }

        Assert.True(report.GetProperty("hybridAccuracy").GetProperty("value").GetDouble() > report.GetProperty("machineAccuracy").GetProperty("value").GetDouble() - 0.05);
        Assert.True(report.GetProperty("costMicros").GetDouble() > 0);
    }
}

/// <summary>A server with the administrator that examples sign in as.</summary>
public sealed class ExampleServer() : TestServer(folder => $"Data Source={Path.Combine(folder, "crowd.db")}", Backstage.Configuration);
