using Crowd.Api.Examples;
using Crowd.Api.Jobs;
using Crowd.Api.Loop;
using Crowd.Api.Tests.Servers;
using Crowd.Domain;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Crowd.Api.Tests.Examples;

/// <summary>
/// 200 worlds of each example, with the job and rules that its page makes, through the deciders, the consensus and the report: what the report says holds the truth, which
/// it does not see, at its level.
/// </summary>
[Collection(SqliteStage.Name)]
public sealed class CoverageTests(SqliteStage stage, ITestOutputHelper output)
{
    private const int Worlds = 200;
    private const double Level = 0.95;

    /// <summary>A report that holds the truth exactly at its level does so in 181 of 200 worlds or fewer with a probability of 0.6 % (binomial).</summary>
    private const int Least = 182;

    [Theory]
    [InlineData("moderation")]
    [InlineData("preferences")]
    [InlineData("reading")]
    [InlineData("loans")]
    public async Task Over_200_worlds_the_report_holds_the_truth_at_its_level(string example)
    {
        var spec = await SpecAsync(example);
        var sums = new SortedDictionary<string, (int Held, double Truth, double Value, double Width)>(StringComparer.Ordinal);
        for (var seed = 1; seed <= Worlds; seed++)
        {
            var trial = Live(example, spec, seed);
            var report = OversightReport.Of(spec, trial.Data, example == "loans" ? new(null, null, Level, "input.group", "approve") : new(null, null, Level));
            CheckReleases(trial, spec.Loop!);
            Check(report, trial, spec, (name, estimate, truth) =>
            {
                var (held, truths, values, width) = sums.GetValueOrDefault(name);
                var holds = estimate.Low is { } low && estimate.High is { } high && truth >= low - 1e-9 && truth <= high + 1e-9;
                sums[name] = (held + (holds ? 1 : 0), truths + truth, values + estimate.Value ?? 0, width + ((estimate.High ?? 0) - (estimate.Low ?? 0)));
            });
        }

        foreach (var (name, (held, truth, value, width)) in sums)
            output.WriteLine($"{example}, {name}: held {held} of {Worlds}; on average {truth / Worlds:G5}, estimated {value / Worlds:G5}, interval {width / Worlds:G4} wide");
        Assert.All(sums, s => Assert.True(s.Value.Held >= Least, $"{example}, {s.Key}: {s.Value.Held} of {Worlds}, wanted {Least}"));
    }

    private static void Check(OversightView report, Trial trial, JobSpec spec, Action<string, EstimateView, double> check)
    {
        var names = Prediction.ClassNames(spec.Schema).ToList();
        var costs = spec.Loop!.Costs.ToDictionary(c => (c.Truth, c.Given), c => (double)c.CostMicros);
        var critical = costs.Count == 0 ? 1 : costs.Values.Max();
        double CostOf(string truth, string given) => truth == given ? 0 : costs.Count == 0 ? 1 : costs.GetValueOrDefault((truth, given));
        double IsCritical(string truth, string given) => CostOf(truth, given) >= critical ? 1 : 0;
        var cases = trial.Cases;
        var predicted = cases.Where(c => c.Item.Said is not null).ToList();
        var machine = predicted.Average(c => c.Item.Said == c.Item.Truth ? 1.0 : 0);
        check("accuracy of the machine", report.MachineAccuracy, machine);
        check("accuracy of the hybrid", report.HybridAccuracy, cases.Average(c => c.Given == c.Item.Truth ? 1.0 : 0));
        check("critical errors of the machine", report.MachineCritical, predicted.Average(c => IsCritical(c.Item.Truth, c.Item.Said!)));
        check("critical errors of the hybrid", report.HybridCritical, cases.Average(c => IsCritical(c.Item.Truth, c.Given)));
        check("cost of errors of the machine", report.MachineErrorCost, predicted.Sum(c => CostOf(c.Item.Truth, c.Item.Said!)));
        check("cost of errors of the hybrid", report.HybridErrorCost, cases.Sum(c => CostOf(c.Item.Truth, c.Given)));
        check("accuracy of people", report.PeopleAccuracy, cases.Average(c => c.People == c.Item.Truth ? 1.0 : 0));
        check("critical errors of people", report.PeopleCritical, cases.Average(c => IsCritical(c.Item.Truth, c.People)));
        check("cost of errors of people", report.PeopleErrorCost, cases.Sum(c => CostOf(c.Item.Truth, c.People)));
        check("gain", report.Gain, cases.Average(c => (c.Given == c.Item.Truth ? 1.0 : 0) - ((c.Item.Said ?? c.Given) == c.Item.Truth ? 1.0 : 0)));
        foreach (var parity in report.Parity.Where(p => p.By == "people"))
            check($"approvals by people in group {parity.Group}", parity.Rate, cases.Where(c => (string)c.Item.Input["group"]! == parity.Group).Average(c => c.People == "approve" ? 1.0 : 0));
        if (!cases.Exists(c => c.Accepted))
            return;
        check("accuracy of what was accepted", report.AcceptedAccuracy, cases.Where(c => c.Accepted).Average(c => c.Item.Said == c.Item.Truth ? 1.0 : 0));
        check("savings", report.SavedMicros, cases.Where(c => c is { Accepted: true, Looked: false }).Sum(c => c.SpentMicros));
    }

