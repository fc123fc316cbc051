using System.Text.Json;
using Crowd.Api.Examples;
using Crowd.Api.Loop;
using Crowd.Domain;
using Crowd.Journal;

namespace Crowd.Api.Tests.Examples;

/// <summary>
/// A job of a simulated world without a server: the same deciders, rules, consensus and report, one thing after the other, as rows in memory. It knows the truth and
/// says afterwards what was so.
/// </summary>
internal sealed class Trial
{
    private static readonly DateTimeOffset Begin = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    private readonly JobSpec _spec;
    private readonly ExampleWorld _world;
    private readonly JobId _job;
    private readonly IdSource _ids;
    private readonly Dictionary<ExamplePerson, WorkerId> _workers = [];
    private readonly Dictionary<WorkerId, Trust> _trust = [];
    private readonly List<OversightReads.TaskCase> _tasks = [];
    private readonly List<OversightReads.DecisionCase> _decisions = [];
    private readonly List<OversightReads.AnswerCase> _answers = [];
    private readonly List<OversightReads.PredictionCase> _predictions = [];
    private readonly Random _random;
    private DateTimeOffset _now = Begin;

    /// <param name="spec">The job as the example's page makes it, with its rules.</param>
    /// <param name="world">What comes in.</param>
    public Trial(JobSpec spec, ExampleWorld world)
    {
        (_spec, _world) = (spec, world);
        _random = new(world.Seed);
        _ids = new(TimeProvider.System, new Random(world.Seed));
        _job = JobId.From(IdText.Write(JobId.Prefix, (UInt128)(uint)world.Seed));
        for (var i = 0; i < world.People.Count; i++)
            _workers[world.People[i]] = WorkerId.From(IdText.Write(WorkerId.Prefix, (UInt128)(i + 1)));
    }

    /// <summary>All that happened to decisions, by decision.</summary>
    public List<(DecisionState State, List<DecisionEvent> Events)> Histories { get; } = [];

    /// <summary>What was given out.</summary>
    public List<TrialCase> Cases { get; } = [];

    private LoopPolicy Loop => _spec.Loop!;

    /// <summary>What was read of it, as the report wants it.</summary>
    public OversightData Data => new(_tasks, _decisions, _answers, [], _predictions.ToLookup(p => p.TaskId, StringComparer.Ordinal), new Dictionary<int, double> { [Loop.Version] = Loop.AuditRate });

    /// <summary>Has people label what the model has looked at or not, as tasks that were imported.</summary>
    public IReadOnlyList<TrialCase> Label(IReadOnlyList<ExampleItem> items) => [.. items.Select(i => Task(i, routed: false))];

    /// <summary>Imports tasks whose predictions the rules see.</summary>
    public void Import(IReadOnlyList<ExampleItem> items)
    {
        foreach (var item in items)
            Task(item, routed: true);
    }

