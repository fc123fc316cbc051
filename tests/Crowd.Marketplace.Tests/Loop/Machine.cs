using Crowd.Marketplace.Loop;
using Crowd.Marketplace.Tables;

namespace Crowd.Marketplace.Tests.Loop;

/// <summary>Short ways to a job with a policy for machines, an approved model, decisions.</summary>
internal static class Machine
{
    public const string Input = """{"text":"It is so.","amount":5}""";

    /// <summary>Accepts from 0.9, sends 0.6 up to 0.9 to the crowd, 0.3 up to 0.6 to those who have <c>expert</c>, and holds the rest.</summary>
    public static readonly LoopPolicy Policy = new()
    {
        Rules =
        [
            new() { Id = "sure", When = new() { Confidence = new(0.9, null) }, Action = RouteAction.Accept },
            new() { Id = "likely", When = new() { Confidence = new(0.6, 0.9) }, Action = RouteAction.Crowd },
            new() { Id = "unsure", When = new() { Confidence = new(0.3, 0.6) }, Action = RouteAction.Expert, Qualification = "expert" },
            new() { Id = "rest", Action = RouteAction.Hold },
        ],
        Gate = new() { ServiceLevel = TimeSpan.FromMinutes(10) },
    };

    public static Prediction Says(Answer label, double? confidence, string version = "1", string model = "net") =>
        new() { Model = model, Version = version, Label = label, Confidence = confidence };

    /// <summary>An open job with no tasks, the policy, and version 1 of the model approved.</summary>
    public static JobId AddGate(this Market market, RequesterId requester, LoopPolicy? policy = null, bool approved = true, JobSpec? spec = null)
    {
        var job = market.AddDraft(requester, spec);
        market.Must(() => market.Job(job).ChangeLoopAsync(policy ?? Policy, Cast.Actor));
        market.Fund(requester, job, 10 * Currency.MicrosPerUnit);
        market.Must(() => market.Job(job).OpenAsync(Cast.Actor));
        if (approved)
            market.Approve(job);
        return job;
    }

    public static void Approve(this Market market, JobId job, string version = "1")
    {
        market.Must(() => market.Models(job).MeasureAsync("net", version, Figures(100), Cast.Actor));
        market.Must(() => market.Models(job).ApproveAsync("net", version, "good", Cast.Actor));
    }

    public static ModelFigures Figures(int tasks) => new() { Tasks = tasks, Right = tasks, Accuracy = 1, Low = 0.9, High = 1, Basis = "test" };

    public static DecisionSight Ask(this Market market, JobId job, string key, Answer label, double confidence, string input = Input) =>
        market.Must(() => market.Gate(job).RequestAsync(new(key, input, Says(label, confidence)), Cast.Actor));

    public static Row DecisionRow(this Market market, DecisionId id) => market.Row(DecisionsTable.Table, id.Value);

    public static string StatusOf(this Market market, DecisionId id) => market.DecisionRow(id).Columns[DecisionsTable.Status].Text;

    public static AddedPredictions Predict(this Market market, JobId job, params (string ExternalId, Prediction Said)[] said) =>
        market.Must(() => market.Predictions(job).AddAsync([.. said.Select(s => new PredictionDraft(null, s.ExternalId, s.Said))], Cast.Actor));

    /// <summary>How often each decision was released, by the log.</summary>
    public static Dictionary<string, int> Releases(this Market market) =>
        market.Events().Where(e => e.Event is DecisionEvent.Released).GroupBy(e => e.Stored.Stream, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
}
