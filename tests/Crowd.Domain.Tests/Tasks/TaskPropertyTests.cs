using FsCheck;
using FsCheck.Fluent;
using static Crowd.Domain.Tests.Some;

namespace Crowd.Domain.Tests.Tasks;

/// <summary>Random commands to one task, some of them late, repeated or foreign, keep the invariants.</summary>
public class TaskPropertyTests
{
    private const int Workers = 7;
    private const int Most = 4;

    private static readonly Answer[] Answers = [Cat, Cat, Cat, Dog, Owl, new Answer.Choice("cow")];

    private static readonly Gen<Step> AnyStep =
        Gen.Frequency(
            (30, Gen.Constant(Kind.Offer)), (40, Gen.Constant(Kind.Submit)), (6, Gen.Constant(Kind.Return)), (6, Gen.Constant(Kind.Wait)), (5, Gen.Constant(Kind.Expire)),
            (5, Gen.Constant(Kind.Review)), (5, Gen.Constant(Kind.Appeal)), (5, Gen.Constant(Kind.Resolve)), (3, Gen.Constant(Kind.AcceptUnreviewed)),
            (2, Gen.Constant(Kind.Adjudicate)), (2, Gen.Constant(Kind.MakeGold)), (1, Gen.Constant(Kind.RetireGold)), (3, Gen.Constant(Kind.Redo)), (2, Gen.Constant(Kind.Revise)), (1, Gen.Constant(Kind.Close)), (1, Gen.Constant(Kind.Cancel)), (2, Gen.Constant(Kind.ChangePolicy)))
        .SelectMany(kind => Gen.Choose(1, Workers).SelectMany(worker => Gen.Choose(0, 999).Select(choice => new Step(kind, worker, choice))));

    private enum Kind
    {
        Offer, Submit, Return, Wait, Expire, Review, Appeal, Resolve, AcceptUnreviewed, Adjudicate, MakeGold, RetireGold, Redo, Revise, Close, Cancel, ChangePolicy,
    }

    public static TheoryData<PayFor, WhenUnsettled, bool> Jobs => new()
    {
        { PayFor.Agreeing, WhenUnsettled.Decide, false },
        { PayFor.Agreeing, WhenUnsettled.Escalate, false },
        { PayFor.All, WhenUnsettled.Decide, false },
        { PayFor.All, WhenUnsettled.Escalate, false },
        { PayFor.Reviewed, WhenUnsettled.Decide, false },
        { PayFor.Reviewed, WhenUnsettled.Escalate, false },
        { PayFor.Agreeing, WhenUnsettled.Decide, true },
        { PayFor.All, WhenUnsettled.Decide, true },
        { PayFor.Reviewed, WhenUnsettled.Decide, true },
    };

    [Theory]
    [MemberData(nameof(Jobs))]
    public void Whatever_is_asked_in_whatever_order_the_invariants_hold(PayFor payFor, WhenUnsettled whenUnsettled, bool gold) => Property.HoldsForSteps(AnyStep, 80, steps =>
    {
        var task = new TaskLife(Spec(Policies(2, Most, payFor, whenUnsettled)), gold ? Cat : null);
        foreach (var step in steps)
        {
            var before = task.State;
            var refused = Do(task, step) is { Accepted: false };
            Assert.True(!refused || ReferenceEquals(before, task.State), "A refusal changed the task.");
            HoldsNow(task, gold);
        }

        AllCanBeSettled(task);
        HoldsNow(task, gold);
        ReplayGivesTheSame(task);
    });

    [Theory]
    [MemberData(nameof(Jobs))]
    public void A_command_given_twice_has_the_effect_of_one(PayFor payFor, WhenUnsettled whenUnsettled, bool gold) => Property.HoldsForSteps(
        AnyStep.Where(s => s.Kind is not (Kind.Offer or Kind.Wait or Kind.ChangePolicy)).Or(AnyStep),
        60,
        steps =>
        {
            var task = new TaskLife(Spec(Policies(2, Most, payFor, whenUnsettled)), gold ? Cat : null);
            foreach (var step in steps)
            {
                var first = Do(task, step);
                if (step.Kind is Kind.Wait or Kind.ChangePolicy or Kind.Offer || first is { Accepted: false })
                    continue;
                var after = task.Events.Count;
                Do(task, step);
                Assert.Equal(after, task.Events.Count);
            }
        });

