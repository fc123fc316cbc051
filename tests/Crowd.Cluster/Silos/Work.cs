using System.Collections.Concurrent;
using System.Security.Cryptography;
using Crowd.Marketplace.Jobs;
using Crowd.Marketplace.Log;
using Crowd.Marketplace.Payments;
using Crowd.Marketplace.Requesters;
using Crowd.Marketplace.Tables;
using Crowd.Marketplace.Tasks;
using Crowd.Marketplace.Workers;
using Crowd.Silo.Verification;

namespace Crowd.Cluster.Silos;

/// <summary>A funded job and workers who answer its tasks, and what was acknowledged to them.</summary>
public sealed class Work
{
    private const string Actor = "test";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(25);

    private readonly IdSource _ids = new(TimeProvider.System, Random.Shared);
    private readonly IClusterClient _client;
    private int _wanted;

    private Work(IClusterClient client) => _client = client;

    public RequesterId Requester { get; private set; }

    public JobId Job { get; private set; }

    public WorkerId[] Workers { get; private set; } = [];

    /// <summary>Answers that were acknowledged.</summary>
    public ConcurrentBag<AssignmentId> Acknowledged { get; } = [];

    /// <summary>Calls that failed: nobody may have seen one where calls are made again.</summary>
    public ConcurrentBag<Exception> Failures { get; } = [];

    public static async Task<Work> BeginAsync(IClusterClient client, int tasks, int workers, long fundMicros = 10_000_000)
    {
        var work = new Work(client) { _wanted = 2 * tasks };
        var ids = work._ids;
        work.Requester = ids.Next<RequesterId>();
        var requester = client.GetGrain<IRequesterGrain>(work.Requester.Value);
        Must(await requester.RegisterAsync("Acme", ids.Next<PersonId>(), Actor));
        Must(await client.GetGrain<ITopUpGrain>(ids.Next<TopUpId>().Value).StartAsync(work.Requester, new(1_000_000_000, Currency.Usd), new("https://crowd.example/"), Actor));
        var spec = new JobSpec
        {
            Title = "Is it so?",
            Schema = new LabelSchema.SingleChoice { Labels = ["yes", "no"] },
            Policies = new() { PayMicros = 10_000, Redundancy = new() { MinAnswers = 2, MaxAnswers = 2 }, Caps = new() { LeasesPerWorker = 1 }, LeaseTime = TimeSpan.FromSeconds(10) },
        };
        var job = ids.Next<JobId>();
        work.Job = Must(await requester.CreateJobAsync(job.Value, spec, "hash", job, Actor));
        Must(await client.GetGrain<IJobGrain>(work.Job.Value).AddTasksAsync("import", [.. Enumerable.Range(0, tasks).Select(Draft)], Actor));
        Must(await requester.FundJobAsync(ids.Next<HoldId>(), work.Job, new(fundMicros, Currency.Usd), Actor));
        await work.FundedAsync();
        Must(await client.GetGrain<IJobGrain>(work.Job.Value).OpenAsync(Actor));
        work.Workers = [.. Enumerable.Range(0, workers).Select(_ => ids.Next<WorkerId>())];
        foreach (var worker in work.Workers)
            Must(await client.GetGrain<IWorkerGrain>(worker.Value).RegisterAsync(ids.Next<PersonId>(), Actor));
        return work;
    }

    /// <summary>
    /// Has every worker answer until all that are wanted were acknowledged, there was none to give for a while, or the token fires. A lease whose reply was lost with its silo is
    /// given again or ends: the while is longer than a lease.
    /// </summary>
    public Task AnswerAsync(IClusterClient? through = null, CancellationToken end = default) =>
        Task.WhenAll(Workers.Select(worker => Task.Run(() => AnswerAsync(through ?? _client, worker, end), CancellationToken.None)));

