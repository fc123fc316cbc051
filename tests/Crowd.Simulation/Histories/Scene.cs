using Crowd.Marketplace.Jobs;
using Crowd.Marketplace.Log;
using Crowd.Marketplace.Requesters;
using Crowd.Marketplace.Tables;
using Crowd.Marketplace.Tasks;
using Crowd.Marketplace.Workers;
using Crowd.Payments;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Crowd.Simulation.Histories;

/// <summary>What every history begins with, played once and then copied from log to log.</summary>
internal sealed class Scene
{
    private const string Actor = "setup";

    private readonly IReadOnlyList<Append> _appends;

    private Scene(RequesterId requester, JobId job, IReadOnlyList<WorkerId> workers, IReadOnlyList<StoredEvent> events) =>
        (Requester, Job, Workers, _appends) = (requester, job, workers, [.. events.Select(e => new Append
        {
            Stream = e.Stream,
            ExpectedVersion = e.Version - 1,
            At = e.At,
            Actor = e.Actor,
            Events = [new(e.Type, e.Data)],
            Changes = [.. ReadModels.Project(e)],
        })]);

    public RequesterId Requester { get; }

    public JobId Job { get; }

    public IReadOnlyList<WorkerId> Workers { get; }

    /// <summary>Plays it.</summary>
    public static Scene Prepare()
    {
        var scheduler = new DeterministicScheduler(0);
        return scheduler.RunUntil(scheduler.Run(() => PrepareAsync(scheduler)));
    }

    /// <summary>Writes it into an empty log.</summary>
    public async Task PlayAsync(IJournal journal)
    {
        await journal.InitialiseAsync(AllTables.List, CancellationToken.None);
        foreach (var append in _appends)
            await journal.AppendAsync(append, CancellationToken.None);
    }

    private static async Task<Scene> PrepareAsync(DeterministicScheduler scheduler)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        var (ids, random) = (new IdSource(time, new Random(-1)), new Random(-1));
        var journal = new VolatileJournal(commitInline: true);
        await journal.InitialiseAsync(AllTables.List, CancellationToken.None);
        var payments = new SandboxPayments(Options.Create(new SandboxOptions()), NullLogger<SandboxPayments>.Instance);
        await using var host = PlainServices.Host(time, ids, random, journal, payments, scheduler);
        await host.StartAsync(CancellationToken.None);

        var (requester, job) = (ids.Next<RequesterId>(), ids.Next<JobId>());
        var owner = host.Grains.GetGrain<IRequesterGrain>(requester.Value);
        Must(await owner.RegisterAsync("Acme", ids.Next<PersonId>(), Actor));
        var spec = new JobSpec
        {
            Title = "Is it so?",
            Schema = new LabelSchema.SingleChoice { Labels = ["yes", "no"] },
            Policies = new() { PayMicros = 0, Redundancy = new() { MinAnswers = 2, MaxAnswers = 2 } },
        };
        Must(await owner.CreateJobAsync("job", spec, "hash", job, Actor));
        var grain = host.Grains.GetGrain<IJobGrain>(job.Value);
        Must(await grain.AddTasksAsync("import", [.. Enumerable.Range(0, 2).Select(i => new TaskDraft { ExternalId = $"t{i}", Input = "\"so\"", InputHash = "h" })], Actor));
        Must(await grain.OpenAsync(Actor));
        var workers = new List<WorkerId>();
        for (var i = 0; i < 2; i++)
        {
            var worker = ids.Next<WorkerId>();
            Must(await host.Grains.GetGrain<IWorkerGrain>(worker.Value).RegisterAsync(ids.Next<PersonId>(), Actor));
            var lease = Must(await grain.RequestWorkAsync(worker, 1, Actor))[0];
            Must(await host.Grains.GetGrain<ITaskGrain>(lease.Assignment.Task.Value).SubmitAsync(lease.Assignment, worker, new Answer.Choice("yes"), Actor));
            workers.Add(worker);
        }

        return new(requester, job, workers, await journal.ReadLogAsync(0, int.MaxValue, CancellationToken.None));
    }

    private static T Must<T>(Outcome<T> outcome) => outcome.Accepted ? outcome.Value : throw new InvalidOperationException(outcome.Rejection.Message);
}
