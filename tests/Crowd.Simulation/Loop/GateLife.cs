using Crowd.Marketplace.Loop;

namespace Crowd.Simulation.Loop;

/// <summary>
/// One run of a gate: programs ask for decisions and ask again, people stop them, decide them and label their tasks, while appends fail, replies are lost, grains drop,
/// the process dies and the clock jumps. Then the faults stop; an account of its own, from the log alone, says whether anything went out twice or without right.
/// </summary>
internal sealed class GateLife : IDisposable
{
    private const int Acts = 200;
    private const string Actor = "gate";

    private static readonly Answer[] Labels = [new Answer.Choice("yes"), new Answer.Choice("no"), new Answer.Choice("never")];

    private readonly World _world;
    private readonly Acknowledged _acknowledged = new();
    private readonly List<Labourer> _labourers = [];
    private readonly Dictionary<JobId, LabelSchema> _schemas = [];
    private readonly List<(string Key, Prediction Said)> _asked = [];
    private readonly HashSet<DecisionId> _taken = [];
    private readonly Dictionary<DecisionId, Answer> _told = [];
    private JobId _job;

    public GateLife(int seed) => _world = new(seed);

    private Chance Chance => _world.Chance;

    public IReadOnlyList<int> Faults => Chance.Faults;

    /// <summary>Decisions by how they ended.</summary>
    public Dictionary<string, int> Ends { get; } = new(StringComparer.Ordinal);

    public void Run()
    {
        Begin();
        _world.Fails = _world.Forgives = true;
        for (var i = 0; i < Acts; i++)
        {
            _world.Begin(Act());
            _world.Step(Chance.Random.Next(25));
            Break();
        }

        _world.Fails = false;
        for (var i = 0; i < 4; i++)
            _world.PassAndRest(TimeSpan.FromSeconds(40));
        _world.Forgives = false;
        _world.PassAndRest(TimeSpan.FromHours(1), seconds: 5);
        _world.Finish(CheckAsync);
        _world.Finish(async () =>
        {
            var auditor = new Auditor();
            await auditor.ReadAsync(_world.Kept);
            await Tables.CheckAsync(auditor, _world.Kept);
        });
    }

    public void Dispose() => _world.Dispose();

    private void Begin()
    {
        var patron = new Patron(_world, _acknowledged, _world.Ids.Next<RequesterId>());
        _world.Finish(() => _world.Requester(patron.Id).RegisterAsync("Acme", _world.Ids.Next<PersonId>(), "setup"));
        _world.Finish(() => patron.TopUpAsync(1_000_000_000));
        _job = _world.Ids.Next<JobId>();
        var schema = new LabelSchema.SingleChoice { Labels = ["yes", "no", "never"] };
        var spec = new JobSpec
        {
            Title = "A gate",
            Schema = schema,
            Policies = new() { PayMicros = 1_000, Redundancy = new() { MinAnswers = 1, MaxAnswers = 2, TargetConfidence = 0.5 } },
        };
        _schemas[_job] = schema;
        _world.Finish(() => _world.Requester(patron.Id).CreateJobAsync(_job.Value, spec, "hash", _job, "setup"));
        _world.Finish(() => _world.Job(_job).ChangeLoopAsync(Policy(), "setup"));
        _world.Finish(() => patron.FundAsync(_job, 100_000_000));
        _world.Finish(() => patron.OpenAsync(_job));
        var models = _world.Host.Grains.GetGrain<IModelsGrain>(ModelEvent.StreamOf(_job));
        _world.Finish(() => models.MeasureAsync("net", "1", new() { Tasks = 100, Right = 99, Accuracy = 0.99, Low = 0.9, High = 1, Basis = "setup" }, "setup"));
        _world.Finish(() => models.ApproveAsync("net", "1", "good", "setup"));
        foreach (var manner in new[] { Manner.Careful, Manner.Careless, Manner.Slow })
        {
            var labourer = new Labourer(_world, _acknowledged, _world.Ids.Next<WorkerId>(), manner);
            _labourers.Add(labourer);
            _world.Finish(() => _world.Worker(labourer.Id).RegisterAsync(_world.Ids.Next<PersonId>(), "setup"));
        }

        _world.Rest();
    }

    private LoopPolicy Policy() => new()
    {
        PersonRequired = ["never"],
        AuditRate = 0.3,
        Rules =
        [
            new() { Id = "sure", When = new() { Confidence = new(0.6, null) }, Action = RouteAction.Accept },
            new() { Id = "unsure", When = new() { Confidence = new(0.2, null) }, Action = RouteAction.Crowd },
            new() { Id = "rest", Action = RouteAction.Hold },
        ],
        Gate = new()
        {
            ServiceLevel = TimeSpan.FromMinutes(2),
            Fallback = Chance.Of(0.5) ? GateFallback.Refuse : GateFallback.Escalate,
            VetoWindow = Chance.Of(0.5) ? TimeSpan.FromSeconds(30) : TimeSpan.Zero,
        },
    };

    private Func<Task> Act()
    {
        var labourer = Chance.OneOf(_labourers);
        return Chance.Random.Next(100) switch
        {
            < 35 => AskAsync,
            < 40 => () => JudgeAsync(d => d.VetoAsync("no", Actor)),
            < 48 => () => JudgeAsync(d => d.ResolveAsync(Labels[1], "seen", Actor)),
            < 60 => () => labourer.RequestAsync(_job, 2),
            < 75 => () => labourer.ActAsync(_schemas),
            < 95 => _world.ReactAsync,
            _ => _world.KeepAsync,
        };
    }