    /// <summary>Closes the job and waits until it has closed and every payment has gone through.</summary>
    public async Task CloseAsync()
    {
        var job = _client.GetGrain<IJobGrain>(Job.Value);
        Must(await job.CloseAsync(cancel: false, Actor));
        await UntilAsync(async () => (await job.GetSightAsync()).Status == JobStatus.Closed, "the job to close");
    }

    /// <summary>Checks the log and everything that is made of it, that what was acknowledged is there, once, and that it was paid as often as it was accepted.</summary>
    public async Task VerifyAsync(IJournal journal)
    {
        await journal.InitialiseAsync(AllTables.List, CancellationToken.None);
        Assert.Equal((0, 0), await CountAsync(journal));
        Assert.All(await new Verifier(journal).RunAsync((_, _) => { }, CancellationToken.None), check => Assert.True(check.Faults == 0, $"{check.Name}: {string.Join("; ", check.Examples)}"));
    }

    /// <summary>How many acknowledged answers are not in the log, and how many answers were paid more than once.</summary>
    public async Task<(int Lost, int Twice)> CountAsync(IJournal journal)
    {
        var (submitted, paid) = (new HashSet<AssignmentId>(), new Dictionary<AssignmentId, int>());
        for (var position = 0L; ;)
        {
            var events = await journal.ReadLogAsync(position, 5_000, CancellationToken.None);
            foreach (var stored in events)
            {
                switch (EventTypes.Read(stored.Type, stored.Data.Span))
                {
                    case TaskEvent.Submitted s:
                        submitted.Add(s.Assignment);
                        break;
                    case TaskEvent.Settled s:
                        foreach (var settlement in s.Settlements.Where(x => x.Accepted))
                            paid[settlement.Assignment] = paid.GetValueOrDefault(settlement.Assignment) + 1;
                        break;
                }
            }

            if (events.Count == 0)
                break;
            position = events[^1].Position;
        }

        return (Acknowledged.Count(a => !submitted.Contains(a)), paid.Values.Count(times => times > 1));
    }

    public static async Task UntilAsync(Func<Task<bool>> holds, string what)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        while (!await holds())
        {
            Assert.False(patience.IsCancellationRequested, $"Waited in vain for {what}.");
            await Task.Delay(25, CancellationToken.None);
        }
    }

    public static T Must<T>(Outcome<T> outcome)
    {
        Assert.True(outcome.Accepted, outcome.Rejection?.Message);
        return outcome.Value;
    }

    private static TaskDraft Draft(int number)
    {
        var input = $$"""{"text":"It is so, {{number}}."}""";
        return new() { ExternalId = $"t{number}", Input = input, InputHash = Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(input))) };
    }

    /// <summary>The money reaches the job by the reactor.</summary>
    private Task FundedAsync() => UntilAsync(
        async () => (await _client.GetGrain<IJobGrain>(Job.Value).OpenAsync(Actor)).Accepted, "the job to be funded");

    private async Task AnswerAsync(IClusterClient client, WorkerId worker, CancellationToken end)
    {
        var job = client.GetGrain<IJobGrain>(Job.Value);
        var idle = System.Diagnostics.Stopwatch.StartNew();
        while (!end.IsCancellationRequested && Acknowledged.Count < _wanted && idle.Elapsed < Patience)
        {
            try
            {
                var leases = await job.RequestWorkAsync(worker, 1, Actor);
                if (!leases.Accepted || leases.Value.Count == 0)
                {
                    await Task.Delay(100, CancellationToken.None);
                    continue;
                }

                idle.Restart();
                var lease = leases.Value[0];
                var receipt = await client.GetGrain<ITaskGrain>(lease.Assignment.Task.Value).SubmitAsync(lease.Assignment, worker, new Answer.Choice("yes"), Actor);
                if (receipt.Accepted)
                    Acknowledged.Add(lease.Assignment);
            }
            catch (Exception e)
            {
                Failures.Add(e);
            }
        }
    }
}