    /// <summary>Asks for a decision, and has people make it where they must.</summary>
    public TrialCase Ask(ExampleItem item)
    {
        Tick();
        var id = DecisionId.Of(_job, item.Id);
        var said = PredictionOf(item)!;
        var routing = Route(id.Value, item, said);
        var (state, events) = (new DecisionState(), new List<DecisionEvent>());
        var requested = _now;
        Do(DecisionDecider.Request(state, id, _job, Loop, new(item.Id, "", "", said), routing, JobStatus.Open, _now));
        LabelledTask? labelled = null;
        if (state is { Status: DecisionStatus.Held, For: RouteAction.Hold })
        {
            Do(DecisionDecider.Resolve(state, _spec.Schema, TaskInput.Unknown, AnswerOf(_world.AnswerOf(_world.Judge, item)), "looked at it"));
        }
        else if (state.Status == DecisionStatus.Held || state.Audited)
        {
            labelled = People(id.Task, item, routing.Qualification);
            Add(id.Task.Value, item, labelled, routing);
            foreach (var e in DecisionDecider.Hear(state, _spec.Schema, labelled.State.Label!, labelled.State.Confidence, labelled.State.DecidedBy == DecidedBy.Adjudication, null))
                Apply(e);
        }

        Apply(DecisionDecider.Pass(state, _now += Loop.Gate.VetoWindow));
        var audit = events.OfType<DecisionEvent.Audited>().FirstOrDefault();
        Histories.Add((state, events));
        _decisions.Add(new()
        {
            DecisionId = id.Value,
            Prediction = JsonSerializer.Serialize(said, DomainJson.Default.Prediction),
            Routing = JsonSerializer.Serialize(routing, DomainJson.Default.Routing),
            Label = Json(state.Label!),
            ReleasedBy = state.By!.Value.ToString().ToLowerInvariant(),
            Confidence = state.Confidence,
            Audited = state.Audited ? 1 : 0,
            AuditLabel = audit is null ? null : Json(audit.Label),
            RequestedAt = requested.ToMicroseconds(),
            ReleasedAt = _now.ToMicroseconds(),
            Input = item.Json,
        });
        return Case(item, state.Label!, state.By == ReleasedBy.Machine, labelled is not null || state.For == RouteAction.Hold, labelled ?? People(id.Task, item, null, counts: false));

        void Do(Outcome<DecisionEvent[]> outcome)
        {
            Assert.True(outcome.Accepted, outcome.Rejection?.Message);
            Apply(outcome.Value);
        }

        void Apply(params ReadOnlySpan<DecisionEvent> some)
        {
            foreach (var e in some)
            {
                events.Add(e);
                state = state.Apply(e);
            }
        }
    }

    private TrialCase Task(ExampleItem item, bool routed)
    {
        Tick();
        var task = _ids.Next<TaskId>();
        var said = PredictionOf(item);
        var routing = routed && said is not null ? Route(task.Value, item, said) : null;
        var byMachine = routing is { Action: RouteAction.Accept, Audited: false };
        var labelled = byMachine
            ? new LabelledTask(new TaskState { Job = _job, Stage = TaskStage.Decided, Label = said!.Label, Confidence = said.Confidence ?? 0, DecidedBy = DecidedBy.Machine }, 0)
            : People(task, item, routing?.Qualification);
        if (said is not null)
            _predictions.Add(new() { TaskId = task.Value, Label = Json(said.Label), Confidence = said.Confidence, At = _now.ToMicroseconds() - 1 });
        Add(task.Value, item, labelled, routing);
        return Case(item, labelled.State.Label!, routing?.Action == RouteAction.Accept, !byMachine, byMachine ? People(task, item, null, counts: false) : labelled);
    }

    private Routing Route(string key, ExampleItem item, Prediction said)
    {
        using var input = JsonDocument.Parse(item.Json);
        return Router.Route(Loop, new() { Key = key, Schema = _spec.Schema, Input = input.RootElement, Prediction = said, Approved = true });
    }

    private TrialCase Case(ExampleItem item, Answer given, bool accepted, bool looked, LabelledTask people)
    {
        var one = new TrialCase(item, Prediction.ClassName(given)!, accepted, looked, Prediction.ClassName(people.State.Label!)!, people.SpentMicros);
        Cases.Add(one);
        return one;
    }