    /// <summary>Nothing held was released without a person, no label that wants one by the machine, and nothing twice.</summary>
    private static void CheckReleases(Trial trial, LoopPolicy policy)
    {
        foreach (var (state, events) in trial.Histories)
        {
            var released = Assert.Single(events.OfType<DecisionEvent.Released>());
            Assert.Equal(released, events.Last(e => e is not DecisionEvent.Audited));
            if (events.OfType<DecisionEvent.Held>().LastOrDefault() is { } held)
                Assert.True(released.By == ReleasedBy.Person || (released.By == ReleasedBy.Consensus && held.For != RouteAction.Hold), $"{state}: released by {released.By}");
            if (released.By == ReleasedBy.Machine)
                Assert.DoesNotContain(Prediction.ClassName(released.Label), policy.PersonRequired);
        }
    }

    private static Trial Live(string example, JobSpec spec, int seed)
    {
        switch (example)
        {
            case "moderation":
                {
                    var world = new ModerationWorld(seed);
                    var trial = new Trial(spec, world);
                    trial.Label(world.Past);
                    var given = world.Stream.Select(trial.Ask).ToList();
                    foreach (var appeal in given.Select(g => world.AppealOf(g.Item, g.Given)).OfType<ExampleItem>())
                        trial.Ask(appeal);
                    return trial;
                }

            case "preferences":
                {
                    var world = new PreferenceWorld(seed);
                    var trial = new Trial(spec, world);
                    var model = RewardModel.Train([.. trial.Label(world.Past).Select(c => Pair(c.Item, c.Given))]);
                    ExampleItem Scored(ExampleItem pair) => PreferenceWorld.Scored(pair, model.Score((string)pair.Input["left"]!), model.Score((string)pair.Input["right"]!));
                    trial.Label([.. world.Held.Select(Scored)]);
                    trial.Import([.. world.Stream.Select(Scored)]);
                    return trial;
                }

            case "reading":
                {
                    var world = new ReadingWorld(seed);
                    var trial = new Trial(spec, world);
                    foreach (var study in world.Stream)
                        trial.Ask(study);
                    return trial;
                }

            default:
                {
                    var world = new LoanWorld(seed);
                    var trial = new Trial(spec, world);
                    trial.Label(world.Past);
                    foreach (var application in world.Stream)
                        trial.Ask(application);
                    return trial;
                }
        }
    }

    private static (string Chosen, string Rejected) Pair(ExampleItem pair, string preferred) =>
        preferred == "left" ? ((string)pair.Input["left"]!, (string)pair.Input["right"]!) : ((string)pair.Input["right"]!, (string)pair.Input["left"]!);

    /// <summary>The job as the example's page makes it.</summary>
    private async Task<JobSpec> SpecAsync(string example)
    {
        var documents = new ExampleDocuments(example);
        var job = (await stage.Cast.Owner.SendAsync(documents["Post"], new { requester = stage.Cast.Organisation })).GetProperty("id").GetString()!;
        await stage.Cast.Owner.SendAsync(documents["Rules"], new { job });
        return (await stage.Server.Services.GetRequiredService<JobReads>().FindAsync(JobId.From(job), CancellationToken.None))!.Specification;
    }
}
