using System.Security.Cryptography;
using System.Text;
using Crowd.Marketplace.Jobs;

namespace Crowd.Marketplace.Tests;

/// <summary>Short ways to a requester with money, workers, a job with tasks.</summary>
internal static class Cast
{
    public const string Actor = "test";

    public static readonly Uri Home = new("https://crowd.example/");

    public static readonly LabelSchema YesNo = new LabelSchema.SingleChoice { Labels = ["yes", "no"] };

    public static readonly Answer Yes = new Answer.Choice("yes");

    public static readonly Answer No = new Answer.Choice("no");

    /// <summary>Pays a cent and 20 % for every answer; two answers that agree decide.</summary>
    public static JobSpec Spec(Func<JobPolicies, JobPolicies>? policies = null, LabelSchema? schema = null)
    {
        var plain = new JobPolicies { PayMicros = 10_000, Redundancy = new() { MinAnswers = 2, MaxAnswers = 3, TargetConfidence = 0.8 } };
        return new() { Title = "Is it so?", Schema = schema ?? YesNo, Policies = policies?.Invoke(plain) ?? plain };
    }

    public static RequesterId AddRequester(this Market market, long units = 1_000)
    {
        var id = market.Ids.Next<RequesterId>();
        market.Must(() => market.Requester(id).RegisterAsync("Acme", market.Ids.Next<PersonId>(), Actor));
        market.TopUp(id, new(units * Currency.MicrosPerUnit, Currency.Usd));
        return id;
    }

    public static TopUpId TopUp(this Market market, RequesterId requester, Money amount)
    {
        var id = market.Ids.Next<TopUpId>();
        market.Must(() => market.TopUp(id).StartAsync(requester, amount, Home, Actor));
        return id;
    }

    public static WorkerId AddWorker(this Market market)
    {
        var id = market.Ids.Next<WorkerId>();
        market.Must(() => market.Worker(id).RegisterAsync(market.Ids.Next<PersonId>(), Actor));
        return id;
    }

    public static WorkerId[] AddWorkers(this Market market, int count) => [.. Enumerable.Range(0, count).Select(_ => market.AddWorker())];

    public static JobId AddDraft(this Market market, RequesterId requester, JobSpec? spec = null)
    {
        var id = market.Ids.Next<JobId>();
        return market.Must(() => market.Requester(requester).CreateJobAsync(id.Value, spec ?? Spec(), "hash", id, Actor));
    }

    /// <summary>An open job with tasks <c>t0</c>, <c>t1</c>, … and gold tasks <c>g0</c>, … that are so.</summary>
    public static JobId AddJob(this Market market, RequesterId requester, int tasks = 1, JobSpec? spec = null, long? fundMicros = null, int gold = 0)
    {
        var job = market.AddDraft(requester, spec);
        market.Import(job, [.. Enumerable.Range(0, tasks).Select(i => Draft($"t{i}")), .. Enumerable.Range(0, gold).Select(i => Draft($"g{i}") with { Gold = Yes })]);
        market.Fund(requester, job, fundMicros ?? 10 * Currency.MicrosPerUnit);
        market.Must(() => market.Job(job).OpenAsync(Actor));
        return job;
    }

    public static TaskDraft Draft(string externalId, string input = """{"text":"It is so."}""") => new()
    {
        ExternalId = externalId,
        Input = input,
        InputHash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(input))),
    };

    public static AddedTasks Import(this Market market, JobId job, params TaskDraft[] drafts) => market.Must(() => market.Job(job).AddTasksAsync("import", drafts, Actor));

    public static HoldId Fund(this Market market, RequesterId requester, JobId job, long micros)
    {
        var hold = market.Ids.Next<HoldId>();
        market.Must(() => market.Requester(requester).FundJobAsync(hold, job, new(micros, Currency.Usd), Actor));
        return hold;
    }

    public static IReadOnlyList<Lease> Request(this Market market, JobId job, WorkerId worker, int count = 1) =>
        market.Must(() => market.Job(job).RequestWorkAsync(worker, count, Actor));

    public static bool Submit(this Market market, Lease lease, WorkerId worker, Answer answer) =>
        market.Must(() => market.Task(lease.Assignment.Task).SubmitAsync(lease.Assignment, worker, answer, Actor)).Repeated;

    /// <summary>Requests one task and answers it.</summary>
    public static AssignmentId Work(this Market market, JobId job, WorkerId worker, Answer answer)
    {
        var lease = market.Request(job, worker)[0];
        Assert.False(market.Submit(lease, worker, answer));
        return lease.Assignment;
    }
}
