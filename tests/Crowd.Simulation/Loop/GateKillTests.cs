using Crowd.Marketplace.Loop;
using Crowd.Marketplace.Tables;
using Crowd.Marketplace.Tasks;
using Crowd.Simulation.Histories;
using Xunit.Abstractions;

namespace Crowd.Simulation.Loop;

/// <summary>
/// The process is killed at every step of four decisions: one that the machine makes after its veto window, one that the crowd makes, one that a person makes and one that
/// nobody makes in time. Each time they end as they would have, and none goes out twice.
/// </summary>
public sealed class GateKillTests(ITestOutputHelper output)
{
    private const int Seed = 11;
    private const string Actor = "gate";

    private static readonly Answer Yes = new Answer.Choice("yes");
    private static readonly Answer No = new Answer.Choice("no");

    private static readonly LoopPolicy Policy = new()
    {
        AuditRate = 1,
        Rules =
        [
            new() { Id = "sure", When = new() { Confidence = new(0.9, null) }, Action = RouteAction.Accept },
            new() { Id = "unsure", When = new() { Confidence = new(0.6, null) }, Action = RouteAction.Crowd },
            new() { Id = "rest", Action = RouteAction.Hold },
        ],
        Gate = new() { ServiceLevel = TimeSpan.FromMinutes(30), Fallback = GateFallback.Escalate, VetoWindow = TimeSpan.FromSeconds(30) },
    };

    private static readonly (string Key, double Confidence)[] Asked = [("sure", 0.95), ("unsure", 0.7), ("person", 0.3), ("late", 0.2)];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Killed_between_any_two_steps_each_decision_ends_as_it_would_have_and_goes_out_once(bool after)
    {
        var (end, steps) = Mortal.KillAtEachStep(after, Live);
        Assert.Equal(
            ["late escalated hold ", "person released hold person", "sure released  machine audit disagrees", "unsure released crowd consensus"],
            end.Split('\n').Order(StringComparer.Ordinal));
        Assert.True(steps >= 15, $"Only {steps} steps.");
        output.WriteLine($"Killed at each of {steps} steps, {(after ? "after" : "before")} its effect.");
    }

    private static string Live(Mortal mortal)
    {
        using var world = new MoneyWorld(Seed, kept => new MortalJournal(kept, mortal));
        var life = new Life(world, mortal);
        var models = world.Host.Grains.GetGrain<IModelsGrain>(ModelEvent.StreamOf(MoneyWorld.JobId));
        world.Do(() => world.Job.ChangeLoopAsync(Policy, Actor));
        world.Do(() => models.MeasureAsync("net", "1", new() { Tasks = 100, Right = 99, Accuracy = 0.99, Low = 0.9, High = 1, Basis = "setup" }, Actor));
        world.Do(() => models.ApproveAsync("net", "1", "good", Actor));

        mortal.Armed = true;
        foreach (var (key, confidence) in Asked)
        {
            life.Again(() => world.Host.Grains.GetGrain<IGateGrain>(MoneyWorld.JobId.Value).RequestAsync(
                new(key, "{}", new() { Model = "net", Version = "1", Label = Yes, Confidence = confidence }), Actor));
        }

        life.Work();
        life.Again(() => world.Host.Grains.GetGrain<IDecisionGrain>(DecisionId.Of(MoneyWorld.JobId, "person").Value).ResolveAsync(No, "seen", Actor));
        life.Pass(seconds: 35);

        // A lease whose reply was lost ends, and its worker gets the task again.
        life.Sleep(TimeSpan.FromMinutes(11));
        life.Work();
        life.Sleep(TimeSpan.FromMinutes(30));
        life.Work();
        mortal.Armed = false;

        var released = world.Do(() => world.Kept.ReadLogAsync(0, int.MaxValue, CancellationToken.None)).Where(e => e.Type == "decision.released").GroupBy(e => e.Stream, StringComparer.Ordinal);
        Assert.All(released, r => Assert.Single(r));
        return string.Join('\n', world.Rows(DecisionsTable.Table).Select(Describe));
    }

    private static string Describe(Row row)
    {
        var columns = row.Columns;
        string Text(int column) => columns[column] is { IsNull: false } value ? value.Text : "";
        var audit = columns[DecisionsTable.AuditAgrees] is { IsNull: false } agrees ? agrees.Integer == 1 ? " audit agrees" : " audit disagrees" : "";
        return $"{Text(DecisionsTable.RequestKey)} {Text(DecisionsTable.Status)} {Text(DecisionsTable.WaitsFor)} {Text(DecisionsTable.ReleasedBy)}{audit}";
    }

    /// <summary>A process that may die, and those who ask it for things: what was not answered they ask of the next one.</summary>
    private sealed class Life(MoneyWorld world, Mortal mortal)
    {
        private bool _revived;

        /// <summary>Has it done, a second time if the process died of it.</summary>
        public void Again(Func<Task> act)
        {
            for (var attempt = 0; attempt < 2; attempt++)
            {
                Exception? failed = null;
                world.Do(async () =>
                {
                    try
                    {
                        await act();
                    }
                    catch (Exception e) when (e is JournalUnavailableException or InconsistentStateException or AggregateException)
                    {
                        failed = e;
                    }
                });
                Replace();
                if (failed is null)
                    return;
                Assert.True(attempt == 0 && mortal.Died, $"It failed without being killed: {failed}");
            }
        }

        /// <summary>Reactor, keeper and both workers, until nothing is left to do.</summary>
        public void Work()
        {
            for (var round = 0; round < 3; round++)
            {
                Again(ReactAsync);
                Again(world.KeepAsync);
                Pass(seconds: 3);
                foreach (var worker in MoneyWorld.WorkerIds)
                    Again(() => AnswerAsync(worker));
            }

            Again(ReactAsync);
        }

        /// <summary>Time goes on second by second.</summary>
        public void Pass(int seconds)
        {
            for (var i = 0; i < seconds; i++)
            {
                world.Time.Advance(TimeSpan.FromSeconds(1));
                world.Scheduler.RunUntilIdle();
                Replace();
            }
        }

        public void Sleep(TimeSpan time) => world.Sleep(time);

        private async Task ReactAsync()
        {
            while (await world.ReactAsync())
            {
                // Until it has seen the whole log.
            }
        }

        private async Task AnswerAsync(WorkerId worker)
        {
            while (await world.Job.RequestWorkAsync(worker, 1, Actor) is { Accepted: true, Value: [var lease] })
                await world.Host.Grains.GetGrain<ITaskGrain>(lease.Assignment.Task.Value).SubmitAsync(lease.Assignment, worker, No, Actor);
        }

        /// <summary>Another process takes the place of one that died, whoever noticed.</summary>
        private void Replace()
        {
            if (!mortal.Died || _revived)
                return;
            _revived = true;
            world.Crash();
            mortal.Revive();
            Again(world.KeepAsync);
        }
    }
}
