using Crowd.Marketplace.Jobs;
using Crowd.Marketplace.Log;
using Crowd.Marketplace.Requesters;
using Crowd.Marketplace.Tasks;
using Crowd.Marketplace.Workers;

namespace Crowd.Simulation;

/// <summary>
/// One run: requesters post jobs, workers of all manners work on them, quality managers see to them, and everything fails now and then. Then the faults
/// stop, and all must come to a good end.
/// </summary>
internal sealed class Life : IDisposable
{
    private const int Acts = 350;

    private readonly World _world;
    private readonly Auditor _auditor = new();
    private readonly Acknowledged _acknowledged = new();
    private readonly List<Labourer> _labourers = [];
    private readonly List<Patron> _patrons = [];
    private readonly Dictionary<JobId, LabelSchema> _schemas = [];
    private readonly Judge _judge;

    public Life(int seed)
    {
        _world = new(seed);
        _judge = new(_world);
    }

    private Chance Chance => _world.Chance;

    public IReadOnlyList<int> Faults => Chance.Faults;

    public int Answers => _acknowledged.Answers.Count;

    public int Repeats => _auditor.Tasks.Values.Sum(t => t.Repeats);

    public void Run()
    {
        Begin();
        _world.Fails = _world.Forgives = true;
        for (var i = 0; i < Acts; i++)
        {
            _world.Begin(Act());
            _world.Step(Chance.Random.Next(25));
            Break();
            if (i % 50 == 49)
                Check();
        }

        _world.Fails = false;
        Calm();
        _world.Forgives = false;
        Check();
        new Rest(_world, _auditor, _labourers, _patrons, _schemas, AddLabourer, Check).Run();
        _world.Finish(() => Tables.CheckAsync(_auditor, _world.Kept));
    }

    public void Dispose() => _world.Dispose();

    private void Begin()
    {
        for (var i = 0; i < 2; i++)
        {
            var patron = new Patron(_world, _acknowledged, _world.Ids.Next<RequesterId>());
            _patrons.Add(patron);
            _world.Finish(() => _world.Requester(patron.Id).RegisterAsync("Acme", _world.Ids.Next<PersonId>(), "setup"));
            _world.Finish(() => patron.TopUpAsync(100_000_000));
        }

        foreach (var manner in Enum.GetValues<Manner>().Concat([Manner.Careful, Manner.Careful]))
            AddLabourer(manner);
        for (var i = 0; i < 3; i++)
            AddJob(_patrons[i % 2]);
        _world.Rest();
    }

    private void AddJob(Patron patron)
    {
        var (spec, job) = (Kinds.Spec(Chance), _world.Ids.Next<JobId>());
        _schemas[job] = spec.Schema;
        patron.Jobs.Add(job);
        _world.Finish(() => _world.Requester(patron.Id).CreateJobAsync(job.Value, spec, "hash", job, "setup"));
        _world.Finish(() => patron.ImportAsync(job, 0, 8, spec.Schema, gold: 2));
        _world.Finish(() => patron.FundAsync(job, 20 * spec.CostOfAnswerMicros + 1));
        _world.Finish(() => patron.OpenAsync(job));
    }

    private Labourer AddLabourer(Manner manner)
    {
        var labourer = new Labourer(_world, _acknowledged, _world.Ids.Next<WorkerId>(), manner);
        _labourers.Add(labourer);
        _world.Finish(() => _world.Worker(labourer.Id).RegisterAsync(_world.Ids.Next<PersonId>(), "setup"));
        return labourer;
    }