    /// <summary>Has people answer until the task is decided; what they cannot settle the judge adjudicates.</summary>
    /// <param name="counts">False to see what they would say and cost, without anybody hearing of it.</param>
    private LabelledTask People(TaskId task, ExampleItem item, string? qualification, bool counts = true)
    {
        var state = new TaskState();
        var spent = 0L;
        var able = _spec.Policies.Qualifications.Append(qualification).OfType<string>().ToList();
        var waiting = _world.People.Where(p => able.All(q => p.Qualification == q)).ToList();
        while (state.Stage == TaskStage.Open)
        {
            var person = waiting[_random.Next(waiting.Count)];
            waiting.Remove(person);
            Apply(Accepted(TaskDecider.Offer(state, task, _job, _spec, null, _workers[person], _now)));
            var answer = AnswerOf(_world.AnswerOf(person, item));
            var assignment = state.Assignments[^1].Id;
            var submitted = Accepted(TaskDecider.Submit(state, _spec, assignment, _workers[person], answer, TaskInput.Unknown, _now));
            Apply(submitted);
            Apply(TaskDecider.AfterSubmit(state, _spec, TaskDecider.NeedsEvaluation(state, _spec) ? Evaluate() : null));
            if (counts)
                _answers.Add(new() { TaskId = task.Value, WorkerId = _workers[person].Value, Answer = Json(answer), DurationMs = 20_000, SubmittedAt = _now.ToMicroseconds() });
        }

        if (state.Stage == TaskStage.Escalated)
            Apply(Accepted(TaskDecider.Adjudicate(state, _job, _spec, AnswerOf(_world.AnswerOf(_world.Judge, item)), "seen by a senior", TaskInput.Unknown, Evaluate())));
        return new(state, spent);

        Evaluation Evaluate() => ConsensusRule.Evaluate(_spec.Schema, [.. state.Voting.Select(a => new Ballot(a.Id, a.Worker, a.Answer!, _trust.GetValueOrDefault(a.Worker)))]);

        void Apply(TaskEvent[] events)
        {
            foreach (var e in events)
            {
                state = state.Apply(e, _now);
                if (e is TaskEvent.Settled settled)
                    spent += settled.Settlements.Sum(s => s.PayMicros + s.FeeMicros);
                if (!counts || e is not TaskEvent.Decided decided)
                    continue;
                foreach (var vote in decided.Votes)
                {
                    var known = _trust.GetValueOrDefault(vote.Worker);
                    _trust[vote.Worker] = known with { Right = known.Right + (vote.Agrees ? 1 : 0), Judged = known.Judged + 1 };
                }
            }
        }
    }

    private void Add(string task, ExampleItem item, LabelledTask labelled, Routing? routing) => _tasks.Add(new()
    {
        TaskId = task,
        Label = Json(labelled.State.Label!),
        Confidence = labelled.State.Confidence,
        DecidedBy = labelled.State.DecidedBy!.Value.ToString().ToLowerInvariant(),
        Route = routing is null ? null : routing is { Action: RouteAction.Accept, Audited: true } ? "audit" : routing.Action.ToString().ToLowerInvariant(),
        Routing = routing is null ? null : JsonSerializer.Serialize(routing, DomainJson.Default.Routing),
        Spent = labelled.SpentMicros,
        AddedAt = _now.ToMicroseconds(),
        DecidedAt = _now.ToMicroseconds(),
        Input = item.Json,
    });

    private Prediction? PredictionOf(ExampleItem item) => item.Said is null
        ? null
        : new Prediction { Model = _world.Model, Version = ExampleWorld.Version, Label = AnswerOf(item.Said), Confidence = item.Confidence }.Normalise(_spec.Schema);

    private Answer AnswerOf(string label) => Encode.Answer(_spec.Schema, Prediction.ClassNames(_spec.Schema).ToList().IndexOf(label));

    private void Tick() => _now += TimeSpan.FromMinutes(1);

    private static TaskEvent[] Accepted(Outcome<TaskEvent[]> outcome)
    {
        Assert.True(outcome.Accepted, outcome.Rejection?.Message);
        return outcome.Value;
    }

    private static string Json(Answer answer) => JsonSerializer.Serialize(answer, DomainJson.Default.Answer);

    private sealed record LabelledTask(TaskState State, long SpentMicros);
}

/// <summary>What was so of one thing.</summary>
/// <param name="Given">The label that was given out.</param>
/// <param name="Accepted">Whether the rules gave it to the machine.</param>
/// <param name="Looked">Whether people looked at it.</param>
/// <param name="People">What people settled on, or would have.</param>
/// <param name="SpentMicros">What they cost, or would have.</param>
internal sealed record TrialCase(ExampleItem Item, string Given, bool Accepted, bool Looked, string People, long SpentMicros);
