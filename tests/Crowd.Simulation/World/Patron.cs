using Crowd.Marketplace.Jobs;

namespace Crowd.Simulation;

/// <summary>A requester as a client: funds, imports, opens, pauses, changes, reviews, closes. What failed is sent again under its id.</summary>
internal sealed class Patron(World world, Acknowledged acknowledged, RequesterId id)
{
    private const string Actor = "patron";

    private readonly List<(HoldId Hold, JobId Job, long Micros)> _funding = [];
    private readonly List<(TopUpId TopUp, long Micros)> _topUps = [];

    public RequesterId Id => id;

    public List<JobId> Jobs { get; } = [];

    public Task TopUpAsync(long micros) => Again(_topUps, (TopUp: world.Ids.Next<TopUpId>(), Micros: ((micros / Currency.Usd.MicrosPerMinorUnit) + 1) * Currency.Usd.MicrosPerMinorUnit), async t =>
    {
        if ((await world.TopUp(t.TopUp).StartAsync(id, new(t.Micros, Currency.Usd), new("https://crowd.example/"), Actor)).Accepted)
            acknowledged.TopUps.Add(t.TopUp);
    });

    public Task FundAsync(JobId job, long micros) => Again(_funding, (Hold: world.Ids.Next<HoldId>(), Job: job, Micros: micros), async f =>
    {
        if ((await world.Requester(id).FundJobAsync(f.Hold, f.Job, new(f.Micros, Currency.Usd), Actor)).Accepted)
            acknowledged.Holds.Add(f.Hold);
    });

    /// <summary>Imports tasks by number; numbers that are there already change nothing.</summary>
    public Task ImportAsync(JobId job, int from, int count, LabelSchema schema, int gold) => TryAsync(async () =>
    {
        var drafts = Enumerable.Range(from, count).Select(i => new TaskDraft
        {
            ExternalId = $"task-{i}",
            Input = Kinds.Input,
            InputHash = "input",
            Priority = i % 3,
            Gold = i < gold ? Kinds.AnswerTo(schema, 0) : null,
        }).ToList();
        var added = await world.Job(job).AddTasksAsync("import", drafts, Actor);
        if (!added.Accepted)
            return;
        Auditor.Want(added.Value.Conflicts.Count == 0, "an import repeated conflicts with itself");
        foreach (var draft in drafts)
            acknowledged.Tasks.Add((job, draft.ExternalId));
    });

    public Task OpenAsync(JobId job) => TryAsync(() => world.Job(job).OpenAsync(Actor));

    public Task PauseAsync(JobId job) => TryAsync(() => world.Job(job).PauseAsync(null, Actor));

    public Task CloseAsync(JobId job, bool cancel) => TryAsync(() => world.Job(job).CloseAsync(cancel, Actor));

    public Task ChangeAsync(JobId job) => TryAsync(async () =>
    {
        var spec = await world.Job(job).GetSpecAsync();
        var least = 1 + world.Chance.Random.Next(3);
        await world.Job(job).ChangeAsync(spec with
        {
            Policies = spec.Policies with
            {
                PayMicros = spec.Policies.PayMicros + world.Chance.Random.Next(3),
                Redundancy = spec.Policies.Redundancy with { MinAnswers = least, MaxAnswers = least + world.Chance.Random.Next(3) },
            },
        }, Actor);
    });

    public Task ReviewAsync(AssignmentId answer) => TryAsync(() => world.Task(answer.Task).ReviewAsync(answer, world.Chance.Of(0.5), "because", Actor));

    private async Task Again<T>(List<T> open, T next, Func<T, Task> send)
        where T : struct
    {
        if (open.Count == 0 || world.Chance.Of(0.5))
            open.Add(next);
        var one = open[0];
        var twice = world.Fails && world.Chance.Of(0.1, Fault.RequestTwice);
        var sent = await Task.WhenAll([TryAsync(() => send(one)), .. twice ? new[] { TryAsync(() => send(one)) } : []]);
        if (sent.Contains(true))
            open.Remove(one);
    }

    private async Task<bool> TryAsync(Func<Task> call)
    {
        var host = world.Host;
        try
        {
            await call();
            return true;
        }
        catch (Exception e) when (e is not AuditException && (world.Forgives || host != world.Host))
        {
            world.Ignored(e);
            return false;
        }
    }
}