    /// <summary>What somebody does next.</summary>
    private Func<Task> Act()
    {
        var labourer = Chance.OneOf(_labourers);
        var patron = Chance.OneOf(_patrons);
        var job = Chance.OneOf(patron.Jobs);
        switch (Chance.Random.Next(100))
        {
            case < 30:
                var count = 1 + Chance.Random.Next(3);
                return Chance.Of(0.1, Fault.RequestTwice)
                    ? () => Task.WhenAll(labourer.RequestAsync(job, count), labourer.RequestAsync(job, count))
                    : () => labourer.RequestAsync(job, count);
            case < 68:
                return labourer.Held.Count == 0
                    ? () => labourer.RequestAsync(job, 2)
                    : () => labourer.ActAsync(_schemas);
            case < 76:
                return () => _world.ReactAsync();
            case < 78:
                return () => _world.KeepAsync();
            case < 81:
                return () => patron.FundAsync(job, Chance.Random.NextInt64(1, 2_000_000));
            case < 82:
                return () => patron.TopUpAsync(Chance.Random.NextInt64(1, 5_000_000));
            case < 84:
                var from = Chance.Random.Next(12);
                return () => patron.ImportAsync(job, from, 1 + Chance.Random.Next(5), _schemas[job], gold: 2);
            case < 85:
                return () => patron.PauseAsync(job);
            case < 88:
                return () => patron.OpenAsync(job);
            case < 89:
                return () => patron.ChangeAsync(job);
            case < 90 when Chance.Of(0.4):
                var cancel = Chance.Of(0.3);
                return () => patron.CloseAsync(job, cancel);
            case < 92:
                return () => labourer.PayOutAsync();
            case < 93:
                return Chance.Of(0.5) ? () => _judge.OverrideAsync(labourer.Id, Chance.Of(0.5) ? job : null) : () => _judge.ClearAsync(labourer.Id, Chance.Of(0.5) ? job : null);
            case < 94:
                return Chance.Of(0.3) ? () => _judge.ExcludeAsync(labourer.Id, job) : Chance.Of(0.5) ? () => _judge.ReadmitAsync(labourer.Id, job) : () => _judge.SuspendAsync(labourer.Id);
            default:
                return OnWhatThereIs(patron);
        }
    }

    /// <summary>Something about an answer or a task that is in the log: reviewing, appealing, resolving, adjudicating.</summary>
    private Func<Task> OnWhatThereIs(Patron patron)
    {
        _world.Finish(() => _auditor.ReadAsync(_world.Kept));
        var answered = _auditor.Tasks.SelectMany(t => t.Value.All.Select(a => (Task: t.Value, Id: a.Key, One: a.Value))).Where(a => a.One.Answer is not null).ToList();
        var rejected = answered.Where(a => a.One.Status == "rejected").ToList();
        var escalated = _auditor.Tasks.Where(t => t.Value.Stage == "escalated" || Chance.Of(0.02)).ToList();
        switch (Chance.Random.Next(4))
        {
            case 0 when answered.Exists(a => a.One.Status == "submitted"):
                var open = Chance.OneOf(answered.FindAll(a => a.One.Status == "submitted"));
                return () => patron.ReviewAsync(open.Id);
            case 1 when rejected.Count > 0:
                var own = Chance.OneOf(rejected);
                return () => _judge.AppealAsync(own.Id, own.One.Worker);
            case 2 when rejected.Count > 0:
                var other = Chance.OneOf(rejected);
                return () => _judge.ResolveAsync(other.Id);
            case 3 when escalated.Count > 0:
                var task = Chance.OneOf(escalated);
                return () => _judge.AdjudicateAsync(task.Key, _schemas[task.Value.Job]);
            default:
                return () => _world.ReactAsync();
        }
    }

    /// <summary>Time passes; now and then a grain, the process or the clock gives way.</summary>
    private void Break()
    {
        if (Chance.Of(0.3))
            _world.Pass(TimeSpan.FromSeconds(Chance.OneOf([1, 1, 2, 20, 90])));
        if (Chance.Of(0.02, Fault.ClockForward))
            _world.Clock.Jump(TimeSpan.FromMinutes(7));
        if (Chance.Of(0.02, Fault.ClockBack))
            _world.Clock.Jump(TimeSpan.FromMinutes(-5));
        if (Chance.Of(0.008, Fault.Crash))
            _world.Crash();
        if (!Chance.Of(0.04, Fault.GrainDropped))
            return;
        var job = Chance.OneOf(_schemas.Keys.ToList());
        _ = Chance.Random.Next(4) switch
        {
            0 => _world.Host.Drop<IJobGrain>(job.Value),
            1 => _world.Host.Drop<Crowd.Marketplace.Consensus.IConsensusGrain>(job.Value),
            2 => _world.Host.Drop<IWorkerGrain>(Chance.OneOf(_labourers).Id.Value) | _world.Host.Drop<IRequesterGrain>(Chance.OneOf(_patrons).Id.Value),
            _ => _auditor.Tasks.Count > 0 && _world.Host.Drop<ITaskGrain>(Chance.OneOf(_auditor.Tasks.Keys.ToList()).Value),
        };
    }

    /// <summary>Calls that wait come to their end, by their time limit if need be; then everybody catches up.</summary>
    private void Calm()
    {
        for (var i = 0; i < 5; i++)
        {
            _world.PassAndRest(TimeSpan.FromSeconds(20));
            _world.Begin(_world.ReactAsync);
            _world.Begin(_world.KeepAsync);
        }

        _world.PassAndRest(TimeSpan.FromMinutes(1));
    }

    private void Check() => _world.Finish(() => _acknowledged.CheckAsync(_auditor, _world.Kept));
}
