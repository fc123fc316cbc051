using Crowd.Consensus.Numerics;
using Crowd.Consensus.Oversight;

namespace Crowd.Consensus.Tests.Oversight;

public class HybridReportTests
{
    /// <summary>A true "harmful" let through is the critical error.</summary>
    private static readonly ErrorCosts Costs = new(2, [0, 1, 10, 0], 10);

    [Theory]
    [InlineData(.975, 10, 2.228138851964939)]
    [InlineData(.95, 1, 6.313751514675043)]
    [InlineData(.975, 1000, 1.9623390808264078)]
    public void Student_s_quantiles_are_those_of_the_tables(double probability, double freedom, double t) => Assert.Equal(t, Student.Quantile(probability, freedom), 6);

    [Fact]
    public void Figures_are_those_of_a_world_that_can_be_counted()
    {
        HybridCase[] cases =
        [
            .. Enumerable.Repeat(Case(machine: 0, final: 0, accepted: true, reference: -1, chance: .5, cost: 0), 4),
            .. Enumerable.Repeat(Case(machine: 0, final: 0, accepted: true, reference: 0, chance: .5, cost: 3), 3),
            Case(machine: 0, final: 1, accepted: true, reference: 1, chance: .5, cost: 3), // people looked and overruled
            .. Enumerable.Repeat(Case(machine: 1, final: 1, accepted: false, reference: 1, chance: 1, cost: 3), 2),
        ];
        var report = HybridReport.Of(cases, Costs);
        Assert.Equal((10, 8, 4), (report.Cases, report.Accepted, report.Audited));
        Assert.Equal(.4, report.Automated.Value, 12);
        Assert.Equal(.75, report.AcceptedAccuracy.Value, 12);
        Assert.Equal((2 + (8 * .75)) / 10, report.MachineAccuracy.Value, 12);
        Assert.Equal((2 + (8 * .75) + 1) / 10, report.HybridAccuracy.Value, 12);

        // Their labels are sure, and they never say what is wrong.
        Assert.Equal((1, 0, 0), (report.PeopleAccuracy.Value, report.PeopleCritical.Value, report.PeopleErrorCost.Value));

        // A quarter of eight, all of them critical; one was mended.
        Assert.Equal(.2, report.MachineCritical.Value, 12);
        Assert.Equal(.1, report.HybridCritical.Value, 12);
        Assert.Equal(20, report.MachineErrorCost.Value, 9);
        Assert.Equal(10, report.HybridErrorCost.Value, 9);
        Assert.Equal(18, report.Cost, 12);
        Assert.Equal(12, report.Saved.Value, 12);
    }

    [Fact]
    public void Costs_that_are_all_alike_in_a_small_sample_are_not_taken_for_certain()
    {
        HybridCase[] cases =
        [
            .. Enumerable.Repeat(Case(machine: 0, final: 0, accepted: true, reference: -1, chance: .5, cost: 0), 20),
            .. Enumerable.Repeat(Case(machine: 0, final: 0, accepted: true, reference: 0, chance: .5, cost: 2), 10),
            .. Enumerable.Repeat(Case(machine: 1, final: 1, accepted: false, reference: 1, chance: 1, cost: 3), 5),
        ];
        var saved = HybridReport.Of(cases, Costs).Saved;
        Assert.Equal(40, saved.Value, 12);
        Assert.InRange(saved.Low, 30, 39.9);
        Assert.InRange(saved.High, 40.1, 50);
    }

    [Fact]
    public void Nothing_decided_gives_nothing_measured()
    {
        var report = HybridReport.Of([Case(machine: 0, final: -1, accepted: false, reference: -1, chance: 1, cost: 0)], Costs);
        Assert.Equal(0, report.Cases);
        Assert.False(report.HybridAccuracy.IsMeasured);
        Assert.False(report.MachineAccuracy.IsMeasured);
        Assert.True(double.IsNaN(report.Calibration.ExpectedError));
    }

