using FsCheck.Fluent;
using static Crowd.Domain.Tests.Some;

namespace Crowd.Domain.Tests.Loop;

public class DecisionDeciderTests
{
    private static readonly DecisionId TheDecision = DecisionId.Of(Job, "k");

    private static readonly Prediction Said = new() { Model = "net", Version = "1", Label = Cat, Confidence = 0.9 };

    [Fact]
    public void Ids_follow_from_job_and_key_and_lead_to_the_task_and_back()
    {
        Assert.Equal(TheDecision, DecisionId.Of(Job, "k"));
        Assert.NotEqual(TheDecision, DecisionId.Of(Job, "l"));
        Assert.NotEqual(TheDecision, DecisionId.Of(Id<JobId>(2), "k"));
        Assert.True(Id.TryParse<DecisionId>(TheDecision.Value, out _));
        Assert.True(Id.TryParse<TaskId>(TheDecision.Task.Value, out _));
        Assert.Equal(TheDecision, DecisionId.Of(TheDecision.Task));
        Assert.Null(DecisionId.Of(TheTask));
    }

    /// <summary>Whatever people, clocks and consensus do in whatever order: it goes out at most once, never by the machine unless accepted, never after a refusal.</summary>
    [Fact]
    public void However_commands_come_a_decision_is_released_at_most_once() => Property.Holds(Gen.Choose(0, int.MaxValue - 1), seed =>
    {
        var random = new Random(seed);
        var policy = new LoopPolicy
        {
            Gate = new() { ServiceLevel = TimeSpan.FromMinutes(5), Fallback = (GateFallback)random.Next(2), VetoWindow = TimeSpan.FromMinutes(random.Next(3)) },
        };
        var action = (RouteAction)random.Next(4);
        var routing = new Routing { Action = action, Version = 1, Model = "net", ModelVersion = "1", Audited = action == RouteAction.Accept && random.Next(2) == 0 };
        var (state, now, log) = (new DecisionState(), Now, new List<DecisionEvent>());
        void Keep(DecisionEvent[]? events)
        {
            foreach (var e in events ?? [])
            {
                state = state.Apply(e);
                log.Add(e);
            }
        }

        Keep(DecisionDecider.Request(state, TheDecision, Job, policy, new("k", "h", "c", Said), routing, JobStatus.Open, now).Value);
        var vetoed = false;
        for (var i = 0; i < 12; i++)
        {
            now += TimeSpan.FromSeconds(random.Next(-10, 120));
            switch (random.Next(5))
            {
                case 0:
                    var veto = DecisionDecider.Veto(state, policy, "no", now);
                    vetoed |= veto.Accepted;
                    Keep(veto.Value);
                    break;
                case 1:
                    Keep(DecisionDecider.Resolve(state, Animals, TaskInput.Unknown, Dog, "seen").Value);
                    break;
                case 2:
                    Keep(DecisionDecider.Hear(state, Animals, Dog, 0.9, false, null));
                    break;
                case 3:
                    Keep(DecisionDecider.Request(state, TheDecision, Job, policy, new("k", "h", "c", Said), routing, JobStatus.Open, now).Value);
                    break;
                default:
                    Keep(DecisionDecider.Pass(state, now));
                    break;
            }
        }

        var released = log.OfType<DecisionEvent.Released>().ToList();
        Assert.True(released.Count <= 1);
        Assert.Single(log.OfType<DecisionEvent.Requested>());
        Assert.True(log.OfType<DecisionEvent.Audited>().Count() <= 1);
        if (released is [{ By: ReleasedBy.Machine }])
            Assert.True(action == RouteAction.Accept && !vetoed);
        if (released is [{ By: ReleasedBy.Consensus }])
            Assert.True(action is RouteAction.Crowd or RouteAction.Expert);
        if (log.Exists(e => e is DecisionEvent.FallbackApplied { Fallback: GateFallback.Refuse }))
            Assert.Empty(released);
        var waiting = log.Sum(e => e switch
        {
            DecisionEvent.Accepted { VetoUntil: not null } or DecisionEvent.Held => 1,
            DecisionEvent.Vetoed or DecisionEvent.FallbackApplied or DecisionEvent.Released { Waited: true } => -1,
            _ => 0,
        });
        Assert.Equal(state.Due is null ? 0 : 1, waiting);
    });
}