    private static Outcome<TaskEvent[]>? Do(TaskLife task, Step step)
    {
        var id = task.State.Assignments.Length == 0 ? AssignmentId.Of(TheTask, 0) : task.State.Assignments[step.Choice % task.State.Assignments.Length].Id;
        var owner = task.State.Find(id) is { } found && step.Choice % 10 != 0 ? Enumerable.Range(1, Workers).First(w => Worker(w) == found.Worker) : step.Worker;
        switch (step.Kind)
        {
            case Kind.Offer: return task.Offer(step.Worker);
            case Kind.Submit: return task.Submit(id, owner, Answers[step.Choice / 10 % Answers.Length]);
            case Kind.Return: return task.Return(id, owner);
            case Kind.Review: return task.Review(id, step.Choice % 2 == 0);
            case Kind.Appeal: return task.Appeal(id, owner);
            case Kind.Resolve: return task.ResolveAppeal(id, step.Choice % 2 == 0, step.Choice % 3 == 0);
            case Kind.Adjudicate: return task.Adjudicate(Answers[step.Choice % Answers.Length]);
            case Kind.MakeGold: return task.MakeGold();
            case Kind.RetireGold: return task.RetireGold();
            case Kind.Redo: return task.Redo(step.Worker);
            case Kind.Wait: task.Now += TimeSpan.FromMinutes(step.Choice); break;
            case Kind.Expire: task.Expire(); break;
            case Kind.AcceptUnreviewed: task.AcceptUnreviewed(); break;
            case Kind.Revise: task.Revise(Answers[step.Choice % 5]); break;
            case Kind.Close: task.Close(); break;
            case Kind.Cancel: task.Close(cancelled: true); break;
            case Kind.ChangePolicy: task.Spec = task.Spec with { Policies = task.Spec.Policies with { PayFor = (PayFor)(step.Choice % 3), PayMicros = 50_000 + step.Choice } }; break;
        }

        return null;
    }

    private static void HoldsNow(TaskLife task, bool gold)
    {
        var assignments = task.State.Assignments;
        if (!gold && !task.Events.OfType<TaskEvent.MadeGold>().Any())
            Assert.True(task.State.Answers + task.State.LiveLeases <= Most, "More answers than may be.");
        Assert.All(assignments.Where(a => a.Answered).GroupBy(a => a.Worker), one => Assert.Single(one));
        Assert.All(assignments.Where(a => a.Status == AssignmentStatus.Leased).GroupBy(a => a.Worker), one => Assert.Single(one));
        Assert.Equal(Enumerable.Range(0, assignments.Length), assignments.Select(a => a.Id.Ordinal));
        foreach (var settled in task.Settlements.GroupBy(s => s.Assignment))
        {
            var words = settled.ToArray();
            var assignment = task.State.Find(settled.Key)!;
            Assert.True(assignment.Answered, "Settled without an answer.");
            Assert.True(words.Length == 1 || (words is [{ Accepted: false }, { Accepted: true, Reason: SettlementReason.AppealUpheld or SettlementReason.ProvedRight }]), "Settled twice.");
            Assert.All(words, s => Assert.Equal(s.Accepted ? (assignment.PayMicros, assignment.FeeMicros) : (0, 0), (s.PayMicros, s.FeeMicros)));
            Assert.Equal(words[^1].Accepted ? AssignmentStatus.Accepted : AssignmentStatus.Rejected, assignment.Status);
        }

        Assert.Equal(
            assignments.Count(a => a.Status is AssignmentStatus.Accepted or AssignmentStatus.Rejected),
            task.Settlements.Select(s => s.Assignment).Distinct().Count());
        ReservationsAddUp(task);
    }

    /// <summary>What offers reserved is what leases, waiting answers and settlements account for: the escrow covers every answer that can still come.</summary>
    private static void ReservationsAddUp(TaskLife task)
    {
        var reserved = 0L;
        foreach (var e in task.Events)
        {
            reserved += e switch
            {
                TaskEvent.Offered o => o.PayMicros + o.FeeMicros,
                TaskEvent.Returned r => -r.ReleasedMicros,
                TaskEvent.Expired x => -x.ReleasedMicros,
                TaskEvent.Settled s => -s.Settlements.Sum(one => one.ReservedMicros),
                _ => 0,
            };
        }

        Assert.Equal(task.State.Assignments.Sum(a => a.ReservedMicros), reserved);
    }

    private static void AllCanBeSettled(TaskLife task)
    {
        task.Now += TimeSpan.FromDays(60);
        task.Expire();
        task.Close();
        task.AcceptUnreviewed();
        Assert.Equal((0, 0), (task.State.Unsettled, task.State.LiveLeases));
    }

    private static void ReplayGivesTheSame(TaskLife task)
    {
        var replayed = task.Events.Aggregate(new TaskState(), (state, e) => state.Apply((TaskEvent)EventTypes.Read(EventTypes.NameOf(e), EventTypes.Write(e)), Now));
        Assert.Equal(task.State.Assignments.Select(a => (a.Id, a.Worker, a.Status, a.Answer, a.Appeal)), replayed.Assignments.Select(a => (a.Id, a.Worker, a.Status, a.Answer, a.Appeal)));
        Assert.Equal((task.State.Stage, task.State.Label, task.State.FinalLabel, task.State.DecidedBy), (replayed.Stage, replayed.Label, replayed.FinalLabel, replayed.DecidedBy));
    }

    private sealed record Step(Kind Kind, int Worker, int Choice);
}