    /// <summary>Four systems like those of the worked examples, 200 worlds each: what the report says holds the truth, which it does not see.</summary>
    [Theory]
    [InlineData("moderation", .85, .95, .15, .99, .95)]
    [InlineData("preferences", .70, .90, .20, .97, .95)]
    [InlineData("medical", .80, 2.0, .00, .995, .95)]
    [InlineData("loans", .88, .90, .25, .98, .90)]
    public void Over_200_worlds_the_estimates_hold_the_truth_at_their_level(string name, double machineSkill, double acceptFrom, double auditRate, double peopleSkill, double level)
    {
        const int Worlds = 200;
        var held = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var seed = 1; seed <= Worlds; seed++)
        {
            var (cases, truth) = World(new Random(seed), machineSkill, acceptFrom, auditRate, peopleSkill);
            var report = HybridReport.Of(cases, Costs, level);
            Check("machine", report.MachineAccuracy, Rate((c, t) => c.Machine == t));
            Check("hybrid", report.HybridAccuracy, Rate((c, t) => c.Final == t));
            Check("critical alone", report.MachineCritical, Rate((c, t) => Costs.IsCritical(t, c.Machine)));
            Check("critical", report.HybridCritical, Rate((c, t) => Costs.IsCritical(t, c.Final)));
            if (report.Accepted > 0)
            {
                var accepted = cases.Zip(truth).Where(p => p.First.Accepted).ToList();
                Check("accepted", report.AcceptedAccuracy, accepted.Count(p => p.First.Machine == p.Second) / (double)accepted.Count);
                Check("saved", report.Saved, cases.Where(c => c.Accepted && c.Reference < 0).Sum(c => Price(c.Confidence)));
                Check("gain", report.Gain, Rate((c, t) => c.Final == t) - Rate((c, t) => c.Machine == t));
            }

            double Rate(Func<HybridCase, int, bool> holds) => cases.Zip(truth).Count(p => holds(p.First, p.Second)) / (double)cases.Count;

            void Check(string what, Estimate estimate, double value) =>
                held[what] = held.GetValueOrDefault(what) + (estimate.Covers(value) ? 1 : 0);
        }

        var least = (level - (2.6 * Math.Sqrt(level * (1 - level) / Worlds))) * Worlds;
        Assert.All(held, h => Assert.True(h.Value >= least, $"{name}, {h.Key}: {h.Value} of {Worlds}, wanted {least:F0}"));
    }

    /// <summary>What people cost: the unsure cases take more answers.</summary>
    private static double Price(double confidence) => confidence > .97 ? 2 : 3;

    private static (List<HybridCase> Cases, List<int> Truth) World(Random random, double machineSkill, double acceptFrom, double auditRate, double peopleSkill)
    {
        var (cases, truths) = (new List<HybridCase>(), new List<int>());
        for (var i = 0; i < 800; i++)
        {
            var truth = random.NextDouble() < .3 ? 1 : 0;

            // The machine knows how sure it is, on the whole too sure.
            var skill = Math.Clamp(machineSkill + ((random.NextDouble() - .5) * .3), .5, .995);
            var machine = random.NextDouble() < skill ? truth : 1 - truth;
            var confidence = Math.Min(.999, skill + .02);
            var accepted = confidence >= acceptFrom;
            var looked = !accepted || random.NextDouble() < auditRate;
            var reference = !looked ? -1 : random.NextDouble() < peopleSkill ? truth : 1 - truth;
            truths.Add(truth);
            cases.Add(Case(machine, looked ? reference : machine, accepted, reference, accepted ? auditRate : 1, looked ? Price(confidence) : 0) with
            {
                Confidence = confidence,
                ReferenceConfidence = peopleSkill,
            });
        }

        return (cases, truths);
    }

    private static HybridCase Case(int machine, int final, bool accepted, int reference, double chance, double cost) => new()
    {
        Machine = machine,
        Final = final,
        Accepted = accepted,
        Reference = reference,
        Probability = chance,
        Cost = cost,
        Confidence = double.NaN,
        ReferenceConfidence = 1,
        AnswersRight = double.NaN,
        Seconds = double.NaN,
    };
}