    /// <summary>Asks for something new, or again for what was asked before: the answer may have been lost.</summary>
    private async Task AskAsync()
    {
        if (_asked.Count == 0 || Chance.Of(0.7))
            _asked.Add(($"k{_asked.Count}", new() { Model = "net", Version = "1", Label = Chance.OneOf(Labels), Confidence = Math.Round(Chance.Random.NextDouble(), 3) }));
        var (key, said) = _asked[Chance.Of(0.7) ? ^1 : Chance.Random.Next(_asked.Count)];
        await TryAsync(async () =>
        {
            var asked = await _world.Host.Grains.GetGrain<IGateGrain>(_job.Value).RequestAsync(new(key, "{}", said), Actor);
            Auditor.Want(asked.Accepted, $"{key} was refused: {asked.Rejection?.Message}");
            _taken.Add(asked.Value!.Id);
            Hear(asked.Value);
        });
    }

    private Task JudgeAsync(Func<IDecisionGrain, Task<Outcome<DecisionSight>>> judge) => _taken.Count == 0
        ? Task.CompletedTask
        : TryAsync(async () =>
        {
            if (await judge(_world.Host.Grains.GetGrain<IDecisionGrain>(Chance.OneOf(_taken.ToList()).Value)) is { Accepted: true, Value: { } sight })
                Hear(sight);
        });

    /// <summary>What a caller was told has gone out must stay so.</summary>
    private void Hear(DecisionSight sight)
    {
        if (sight.State is not { Status: DecisionStatus.Released, Label: { } label })
            return;
        Auditor.Want(!_told.TryGetValue(sight.Id, out var before) || before == label, $"{sight.Id} was told as {before} and then as {label}");
        _told[sight.Id] = label;
    }

    private async Task TryAsync(Func<Task> call)
    {
        var host = _world.Host;
        try
        {
            await call();
        }
        catch (Exception e) when (e is not AuditException && (_world.Forgives || host != _world.Host))
        {
            _world.Ignored(e);
        }
    }

    private void Break()
    {
        if (Chance.Of(0.3))
            _world.Pass(TimeSpan.FromSeconds(Chance.OneOf([1, 1, 2, 10, 40])));
        if (Chance.Of(0.01, Fault.ClockForward))
            _world.Clock.Jump(TimeSpan.FromMinutes(3));
        if (Chance.Of(0.01, Fault.ClockBack))
            _world.Clock.Jump(TimeSpan.FromMinutes(-1));
        if (Chance.Of(0.01, Fault.Crash))
            _world.Crash();
        if (!Chance.Of(0.06, Fault.GrainDropped))
            return;
        if (_taken.Count > 0 && Chance.Of(0.6))
            _world.Host.Drop<IDecisionGrain>(Chance.OneOf(_taken.ToList()).Value);
        else
            _world.Host.Drop<IGateGrain>(_job.Value);
    }

    private async Task CheckAsync()
    {
        var streams = new Dictionary<string, (DecisionState State, List<DecisionEvent> Events)>(StringComparer.Ordinal);
        foreach (var stored in await _world.Kept.ReadLogAsync(0, int.MaxValue, CancellationToken.None))
        {
            if (EventTypes.Read(stored.Type, stored.Data.Span) is not DecisionEvent e)
                continue;
            var (state, events) = streams.GetValueOrDefault(stored.Stream, (new(), []));
            if (e is DecisionEvent.FallbackApplied or DecisionEvent.Released { By: ReleasedBy.Machine, Waited: true })
                Auditor.Want(state.Due <= stored.At, $"{stored.Stream} went on at {stored.At}, before its time {state.Due}");
            events.Add(e);
            streams[stored.Stream] = (state.Apply(e), events);
        }

        foreach (var id in _taken)
            Auditor.Want(streams.ContainsKey(id.Value), $"{id} was acknowledged and is not in the log");
        foreach (var (id, (state, events)) in streams)
            Check(id, state, events);
    }

    private void Check(string id, DecisionState state, List<DecisionEvent> events)
    {
        var released = events.OfType<DecisionEvent.Released>().ToList();
        Auditor.Want(released.Count <= 1, $"{id} was released {released.Count} times");
        Auditor.Want(events.OfType<DecisionEvent.Requested>().Count() == 1, $"{id} was requested more than once");
        Auditor.Want(state.Due is null, $"{id} is {state.Status} and still waits for {state.Due}, long past");
        if (released is [{ By: ReleasedBy.Machine } one])
        {
            Auditor.Want(state.Routing!.Action == RouteAction.Accept && one.Label != Labels[2], $"{id} went out by the machine without right");
            Auditor.Want(!events.Exists(e => e is DecisionEvent.Vetoed), $"{id} went out by the machine though a person had stopped it");
        }

        if (released is [{ } given] && events.OfType<DecisionEvent.Held>().LastOrDefault() is { } held)
        {
            var byRight = given.By == ReleasedBy.Person || (given.By == ReleasedBy.Consensus && held.For != RouteAction.Hold);
            Auditor.Want(byRight, $"{id} was held for {held.For} and went out by {given.By}");
        }

        if (events.Exists(e => e is DecisionEvent.FallbackApplied { Fallback: GateFallback.Refuse }))
            Auditor.Want(released.Count == 0, $"{id} went out after it was refused");
        if (_told.TryGetValue(DecisionId.From(id), out var told))
            Auditor.Want(released is [{ } kept] && kept.Label == told, $"{id} was told as {told}, the log says otherwise");
        var end = released is [{ } last] ? last.By.ToString() : state.Status.ToString();
        Ends[end] = Ends.GetValueOrDefault(end) + 1;
    }
}
